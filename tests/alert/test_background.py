"""How common words are before the stream tells."""

import pytest

from agents.alert.background import chance


def test_common_words_are_in_nearly_every_article_and_rare_ones_in_few() -> None:
    assert chance("the", "en") > 0.99
    assert chance("earthquake", "en") < 0.02
    assert chance("qwortle", "en") < chance("earthquake", "en") < chance("government", "en") < chance("the", "en")


@pytest.mark.parametrize(
    ("common", "rare", "language"),
    [
        ("der", "erdbeben", "de"),
        ("של", "רעידת", "he"),
        ("что", "землетрясение", "ru"),
        ("في", "زلزال", "ar"),
        ("我们", "震测", "zh"),
    ],
)
def test_each_language_has_frequencies_of_its_own(common: str, rare: str, language: str) -> None:
    assert chance(common, language) > 5 * chance(rare, language)


def test_a_language_with_a_region_and_one_under_another_code_are_known() -> None:
    assert chance("und", "de-at") == chance("und", "de")
    assert chance("ikke", "no") == chance("ikke", "nb") > 0.5


def test_copy_of_no_known_language_is_read_as_english() -> None:
    assert chance("the", "und") == chance("the", "") == chance("the", "en")


def test_in_a_language_without_a_list_no_word_counts_more_than_another() -> None:
    assert chance("ka", "haw") == chance("olelo", "haw") < 0.01


def test_a_figure_is_as_rare_in_every_language() -> None:
    assert chance("2013", "ru") == chance("2013", "en") > chance("4817", "en")

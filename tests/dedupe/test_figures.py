"""When two figures are one."""

import pytest

from agents.dedupe.figures import is_slip, value


@pytest.mark.parametrize(
    ("a", "b"), [("1,200", "1200"), ("twelve", "12"), ("007", "7"), ("2,5", "2.5"), ("forty", "40")]
)
def test_one_figure_spelt_two_ways_has_one_value(a: str, b: str) -> None:
    assert value(a) == value(b) is not None


@pytest.mark.parametrize(("a", "b"), [("12", "40"), ("1.2", "12"), ("1,200", "1,210")])
def test_two_figures_have_two_values(a: str, b: str) -> None:
    assert value(a) != value(b)


@pytest.mark.parametrize("word", ["ferry", "one", "a2", ""])
def test_other_words_are_no_figures(word: str) -> None:
    assert value(word) is None


@pytest.mark.parametrize(("old", "new"), [("1987", "187"), ("1987", "19987"), ("1987", "19l7"), ("1987", "1978")])
def test_a_character_lost_doubled_or_blurred_is_a_slip(old: str, new: str) -> None:
    assert is_slip(old, new)


@pytest.mark.parametrize(("old", "new"), [("12", "42"), ("12", "40"), ("1987", "1988")])
def test_another_digit_is_no_slip(old: str, new: str) -> None:
    assert not is_slip(old, new)

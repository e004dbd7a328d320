"""What an article is about."""

from agents.alert.terms import MOST, terms
from agents.alert.words import words
from streams.records import Entity

from .samples import FERRY, INQUIRY, tagged

QUIST = Entity(name="Maren Quist", kind="PERSON", forms=["Maren Quist", "Quist"])


def test_words_are_folded_and_lose_the_possessive() -> None:
    assert list(words("The FERRY’s owner, ＡＢＣ, didn't pay")) == ["the", "ferry", "owner", "abc", "didn't", "pay"]


def test_a_figure_keeps_its_points_and_commas() -> None:
    assert list(words("6.1 of 1,200 at 9:30, 2026.")) == ["6.1", "of", "1,200", "at", "9:30", "2026"]


def test_script_without_spaces_comes_in_pairs_of_characters() -> None:
    assert list(words("北京地震，死")) == ["北京", "京地", "地震", "死"]


def test_vowel_signs_and_accents_stay_in_their_word() -> None:
    assert list(words("हिन्दी שָׁלוֹם")) == ["हिन्दी", "שָׁלוֹם"] or list(words("हिन्दी שלום")) == ["हिन्दी", "שלום"]


def test_a_word_weighs_more_the_oftener_it_stands() -> None:
    found = terms(tagged("a", ["Ferry sinks.", "Divers wait.", "A ferry and a ferry and a buoy."]))
    assert found["ferry"] > found["buoy"]


def test_the_lead_weighs_more_than_the_end() -> None:
    found = terms(tagged("a", ["Ferry sinks.", "Divers wait.", "A buoy was lost."]))
    assert found["ferry"] > found["buoy"]


def test_a_headline_that_the_copy_leaves_out_counts() -> None:
    assert "capsizes" in terms(tagged("a", FERRY, headline="Ferry capsizes"))


def test_names_weigh_more_and_people_are_terms_of_their_own() -> None:
    plain, named = terms(tagged("a", INQUIRY)), terms(tagged("a", INQUIRY, entities=[QUIST]))
    assert named["quist"] > plain["quist"]
    assert "@quist" in named
    assert "@ondine" not in named
    assert named["logbooks"] == plain["logbooks"]


def test_the_terms_that_tell_most_come_first() -> None:
    found = list(terms(tagged("a", FERRY)))
    assert found.index("ondine") < found.index("people") < found.index("the")


def test_a_long_list_is_cut_to_what_tells_most() -> None:
    found = terms(tagged("a", [f"The item{number} of this list." for number in range(2000)]))
    assert len(found) == MOST
    assert "this" not in found


def test_the_same_copy_has_the_same_terms_in_the_same_order() -> None:
    first, second = (list(terms(tagged("a", FERRY + INQUIRY, entities=[QUIST])).items()) for _ in range(2))
    assert first == second

"""What is a new fact in a running story."""

from agents.alert.facts import information, remember, telling
from agents.alert.thresholds import Thresholds

from .samples import BUDGET, FERRY, INQUIRY, tagged

THRESHOLDS = Thresholds()
TOLD = remember(remember(b"", tagged("a", FERRY).article), tagged("b", INQUIRY).article)


def shown(*paragraphs: str, told: bytes = TOLD) -> list[str]:
    article = tagged("c", list(paragraphs))
    return [article.article.text[each.start : each.end] for each in telling(article, told, THRESHOLDS)]


def test_background_in_other_words_is_no_news() -> None:
    assert shown("The ferry Ondine had capsized off Marrow on Tuesday.", "Survivors were pulled from the water.") == []


def test_a_new_name_is_a_fact() -> None:
    fact = "Engineer Tove Sandal told the inquiry that a valve had jammed."
    assert shown("The ferry Ondine capsized on Tuesday.", fact) == [fact]


def test_a_new_figure_is_a_fact_however_short_the_sentence() -> None:
    assert shown("At least 40 people died.") == ["At least 40 people died."]
    assert shown("At least 12 people died.") == []


def test_one_telling_word_is_enough_where_there_is_nothing_else() -> None:
    assert shown("The captain resigned.", "The search will resume.") == ["The captain resigned."]


def test_a_heading_with_a_number_tells_nothing() -> None:
    fact = "Engineer Tove Sandal told the inquiry that a valve had jammed."
    assert shown("Page 57", fact) == [fact]


def test_facts_come_in_the_order_of_the_text() -> None:
    facts = [*BUDGET, "Engineer Tove Sandal told the inquiry that a valve had jammed."]
    assert shown(facts[0], "The ferry capsized.", *facts[1:]) == facts


def test_a_story_that_has_told_nothing_takes_everything() -> None:
    assert shown("The ferry.", "The captain.", told=b"") == ["The ferry.", "The captain."]


def test_what_is_not_novel_is_never_shown() -> None:
    first = tagged("a", FERRY)
    later = tagged("b", [*FERRY, BUDGET[0]], first, new=[BUDGET[0]])
    found = telling(later, remember(b"", first.article), THRESHOLDS)
    assert [later.article.text[each.start : each.end] for each in found] == [BUDGET[0]]


def test_information_counts_each_untold_word_once_and_rare_ones_more() -> None:
    assert information("ferry Ondine ferry", TOLD, "en") == 0
    assert information("valve valve", TOLD, "en") == information("valve", TOLD, "en")
    assert information("valve", TOLD, "en") > information("city", TOLD, "en") > information("because", TOLD, "en")


def test_a_memory_never_forgets_and_never_grows() -> None:
    told = b""
    for number in range(50):
        told = remember(told, tagged("a", [f"Word{number} and term{number} " * 5]).article)
    assert len(told) == len(TOLD)
    assert all(information(f"word{number} term{number}", told, "en") == 0 for number in range(50))


def test_a_memory_filled_by_a_long_story_still_hears_most_that_is_new() -> None:
    told = remember(b"", tagged("a", [" ".join(f"word{number}" for number in range(4000))]).article)
    heard = [information(f"fresh{number}", told, "en") > 0 for number in range(500)]
    assert sum(heard) > 450


def test_the_same_words_in_another_order_give_the_same_memory() -> None:
    one, other = (tagged("a", paragraphs).article for paragraphs in (FERRY + INQUIRY, INQUIRY + FERRY))
    assert remember(b"", one) == remember(b"", other)

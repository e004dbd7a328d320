"""What is a new fact in a running story, and which facts matter most."""

from agents.alert.facts import Subject, by_importance, measured, remember, sift, statements
from agents.alert.memory import Memory
from agents.alert.stories import Counts, Profile, profile, summed
from agents.alert.terms import terms
from streams.thresholds import Thresholds

from .samples import BUDGET, FERRY, INQUIRY, tagged

THRESHOLDS = Thresholds()
VALVE = "Engineer Tove Sandal told the inquiry that a valve of the ferry Ondine had jammed on its last night at sea."
ONCE = remember(Memory(b""), tagged("a", FERRY).article, FERRY)
TOLD = remember(Memory(ONCE), tagged("b", INQUIRY).article, INQUIRY)
MENU = "Home World Politics Business Sport Opinion Obituaries Weather Newsletters Subscribe"


def subject(*articles: list[str]) -> Profile:
    """What a story of these articles is about."""
    return summed([profile(terms(tagged("a", each)), "en", Counts()) for each in articles])


def shown(*paragraphs: str, told: bytes = TOLD) -> list[str]:
    article = tagged("c", list(paragraphs))
    about = subject(FERRY, INQUIRY) if told else subject(list(paragraphs))
    sifted = sift(article, Memory(told), about, THRESHOLDS)
    assert len(sifted.telling) + len(sifted.told) + len(sifted.aside) == len(paragraphs)
    return [article.article.text[each.start : each.end] for each in sifted.telling]


def ranked(*paragraphs: str, told: bytes = TOLD, most: int = 8) -> list[str]:
    article = tagged("c", list(paragraphs))
    about = subject(FERRY, INQUIRY) if told else subject(list(paragraphs))
    said = statements(article.article, article.comparison.passages)
    found = measured(said, Memory(told), Subject(about.words))
    passages = [each.statement.passage for each in by_importance(found, most, lead_first=not told)]
    return [article.article.text[each.start : each.end] for each in passages]


def test_background_in_other_words_is_no_news() -> None:
    assert shown("The ferry Ondine had capsized off Marrow on Tuesday.", "Survivors were pulled from the water.") == []


def test_a_new_name_is_a_fact() -> None:
    assert shown("The ferry Ondine capsized on Tuesday.", VALVE) == [VALVE]


def test_old_words_in_new_company_are_a_fact() -> None:
    fact = "The captain questioned the coast guard about the port, and divers seized fishing boats."
    assert shown("The ferry Ondine capsized on Tuesday.", fact) == [fact]


def test_a_new_figure_is_a_fact_however_short_the_sentence() -> None:
    assert shown("At least 40 people died.") == ["At least 40 people died."]
    assert shown("At least 12 people died.") == []


def test_text_that_was_not_told_is_never_silent_however_little_it_says() -> None:
    assert shown("The captain resigned.") == ["The captain resigned."]
    assert shown("Resigned.") == ["Resigned."]
    assert shown("The minister wept.") == ["The minister wept."]


def test_beside_a_fuller_fact_slight_ones_stand_aside() -> None:
    assert shown("The captain resigned.", VALVE) == [VALVE]


def test_the_lead_of_untold_copy_is_told_though_it_is_short() -> None:
    lead = "The captain of the ferry Ondine resigned in Marrow, his lawyer said."
    assert shown(lead, VALVE) == [lead, VALVE]
    assert shown(VALVE, lead) == [VALVE]


def test_a_sentence_is_told_by_its_full_stop_where_small_words_are_few() -> None:
    terse = "Prosecutor Tove Sandal sued royal bricks every Friday, foreign gates borrowed no colonel during Lent."
    assert shown("The ferry Ondine sank off the coast of Marrow.", terse, told=b"")[1:] == [terse]
    assert shown("The ferry Ondine sank off the coast of Marrow.", terse.rstrip("."), told=b"")[1:] == []


def test_what_is_not_about_the_story_stands_aside() -> None:
    assert shown(*BUDGET, VALVE) == [VALVE]


def test_a_heading_with_a_number_tells_nothing() -> None:
    assert shown("Page 57", VALVE) == [VALVE]


def test_facts_come_in_the_order_of_the_text() -> None:
    facts = [VALVE, "Harbour master Nils Orre said the ferry Ondine had left Marrow with 31 lorries aboard."]
    assert shown(facts[0], "The ferry capsized.", facts[1]) == facts


def test_a_story_that_has_told_nothing_takes_every_sentence() -> None:
    assert shown(*FERRY, *INQUIRY, told=b"") == [*FERRY, *INQUIRY]


def test_a_menu_beside_the_copy_stands_aside() -> None:
    assert shown(MENU, *FERRY, told=b"") == FERRY


def test_what_an_article_says_twice_is_shown_once() -> None:
    assert shown(*FERRY, FERRY[0], told=b"") == FERRY
    assert shown(VALVE, VALVE) == [VALVE]


def test_copy_without_any_sentence_is_shown_whole() -> None:
    assert shown("KABUL FALLS", told=b"") == ["KABUL FALLS"]


def test_copy_of_a_script_without_spaces_has_the_form_of_sentences() -> None:
    copy = ["渡船在港口外倾覆造成至少十二人死亡", "潜水员将继续搜寻"]
    assert shown(*copy, told=b"") == copy


def test_what_is_not_novel_is_never_shown() -> None:
    first = tagged("a", FERRY)
    later = tagged("b", [*FERRY, VALVE], first, new=[VALVE])
    sifted = sift(later, Memory(remember(Memory(b""), first.article, FERRY)), subject(FERRY), THRESHOLDS)
    assert [later.article.text[each.start : each.end] for each in sifted.telling] == [VALVE]


def test_what_adds_most_to_the_story_comes_first() -> None:
    assert ranked("The captain of the Ondine wept.", BUDGET[0], VALVE)[0] == VALVE


def test_the_lead_of_a_first_article_comes_first() -> None:
    assert ranked("A ferry sank.", *INQUIRY, told=b"")[0] == "A ferry sank."


def test_a_fact_told_twice_in_one_article_comes_last() -> None:
    again = "Engineer Tove Sandal told the inquiry that a valve of the ferry had jammed."
    other = "Harbour master Nils Orre let the ferry sail."
    assert ranked(VALVE, again, other) == [VALVE, other, again]


def test_no_more_are_ranked_than_are_shown() -> None:
    assert ranked(*BUDGET, VALVE, most=2)[0] == VALVE
    assert len(ranked(*BUDGET, VALVE, most=2)) == 2

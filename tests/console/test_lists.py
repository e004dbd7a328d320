"""Searching, the sources, the rejected, and the figures of the river."""

import pytest

from agents.console.figures import Lags, figures
from agents.console.rejections import place, rejections
from agents.console.search import search
from agents.console.sources import sources
from tests.console.samples import FLOW, NOON, Sent, clean, desk, rejection, repeat, sent, take, verdict

FERRY = clean("ferry", "The ferry Ondine capsized off Malmö on Tuesday.", headline="Ferry sinks off Marrow")
DAM = clean("dam", "The dam at Orrin cracked on Tuesday.", headline="Dam cracks", source="Westwire")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ferry", ["ferry"]),
        ("FERRY marrow", ["ferry"]),
        ("malmo", ["ferry"]),
        ("caps", ["ferry"]),
        ("tuesday", ["dam", "ferry"]),
        ('"dam at orrin"', ["dam"]),
        ('"orrin dam"', []),
        ("westwire", ["dam"]),
        ("ferry dam", []),
        ("", []),
        ("- * : ( )", []),
        ('ferry" OR "dam', []),
        ("headline:ferry", []),
        ("NOT ferry", []),
    ],
)
def test_articles_are_found_by_all_their_words_and_no_word_is_an_order(words: str, found: list[str]) -> None:
    console = desk()
    take(console, sent(FERRY, NOON), sent(DAM, NOON + 5))
    assert [each.article for each in search(console.index, words)] == found


def test_what_was_found_is_shown_in_its_place_with_the_verdict() -> None:
    console = desk()
    take(console, sent(FERRY, NOON), sent(verdict("ferry", story="s7"), NOON + 1))
    (hit,) = search(console.index, "ondine")
    assert hit.words == ["The ferry ", "Ondine", " capsized off Malmö on Tuesday."]
    assert (hit.kind, hit.story, hit.source) == ("new", "s7", "Harbour Post")


def test_a_source_shows_its_repeats_and_its_silence() -> None:
    console = desk()
    for n in range(6):
        name, at = f"w{n}", NOON + 60 * n
        take(console, sent(clean(name, name, source="Westwire"), at), sent(repeat(name, "x"), at))
    take(console, sent(FERRY, NOON + 290), sent(verdict("ferry"), NOON + 300))
    soon = {each.name: each for each in sources(console.index, NOON + 600)}
    assert (soon["Westwire"].articles, soon["Westwire"].repeats, soon["Westwire"].gap) == (6, 1.0, 60.0)
    assert (soon["Westwire"].alerts, soon["Harbour Post"].alerts) == (0, 1)
    assert (soon["Westwire"].silent, sum(soon["Westwire"].hours)) == (False, 6)
    late = {each.name: each for each in sources(console.index, NOON + 700)}
    assert (late["Westwire"].silent, late["Harbour Post"].silent) == (True, False)


def test_a_source_is_known_even_when_the_verdict_is_read_before_the_copy() -> None:
    console = desk()
    take(console, sent(verdict("ferry"), NOON + 1), sent(FERRY, NOON))
    assert [each.name for each in sources(console.index, NOON + 2)] == ["Harbour Post"]


def test_a_rejection_shows_how_it_begins_and_that_it_was_put_back_whichever_is_read_first() -> None:
    mark = Sent(FLOW.rejected.name, 1, 9, int((NOON + 60) * 1000), b"r1", None)
    for order in ((sent(rejection("r1"), NOON, 2, 5), mark), (mark, sent(rejection("r1"), NOON, 2, 5))):
        console = desk()
        take(console, *order)
        (found,) = rejections(console.index)
        assert (found.begins, found.size, found.origin) == ("\ufffd{}", 3, "wire.raw/1/7")
        assert found.redriven == NOON + 60
        assert place(console.index, "r1") == (2, 5)


def test_each_minute_has_its_articles_and_how_long_they_took() -> None:
    console = desk()
    for n, took in enumerate([1.0, 2.0, 3.0]):
        name = f"a{n}"
        take(console, sent(clean(name, name), NOON), sent(verdict(name, "new" if n else "advisory"), NOON + took))
    take(console, sent(repeat("r", "a1"), NOON + 1))
    found = figures(console.index, Lags(), NOON + 30)
    minute = next(each for each in found.minutes if each.at <= NOON < each.at + 60)
    assert (minute.alerts, minute.repeats, minute.others, minute.half) == (2, 1, 1, 2.0)
    assert (found.articles, found.repeats, found.alerts, found.stories) == (4, 1, 2, 1)
    assert len(found.minutes) == 60


def test_of_too_much_the_oldest_goes() -> None:
    console = desk(most=5)
    take(console, *(sent(clean(f"a{n}", "Ferry"), NOON - n) for n in range(9)))
    assert [each.article for each in search(console.index, "ferry")] == ["a0", "a1", "a2", "a3", "a4"]


def test_memory_is_bounded_however_long_the_copy() -> None:
    console = desk(most=100)
    for n in range(40):
        take(console, sent(clean(f"a{n}", f"ferry {n} " * 20_000), NOON + n))
    assert console.index.bytes <= 2**20 + 100 * 16 * 1024
    assert "a39" in {each.article for each in search(console.index, "ferry")}


def test_the_same_message_twice_is_one() -> None:
    console = desk()
    take(console, *[sent(FERRY), sent(verdict("ferry")), sent(rejection("r"))] * 2)
    assert figures(console.index, Lags(), NOON).articles == 1
    assert len(search(console.index, "ferry")) == len(rejections(console.index)) == 1


def test_a_question_that_takes_too_long_is_given_up() -> None:
    console = desk()
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(TimeoutError), console.index.within(0.05):
        console.index.rows(endless)
    assert search(console.index, "ferry") == []

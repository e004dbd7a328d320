"""Who told a passage first is found through whatever copy it went."""

from collections.abc import Mapping
from typing import Literal

from agents.console.origins import Origins, Told
from streams.records import Said, Verdict, Weighed
from tests.console.samples import verdict

Fate = Literal["seen", "brought", "told", "aside", "new"]


def passage(start: int, end: int, fate: Fate = "new", said: tuple[str, int, int] | None = None) -> Weighed:
    """A passage; `said` is where earlier copy has it: its article, start and end there."""
    places = [Said(id=said[0], start=said[1], end=said[2], kept=1.0)] if said else []
    return Weighed(start=start, end=end, fate=fate, said=places)


def origins(*verdicts: Verdict) -> Origins:
    known: Mapping[str, Verdict] = {each.id: each for each in verdicts}
    return Origins(known.get)


FIRST = verdict("first", passages=[passage(0, 30), passage(31, 60)])
SECOND = verdict("second", passages=[passage(0, 20), passage(22, 52, "seen", ("first", 0, 30))])
THIRD = verdict(
    "third", passages=[passage(0, 28, "seen", ("second", 24, 52)), passage(30, 50, "seen", ("second", 0, 20))]
)


def test_a_passage_is_followed_to_the_article_that_had_it_as_news() -> None:
    assert origins(FIRST, SECOND).of(THIRD) == [Told(0, 28, "first"), Told(30, 50, "second")]


def test_what_is_new_was_told_by_nobody_before() -> None:
    assert origins(FIRST).of(FIRST) == []


def test_where_a_verdict_is_not_kept_any_more_its_article_is_the_first_known() -> None:
    assert origins(SECOND).of(THIRD)[0].first == "first"
    assert origins().of(THIRD)[0].first == "second"


def test_what_another_story_brought_has_its_teller_too() -> None:
    brought = verdict("far", story="s2", passages=[passage(0, 30, "brought", ("first", 0, 30))])
    assert origins(FIRST).of(brought) == [Told(0, 30, "first")]


def test_articles_that_name_each_other_end_somewhere() -> None:
    one = verdict("one", passages=[passage(0, 9, "seen", ("other", 0, 9))])
    other = verdict("other", passages=[passage(0, 9, "seen", ("one", 0, 9))])
    assert origins(one, other).of(one)[0].first in ("one", "other")

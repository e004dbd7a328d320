"""A story as it was told: what was new each time, and who carried it."""

import pytest

from agents.console.desk import Desk
from agents.console.story import Story, story
from streams.records import Change, Said, Weighed
from tests.console.samples import NOON, alert, clean, desk, novel, repeat, sent, take, verdict, words

FIRST = clean("first", "At least 12 people died.", "It was bound for Tarn.", headline="Ferry sinks")
SECOND = clean(
    "second", "At least 40 people died.", "It was bound for Tarn.", "A prosecutor came.", headline="Toll rises"
)
TOLL = Change(kind="figure", old="12", new="40", context="At least 40 people died.", was="12 people", now="40 people")


@pytest.fixture
def console() -> Desk:
    """A story of two tellings, the first carried by a blog, and another story."""
    made = desk()
    take(
        made,
        sent(FIRST, NOON),
        sent(verdict("first", novel=novel(FIRST, *FIRST.paragraphs)), NOON + 1),
        sent(alert("rung", article="first"), NOON + 1),
        sent(clean("copy", *FIRST.paragraphs, headline="Tragedy", source="Blog"), NOON + 60),
        sent(repeat("copy", "first", 0.97), NOON + 61),
        sent(SECOND, NOON + 120),
        sent(verdict("second", "update", novel=novel(SECOND, "A prosecutor came."), changes=[TOLL]), NOON + 121),
        sent(verdict("other", story="s2"), NOON + 122),
    )
    return made


def read(console: Desk, name: str = "s1") -> Story:
    found = story(console.index, name)
    assert found
    return found


def test_the_latest_telling_stands_first_with_what_is_new_in_it_alone(console: Desk) -> None:
    second, first = read(console).tellings
    assert words(second.paragraphs, "new") == ["A prosecutor came."]
    assert words(second.paragraphs, "changed") == ["40"]
    assert words(second.paragraphs, "seen") == ["At least ", " people died.", "It was bound for Tarn."]
    assert words(first.paragraphs, "seen") == []
    assert (first.alert, first.kind, second.kind) == ("rung", "new", "update")


def test_a_seen_passage_names_who_told_it_first_and_when(console: Desk) -> None:
    told = [Said(id="copy", start=26, end=47, kept=1.0)]
    repeated = [Said(id="first", start=26, end=47, kept=1.0)]
    again = verdict("third", "update", passages=[Weighed(start=0, end=21, fate="seen", said=told)])
    take(
        console,
        sent(verdict("copy", "repeat", passages=[Weighed(start=26, end=47, fate="seen", said=repeated)]), NOON + 62),
        sent(clean("third", "It was bound for Tarn.", "It rains."), NOON + 130),
        sent(again, NOON + 131),
    )
    found = read(console)
    assert found.tellings[0].paragraphs[0][0].first == "first"
    assert found.tellers["first"].at == NOON + 1
    assert (found.tellers["first"].source, found.tellers["first"].story) == ("Harbour Post", "s1")


def test_a_repeat_stands_with_what_it_repeats(console: Desk) -> None:
    second, first = read(console).tellings
    assert [(each.source, each.at, each.share) for each in first.carriers] == [("Blog", NOON + 61, 0.97)]
    assert second.carriers == []


def test_the_story_is_counted(console: Desk) -> None:
    found = read(console)
    assert (found.headline, found.articles, found.repeats, found.sources) == ("Toll rises", 3, 1, 2)
    assert (found.first, found.last) == (NOON + 1, NOON + 121)


def test_the_version_that_was_judged_is_shown(console: Desk) -> None:
    later = clean("first", "At least 13 people died.", headline="Ferry sinks, again")
    take(console, sent(later, NOON + 0.5), sent(later, NOON + 300))
    _, first = read(console).tellings
    assert first.headline == "Ferry sinks"


def test_copy_that_is_not_kept_any_more_leaves_what_was_new_in_it() -> None:
    console = desk()
    take(console, sent(verdict("gone", novel=novel(FIRST, "It was bound for Tarn.")), NOON))
    (only,) = read(console).tellings
    assert words(only.paragraphs, "new") == ["It was bound for Tarn."]


def test_a_telling_whose_alert_was_recalled_says_so(console: Desk) -> None:
    take(console, sent(alert("kill", kind="withdrawal", recalls=["rung"], article="kill"), NOON + 400, offset=1))
    assert {each.article: each.recalled for each in read(console).tellings} == {
        "kill": False,
        "second": False,
        "first": True,
    }


def test_a_story_that_is_not_known_is_none(console: Desk) -> None:
    assert story(console.index, "s3") is None


def test_an_alert_whose_verdict_is_not_here_tells_the_story_alone() -> None:
    console = desk()
    take(console, sent(alert("rung", "Ferry sinks", summary=["A ferry sank."]), NOON))
    found = read(console)
    assert (found.headline, found.articles, found.first) == ("Ferry sinks", 1, NOON)
    assert words(found.tellings[0].paragraphs, "new") == ["A ferry sank."]


def test_a_story_that_was_merged_is_found_under_either_name_with_all_its_tellings(console: Desk) -> None:
    console.index.merge("s2", "s1", NOON)
    take(
        console,
        sent(verdict("late", story="s2"), NOON + 500),
        sent(alert("late", story="s2", article="late"), NOON + 500),
    )
    assert read(console, "s2") == read(console, "s1")
    assert {each.article for each in read(console).tellings} == {"first", "second", "other", "late"}


def test_stories_merged_into_each_other_end_somewhere() -> None:
    console = desk()
    for pair in (("a", "b"), ("b", "a"), ("c", "c"), ("b", "c")):
        console.index.merge(*pair, NOON)
    assert console.index.living("a") == console.index.living("b") == "c"


def test_a_repeat_whose_verdict_came_first_stands_with_what_it_repeats_all_the_same() -> None:
    console = desk()
    take(
        console, sent(repeat("copy", "first"), NOON), sent(verdict("first"), NOON + 1), sent(verdict("next"), NOON + 2)
    )
    assert {each.article: len(each.carriers) for each in read(console).tellings} == {"first": 1, "next": 0}

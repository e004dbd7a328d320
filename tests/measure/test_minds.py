"""Where two versions of the judge differ."""

from typing import Any

from agents.measure.gold import Gold
from agents.measure.minds import Change, changed_minds
from streams.records import Kind, Novel, Verdict


def verdict(article: str, kind: Kind, story: str = "s", **fields: Any) -> Verdict:
    return Verdict(id=article, verdict=kind, alert=kind != "repeat", story=story, **fields)


def changed(old: list[Verdict], new: list[Verdict], *gold: Gold) -> list[Change]:
    return list(changed_minds({each.id: each for each in old}, {each.id: each for each in new}, gold))


def test_the_same_verdicts_under_other_names_of_stories_are_no_change() -> None:
    old = [verdict("a", "new", "s1"), verdict("b", "development", "s1")]
    new = [verdict("a", "new", "s2"), verdict("b", "development", "s2")]
    assert changed(old, new) == []


def test_an_update_heard_again_is_better_and_shows_the_reason() -> None:
    old = verdict("a", "repeat", reasons={"overlap": 0.9, "changes": 0})
    new = verdict("a", "update", reasons={"overlap": 0.9, "changes": 1})
    (change,) = changed([old], [new], Gold(id="a", news=True))
    assert (change.told, change.better) == (("repeat → update",), True)
    assert change.reasons == {"changes": (0, 1)}


def test_a_reprint_that_rings_now_is_worse() -> None:
    (change,) = changed([verdict("a", "repeat")], [verdict("a", "update")], Gold(id="a", news=False))
    assert change.better is False


def test_only_the_article_that_moved_to_another_story_is_told() -> None:
    old = [verdict("a", "new", "s1"), verdict("b", "new", "s2"), verdict("c", "development", "s1")]
    new = [verdict("a", "new", "s1"), verdict("b", "new", "s2"), verdict("c", "development", "s2")]
    (change,) = changed(old, new)
    assert (change.article, change.told, change.better) == ("c", ("in the story of a → b",), None)


def test_other_new_text_is_told_by_its_length() -> None:
    new = verdict("a", "update", novel=[Novel(text="The dam broke.", start=0, end=14)])
    (change,) = changed([verdict("a", "update")], [new])
    assert change.told == ("new text of 0 → 14 characters",)


def test_an_article_that_one_version_never_judged_is_told() -> None:
    (change,) = changed([], [verdict("a", "new")], Gold(id="a", news=True))
    assert (change.told, change.better) == (("judged only after",), True)

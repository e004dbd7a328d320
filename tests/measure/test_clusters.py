"""What is counted of stories, with figures worked out by hand."""

import pytest

from agents.measure.clusters import story_figures
from agents.measure.gold import Gold
from streams.records import Verdict


def figures(true: str, found: str) -> dict[str, float]:
    """Of articles 0, 1, 2, ... that belong to these stories, one letter each; `-` for none."""
    gold = [Gold(id=str(at), story=name) for at, name in enumerate(true)]
    verdicts = {
        str(at): Verdict(id=str(at), verdict="new", alert=True, story=None if name == "-" else name)
        for at, name in enumerate(found)
    }
    return story_figures(gold, verdicts)


def test_stories_as_they_are_give_1_whatever_they_are_called() -> None:
    found = figures("aabbc", "xxyyz")
    assert (found["b3_f1"], found["ari"], found["stories_true"]) == (1.0, 1.0, 3.0)


def test_one_story_for_all_costs_precision() -> None:
    found = figures("aabb", "xxxx")
    assert (found["b3_precision"], found["b3_recall"], found["ari"]) == (0.5, 1.0, 0.0)


def test_an_article_put_in_the_wrong_story_costs_both() -> None:
    found = figures("aab", "xyy")
    assert found["b3_precision"] == pytest.approx((1 + 0.5 + 0.5) / 3)
    assert found["b3_recall"] == pytest.approx((0.5 + 0.5 + 1) / 3)


def test_articles_without_a_story_stand_alone() -> None:
    assert figures("aa", "--")["b3_recall"] == 0.5


def test_nothing_is_counted_without_labels() -> None:
    assert story_figures([Gold(id="a", news=True)], {}) == {}

"""What is counted of repeats, with figures worked out by hand."""

from typing import Any

import pytest

from agents.measure.gold import Gold
from agents.measure.repeats import repeat_figures, right_by_kind
from streams.records import Change, Match, Novel, Verdict


def verdict(article: str, *, alert: bool, **fields: Any) -> Verdict:
    return Verdict(id=article, verdict="update" if alert else "repeat", alert=alert, **fields)


def by_id(*verdicts: Verdict) -> dict[str, Verdict]:
    return {each.id: each for each in verdicts}


def figures(gold: list[Gold], *verdicts: Verdict) -> dict[str, float]:
    return repeat_figures(gold, by_id(*verdicts))


def test_a_silenced_update_costs_precision_and_a_ringing_reprint_recall() -> None:
    gold = [Gold(id="a", news=False), Gold(id="b", news=False), Gold(id="c", news=True)]
    found = figures(gold, verdict("a", alert=False), verdict("b", alert=True), verdict("c", alert=False))
    assert (found["repeat_precision"], found["repeat_recall"], found["repeat_f1"]) == (0.5, 0.5, 0.5)


def test_an_article_without_a_verdict_is_a_wrong_answer() -> None:
    gold = [Gold(id="a", news=False, kind="cut"), Gold(id="b", news=False, kind="cut")]
    verdicts = by_id(verdict("a", alert=False))
    assert repeat_figures(gold, verdicts)["repeat_recall"] == 0.5
    assert right_by_kind(gold, verdicts) == {"cut": 0.5}


def test_another_telling_of_the_original_counts_as_the_original_but_a_stranger_does_not() -> None:
    gold = [Gold(id=name, news=False, original="a") for name in "bcd"]
    found = figures(
        gold,
        verdict("b", alert=False, matches=[Match(id="a~cut", overlap=0.9)]),
        verdict("c", alert=False, matches=[Match(id="x", overlap=0.9), Match(id="a", overlap=0.8)]),
        verdict("d", alert=False),
    )
    assert found["right_original"] == pytest.approx(1 / 3)


def test_new_text_is_compared_word_by_word() -> None:
    gold = [Gold(id="a", news=True, new=["The dam broke on Sunday."])]
    novel = [Novel(text="The dam broke. Ducks fled.", start=0, end=26)]
    found = figures(gold, verdict("a", alert=True, novel=novel))
    assert found["new_text_f1"] == pytest.approx(2 * 0.6 * 0.6 / 1.2)


def test_a_change_counts_when_old_and_new_are_told_as_they_stood() -> None:
    gold = [Gold(id="a", news=True, changes=[("12", "40"), ("1,200", "1,300")])]
    change = Change(kind="figure", old="12", new="40", context="40 died.")
    assert figures(gold, verdict("a", alert=True, changes=[change]))["changes_found"] == 0.5


def test_what_nothing_is_labelled_for_is_left_out() -> None:
    assert figures([Gold(id="a", story="quake")], verdict("a", alert=True)) == {}

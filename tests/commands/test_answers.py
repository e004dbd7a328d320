"""Answers come in any order and are told in the order in which the articles were sent."""

from datetime import UTC, datetime

from agents.commands.answers import Answers
from streams.records import Alert, ArticleRef, Kind, Verdict


def verdict(name: str, kind: Kind = "repeat") -> Verdict:
    return Verdict(id=name, verdict=kind, alert=kind not in ("repeat", "hold"))


def alert(name: str, kind: Kind = "new") -> Alert:
    return Alert(
        id=f"{name}-{kind}",
        kind=kind,
        story="s",
        headline="Ferry",
        summary=[],
        article=ArticleRef(id=name),
        alerted=datetime(2026, 3, 1, tzinfo=UTC),
    )


def told(answers: Answers) -> list[str]:
    return [seen.id for seen, _ in answers.answered()]


def test_an_answer_waits_for_those_before_it() -> None:
    answers = Answers(["a", "b"])
    answers.take(verdict("b"))
    assert told(answers) == []
    answers.take(verdict("a"))
    assert told(answers) == ["a", "b"]
    assert len(answers) == 0


def test_a_verdict_with_an_alert_waits_for_it_whichever_comes_first() -> None:
    for first, second in ((verdict("a", "new"), alert("a")), (alert("a"), verdict("a", "new"))):
        answers = Answers(["a"])
        answers.take(first)
        assert told(answers) == []
        answers.take(second)
        assert list(answers.answered()) == [(verdict("a", "new"), alert("a"))]


def test_two_versions_under_one_id_get_an_answer_each() -> None:
    answers = Answers(["a", "a"])
    for record in (verdict("a", "new"), alert("a"), verdict("a", "update")):
        answers.take(record)
    assert [seen.verdict for seen, _ in answers.answered()] == ["new"]
    answers.take(alert("a", "update"))
    assert [answer and answer.kind for _, answer in answers.answered()] == ["update"]


def test_answers_to_the_copy_of_others_are_passed_over() -> None:
    answers = Answers(["a"])
    answers.take(verdict("theirs"))
    answers.take(verdict("a"))
    assert told(answers) == ["a"]


def test_an_article_that_is_released_is_answered_again() -> None:
    answers = Answers(["a"])
    answers.take(verdict("a", "hold"))
    assert told(answers) == ["a"]
    answers.expect("a")
    answers.take(verdict("a"))
    assert told(answers) == ["a"]
    assert len(answers) == 0

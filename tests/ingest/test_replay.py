"""A replay keeps the pace asked for."""

from datetime import UTC, datetime, timedelta

import pytest

from agents.ingest.formats import Found, Input, Unreadable
from agents.ingest.replay import paced, real_time, steady, unhurried
from streams.records import RawArticle

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def article(minutes: float | None) -> Input:
    dated = None if minutes is None else NOON + timedelta(minutes=minutes)
    return Found("here", RawArticle(id="a", text="A"), dated)


def test_without_a_pace_everything_is_due_at_once() -> None:
    assert [unhurried(article(minutes)) for minutes in (0, 60)] == [0.0, 0.0]


def test_a_rate_of_four_makes_an_article_due_each_quarter_of_a_second() -> None:
    due = steady(4)
    assert [due(article(None)) for _ in range(3)] == [0.0, 0.25, 0.5]


def test_at_sixty_times_real_time_a_minute_takes_a_second() -> None:
    due = real_time(60)
    assert [due(article(minutes)) for minutes in (0, 1, 5)] == [0.0, 1.0, 5.0]


def test_what_has_no_date_follows_the_one_before_at_once() -> None:
    due = real_time(60)
    inputs = [article(None), article(3), article(4), article(None), Unreadable("here", b"?", "why"), article(5)]
    assert [due(each) for each in inputs] == [0.0, 0.0, 1.0, 1.0, 1.0, 2.0]


def test_an_older_article_never_turns_time_back() -> None:
    due = real_time(60)
    assert [due(article(minutes)) for minutes in (0, 2, 1, 3)] == [0.0, 2.0, 2.0, 3.0]


def test_each_article_waits_until_it_is_due() -> None:
    slept: list[float] = []
    inputs = [article(None)] * 3
    assert list(paced(inputs, steady(0.01), slept.append)) == inputs
    assert slept == pytest.approx([100, 200], abs=5)  # this sleep takes no time, so each wait counts from the start

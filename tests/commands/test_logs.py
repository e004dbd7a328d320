"""Logs tell what happens without drowning it."""

import logging

import pytest

from agents.commands import logs
from agents.commands.logs import Seldom


def record(name: str) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, __file__, 1, "Unable to connect", None, None)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(logs, "monotonic", lambda: now[0])
    return now


def test_the_kafka_client_is_heard_once_in_ten_seconds(clock: list[float]) -> None:
    seldom, heard = Seldom(), []
    for clock[0] in (0, 1, 9, 10, 11, 30):
        heard.append(seldom.filter(record("aiokafka.conn")))
    assert heard == [True, False, False, True, False, True]


def test_everybody_else_is_always_heard(clock: list[float]) -> None:
    seldom = Seldom()
    assert all(seldom.filter(record("agents.ingest.files")) for _ in range(3))

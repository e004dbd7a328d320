"""The health of a running worker: well while it works, not ready in an outage, and stalled when its client fails."""

import os
import signal
import time
from pathlib import Path

import pytest
from redis import Redis

from agents.commands.worker import Worker
from streams.records import RawArticle
from tests.running import PATIENCE, Running
from tests.watch.asking import TEXT, ask, quick, ready


@pytest.mark.parametrize("how", ["fetch", "commit", "thread"])
def test_a_worker_whose_consumer_stalls_turns_unhealthy_says_why_and_ends(
    embedded_broker: str, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    stall = tmp_path / "stall"
    monkeypatch.setenv("STALL", str(stall))
    monkeypatch.setenv("HOW", how)
    settings = quick(embedded_broker, store, exit_seconds=20.0)
    with Worker(settings, "tests.watch.stalling") as worker:
        river = Running(settings, worker)
        ask(settings, "/readyz", ready, worker)
        river.send(RawArticle(id="before", text=TEXT))
        river.verdict("before")
        ask(settings, "/healthz", ready, worker)
        stall.touch()
        river.send(*(RawArticle(id=f"after-{number}", text=TEXT) for number in range(5)))
        said = ask(settings, "/healthz", lambda status, _: status == 503, worker)
        assert said["status"] == "stalled"
        assert said["reasons"][0].startswith(settings.topic_prefix)
        assert "has answered nothing for" in said["reasons"][0]
        assert worker.process.wait(PATIENCE) != 0
        words = worker.last_words(1000)
    assert "the worker has stalled and ends, to be started anew" in words


def test_a_store_that_does_not_answer_is_waited_for_and_is_no_stall(embedded_broker: str, store: str) -> None:
    settings = quick(embedded_broker, store)
    with Redis.from_url(store) as client:
        pid = int(client.info("server")["process_id"])
    with Worker(settings) as worker:
        river = Running(settings, worker)
        ask(settings, "/readyz", ready, worker)
        os.kill(pid, signal.SIGSTOP)
        try:
            river.send(RawArticle(id="meanwhile", text=TEXT))
            said = ask(settings, "/readyz", lambda status, _: status == 503, worker)
            assert said["status"] == "waiting"
            assert "the store at" in said["reasons"][0]
            time.sleep(2 * settings.stall_seconds)
            assert ask(settings, "/healthz", lambda status, _: status == 200, worker)["status"] == "waiting"
        finally:
            os.kill(pid, signal.SIGCONT)
        assert river.verdict("meanwhile").alert
        ask(settings, "/readyz", ready, worker)

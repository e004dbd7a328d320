"""The health of a running worker: well while it works, not ready in an outage, and stalled when its client fails."""

import asyncio
import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from redis import Redis

from agents.commands.worker import Worker
from streams.embedded import start_store
from streams.records import RawArticle
from streams.server import free_port
from streams.settings import Settings
from tests.running import PATIENCE, Running, apart

TEXT = """The ferry Ondine capsized off the port of Marrow on Tuesday, and 12 people died, the coast guard said.

Fishing boats pulled 97 survivors from the water before nightfall, and divers will resume the search on Wednesday."""


@pytest.fixture
def store() -> Iterator[str]:
    """A store that a test may stop."""
    with start_store() as url:
        yield url


def quick(broker: str, store: str, exit_seconds: float = 0.0) -> Settings:
    """Settings of a worker that is soon out of patience, but for the time that the model takes to load."""
    own = {"tagger_processes": 0, "stall_seconds": 6.0, "stall_exit_seconds": exit_seconds, "web_port": free_port()}
    return apart(broker, store, "watch", **own)


def ask(settings: Settings, path: str, enough: Callable[[int, Any], bool], worker: Worker) -> Any:
    """What the worker answers, once it is enough."""
    return asyncio.run(_ask(settings, path, enough, worker))


async def _ask(settings: Settings, path: str, enough: Callable[[int, Any], bool], worker: Worker) -> Any:
    deadline = time.monotonic() + 60.0
    said: Any = None
    async with ClientSession(f"http://{settings.web_host}:{settings.web_port}") as client:
        while time.monotonic() < deadline:
            worker.check()
            try:
                async with client.get(path) as answer:
                    said = await answer.json()
                    if enough(answer.status, said):
                        return said
            except OSError as error:
                said = error
            await asyncio.sleep(0.2)
    raise AssertionError(f"{path} says {said}:\n{worker.last_words()}")


def ready(status: int, said: Any) -> bool:
    return status == 200 and said == {"status": "ready"}


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


def test_a_worker_counts_what_it_did_and_logs_it_as_json(embedded_broker: str, store: str) -> None:
    settings = replace(quick(embedded_broker, store), log_format="json")
    with Worker(settings) as worker:
        river = Running(settings, worker)
        river.send(RawArticle(id="first", text=TEXT, published=datetime.now(UTC)))
        river.verdict("first")
        river.send(RawArticle(id="again", text=TEXT))
        river.send_bytes(("torn", b"{"))
        river.rejection("torn")
        river.verdict("again")
        ask(settings, "/readyz", ready, worker)
        page = asyncio.run(read(f"http://{settings.web_host}:{settings.web_port}/metrics"))
        words = worker.last_words(1000)
    told = dict(re.findall(r"^(\S+) ([\d.e+]+)$", page, re.MULTILINE))
    kinds = {
        kind: told[f'copytaster_verdicts_total{{kind="{kind}"}}'] for kind in ("new", "repeat", "rejected", "stale")
    }
    assert kinds == {"new": "1.0", "repeat": "1.0", "rejected": "1.0", "stale": "0.0"}
    assert told["copytaster_alert_age_seconds_count"] == "1.0"
    assert told[f'copytaster_rejected_total{{topic="{settings.topic_prefix}.raw"}}'] == "1.0"
    assert float(told["copytaster_tagging_seconds_sum"]) > 0
    assert float(told["copytaster_store_bytes"]) > 0
    assert float(told["faust_messages_received_total"]) >= 3
    lines = [json.loads(line) for line in words.splitlines() if line.startswith("{")]
    assert [line["article"] for line in lines if line["message"].startswith("rejected")] == ["torn"]


async def read(url: str) -> str:
    """A page as text."""
    async with ClientSession() as client, client.get(url) as answer:
        return await answer.text()

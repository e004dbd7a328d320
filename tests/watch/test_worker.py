"""The health of a running worker: well while it works, not ready in an outage, and stalled when its client fails."""

import os
import signal
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from agents.commands.worker import Worker
from streams.embedded import start_store
from streams.records import RawArticle
from streams.settings import Settings
from tests.running import PATIENCE, Running
from tests.watch.asking import TEXT, ask, quick, ready

WAYS = ("fetch", "commit", "thread")


@dataclass
class End:
    """What a worker said when its client failed, its exit code, and the whole of its log."""

    said: Any
    code: int
    words: str


@pytest.fixture(scope="module", autouse=True)
def ends(embedded_broker: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, "Future[End]"]]:
    """Three workers whose client fails in three ways, all at once and beside the other tests: most of it is waiting."""
    folder = tmp_path_factory.mktemp("stalls")
    with ExitStack() as running:
        pool = running.enter_context(ThreadPoolExecutor(len(WAYS)))
        patch = running.enter_context(pytest.MonkeyPatch.context())
        found: dict[str, Future[End]] = {}
        for how in WAYS:
            patch.setenv("HOW", how)
            patch.setenv("STALL", str(folder / how))
            settings = quick(embedded_broker, running.enter_context(start_store()), exit_seconds=12.0)
            worker = running.enter_context(Worker(settings, "tests.watch.stalling"))
            found[how] = pool.submit(stall, settings, worker, folder / how)
        yield found
        for each in found.values():
            each.exception()  # its worker must not be ended under it


def stall(settings: Settings, worker: Worker, file: Path) -> End:
    """Have a worker's client fail once it works, and wait for its end. Copy that can't be read needs no model."""
    river = Running(settings, worker)
    ask(settings, "/readyz", ready, worker)
    river.send_bytes(("before", b"{"))
    river.rejection("before")
    ask(settings, "/healthz", ready, worker)
    file.touch()
    river.send_bytes(*((f"after-{number}", b"{") for number in range(5)))
    said = ask(settings, "/healthz", lambda status, _: status == 503, worker)
    return End(said, worker.process.wait(PATIENCE), worker.last_words(1000))


def test_a_store_that_does_not_answer_is_waited_for_and_is_no_stall(river: Running) -> None:
    settings, worker = river.settings, river.worker
    with Redis.from_url(settings.store) as client:
        pid = int(client.info("server")["process_id"])
    ask(settings, "/readyz", ready, worker)
    os.kill(pid, signal.SIGSTOP)
    try:
        river.send(RawArticle(id="meanwhile", text=f"The bridge at Tarn was closed on Friday.\n\n{TEXT}"))
        said = ask(settings, "/readyz", lambda status, _: status == 503, worker)
        assert said["status"] == "waiting"
        assert "the store at" in said["reasons"][0]
        time.sleep(2 * settings.stall_seconds)
        assert ask(settings, "/healthz", lambda status, _: status == 200, worker)["status"] == "waiting"
    finally:
        os.kill(pid, signal.SIGCONT)
    assert river.verdict("meanwhile").alert
    ask(settings, "/readyz", ready, worker)


@pytest.mark.parametrize("how", WAYS)
def test_a_worker_whose_consumer_stalls_turns_unhealthy_says_why_and_ends(
    ends: Mapping[str, "Future[End]"], how: str
) -> None:
    end = ends[how].result()
    assert end.said["status"] == "stalled"
    assert end.said["reasons"][0].startswith("watch-")
    assert "has answered nothing for" in end.said["reasons"][0]
    assert end.code != 0
    assert "the worker has stalled and ends, to be started anew" in end.words

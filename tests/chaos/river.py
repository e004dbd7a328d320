"""A run: articles through workers, brokers and a store, by a plan of faults or without any."""

import asyncio
import time
import uuid
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiokafka.errors import KafkaError

from streams.broker import ensure_topics
from streams.codec import encode
from streams.errors import BrokerUnavailable
from streams.positions import Positions
from streams.server import HOST
from streams.settings import Settings
from streams.topics import topics
from tests.chaos.articles import Copy
from tests.chaos.comparison import Run
from tests.chaos.crew import Crew
from tests.chaos.faults import Faults
from tests.chaos.gate import Gate
from tests.chaos.plan import Fault
from tests.chaos.servers import Brokers, Store
from tests.chaos.traffic import Judged, follow, outcome, publish, say

_PATIENCE = 400.0  # seconds without a verdict: longer than any worker or broker takes to come back on a busy machine
_SHOWN = 500  # articles between two words of progress

# A group that waits little, and workers that start quickly and are soon out of patience: an hour of faults in minutes.
# The console tells nothing here.
QUICK: dict[str, Any] = {
    "rebalance_seconds": 10.0,
    "stall_seconds": 20.0,
    "stall_exit_seconds": 40.0,
    "park_seconds": 20.0,
    "web_port": 0,
    "console_articles": 0,
    "tagger_processes": 0,
}


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left, how long it took, what was done to it, and how many workers ended by themselves and hung."""

    run: Run
    seconds: float
    done: dict[str, int]
    ended: int
    hung: int


async def run(copies: Sequence[Copy], plan: Sequence[Fault], brokers: Brokers, workers: int, folder: Path) -> Ran:
    """Send all articles and see what comes out, on topics and a store of its own; logs and data are kept in `folder`."""
    started = time.monotonic()
    async with AsyncExitStack() as closing:
        running = closing.enter_context(ExitStack())
        gate = Gate()
        await gate.open()
        closing.push_async_callback(gate.close)
        store = Store(running, folder / "store", gate)
        settings = _settings(brokers, store)
        await _ready(settings)
        crew = Crew(settings, workers, folder)
        running.callback(crew.close)
        judged, faults = Judged(set(), time.monotonic()), Faults(settings, crew, brokers, store, [gate, *brokers.gates])
        jobs = [
            asyncio.create_task(job)
            for job in (crew.tend(), follow(settings, judged), publish(settings, copies, judged))
        ]
        plot = asyncio.create_task(faults.follow(plan, judged))
        try:
            await _finished(len(copies), judged, [*jobs, plot])
            await _quiet(settings)
            left = await outcome(settings)
            for name, records in (("verdicts", left.verdicts), ("alerts", left.alerts)):
                (folder / f"{name}.jsonl").write_bytes(b"\n".join(map(encode, records)))
            return Ran(left, time.monotonic() - started, faults.done, crew.ends, crew.hung)
        finally:
            for job in (*jobs, plot):
                job.cancel()
            await asyncio.gather(*jobs, plot, return_exceptions=True)


def _settings(brokers: Brokers, store: Store) -> Settings:
    return Settings(
        broker=",".join(f"{HOST}:{gate.port}" for gate in brokers.gates),
        store=store.url,
        topic_prefix=f"chaos-{uuid.uuid4().hex[:8]}",
        partitions=4,
        replication=min(3, len(brokers.gates)),
        **QUICK,
    )


async def _ready(settings: Settings) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return await ensure_topics(settings)
        except (KafkaError, BrokerUnavailable):
            if time.monotonic() > until:
                raise
            await asyncio.sleep(1.0)


async def _finished(count: int, judged: Judged, jobs: Sequence["asyncio.Task[None]"]) -> None:
    """Until all are judged and all faults are over, or nothing has been judged for long."""
    shown, plot = 0, jobs[-1]
    while len(judged) < count or not plot.done():
        for job in jobs:
            if job.done() and (error := job.exception()):
                raise error
        if len(judged) >= shown + _SHOWN:
            shown = len(judged) - len(judged) % _SHOWN
            say(f"{shown} of {count} articles judged")
        if time.monotonic() > judged.latest + _PATIENCE:
            say(f"no verdict for {_PATIENCE:.0f} s; {count - len(judged)} articles have none")
            return
        await asyncio.sleep(0.1)


async def _quiet(settings: Settings) -> None:
    """Until nothing waits on a topic that workers read: what was redelivered may ring yet."""
    suffix = "" if settings.topic_prefix == "wire" else f"-{settings.topic_prefix}"
    flow, positions = topics(settings), Positions(settings, f"copytaster{suffix}")
    names = [each.name for each in (flow.raw, flow.clean, flow.fresh, flow.tagged)]
    places = [(name, number) for name in names for number in range(settings.partitions)]
    until = time.monotonic() + _PATIENCE
    try:
        while time.monotonic() < until:
            try:
                found = await positions.read(places)
                if not any(each.waiting for each in found.values()):
                    return
            except BrokerUnavailable as error:
                say(str(error))
            await asyncio.sleep(0.5)
        say(f"messages still wait after {_PATIENCE:.0f} s")
    finally:
        await positions.close()

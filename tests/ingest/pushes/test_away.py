"""While the broker is away a push is told to come again, and nothing is claimed that Kafka doesn't have."""

import os
import signal
import sys
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from aiohttp import web

from agents.ingest.formats import Input
from agents.ingest.pushes.counter import counter
from agents.ingest.pushes.push import Publish
from agents.ingest.pushes.store import Answers
from agents.ingest.pushes.web import mount
from streams.broker import Outlet, Position, ensure_topics
from streams.embedded import EMBEDDED, start_broker
from streams.errors import BrokerUnavailable, RejectedCopy
from streams.server import free_port
from streams.settings import Settings
from streams.store import connect
from tests.pushing import ask, on_topic, places, session

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the broker's process in /proc")


@pytest.fixture
def settings(store_url: str) -> Iterator[Settings]:
    with start_broker() as broker:
        prefix = f"away-{uuid.uuid4().hex[:8]}"
        yield Settings(broker=broker, store=store_url, topic_prefix=prefix, web_port=free_port(), **EMBEDDED)


@asynccontextmanager
async def listening(settings: Settings, publish: Publish) -> AsyncIterator[None]:
    """The web port without the rest of a worker."""
    app, store = web.Application(), connect(settings)
    runner = mount(app, counter(settings, Answers(store, settings.store), publish))
    await runner.setup()
    await web.TCPSite(runner, settings.web_host, settings.web_port).start()
    yield
    await runner.cleanup()
    await store.aclose()


def said(command: Path) -> str:
    """A process's words, none where it is gone."""
    try:
        return (
            command.read_bytes().decode(errors="replace") if "tansu" in command.with_name("exe").readlink().name else ""
        )
    except OSError:
        return ""


@contextmanager
def paused(broker: str) -> Iterator[None]:
    """The broker as a network cut or a stall has it: connected, and silent."""
    (pid,) = [int(each.parent.name) for each in Path("/proc").glob("[0-9]*/cmdline") if broker in said(each)]
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


async def test_a_push_comes_again_until_the_broker_is_back(settings: Settings) -> None:
    await ensure_topics(settings)
    article, headers = b'{"id": "patient", "text": "Ferry on fire"}', {"Idempotency-Key": "patient"}
    async with Outlet(settings, patience=1.0) as outlet:

        async def publish(inputs: Sequence[Input]) -> list[Position]:
            raw = f"{settings.topic_prefix}.raw"
            return await outlet.send(raw, [(each.key.encode(), each.value) for each in inputs])

        async with listening(settings, publish), session(settings) as client:
            assert (await ask(client, b'{"id": "before", "text": "A"}')).status == 202
            with paused(settings.broker):
                away = await ask(client, article, headers=headers)
            assert (away.status, away.headers["Retry-After"]) == (503, "5")
            assert "nothing is accepted" in away.said["detail"]
            answer = await ask(client, article, headers=headers)
    assert answer.status == 202
    kept = await on_topic(settings)
    assert {place: kept[place][0] for place in places(answer)} == places(answer)


async def test_a_broker_that_never_answered_is_tried_anew(settings: Settings) -> None:
    await ensure_topics(settings)
    async with Outlet(settings, patience=1.0) as outlet:
        with paused(settings.broker), pytest.raises(BrokerUnavailable, match="did not confirm"):
            await outlet.send(f"{settings.topic_prefix}.raw", [(b"a", b"A")])
        ((topic, _, _),) = await outlet.send(f"{settings.topic_prefix}.raw", [(b"a", b"A")])
    assert topic == f"{settings.topic_prefix}.raw"


async def test_a_message_that_is_too_large_is_rejected_and_no_outage(settings: Settings) -> None:
    await ensure_topics(settings)
    async with Outlet(settings) as outlet:
        with pytest.raises(RejectedCopy, match="no message so large"):
            await outlet.send(f"{settings.topic_prefix}.raw", [(b"a", bytes(80 * 2**20))])


async def test_a_push_with_a_key_waits_for_a_store_that_is_away_and_one_without_does_not() -> None:
    async def publish(inputs: Sequence[Input]) -> list[Position]:
        return [("raw", 0, 0)] * len(inputs)

    settings = Settings(store="redis://127.0.0.1:1/0", web_port=free_port())
    async with listening(settings, publish), session(settings) as client:
        keyed = await ask(client, b"Copy", headers={"Idempotency-Key": "a"})
        assert (keyed.status, keyed.headers["Retry-After"]) == (503, "5")
        assert (await ask(client, b"Copy")).status == 202

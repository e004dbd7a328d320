"""The web port tells everyone whether the worker is well, and readers why not and what it counted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web

from agents.watch.web import mount
from streams.guard import guard
from streams.health import STARTING, Health
from streams.settings import Settings

WELL = Health(alive=True, ready=True)
AWAY = Health(alive=True, ready=False, reasons=("the store at redis://10.0.0.7 does not answer",))
STALLED = Health(alive=False, ready=False, reasons=("wire.raw/0 has answered nothing for 75 s",), stalled=75)
OPEN, GUARDED = Settings(), Settings(web_host="0.0.0.0", read_token="look")
TOKEN = {"Authorization": "Bearer look"}


@asynccontextmanager
async def serving(settings: Settings, health: Health = WELL) -> AsyncIterator[ClientSession]:
    """A client of a worker that is so."""
    app = web.Application()
    mount(app, lambda: health, lambda: b"copytaster_alive 1\n", guard(settings))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        async with ClientSession(f"http://127.0.0.1:{runner.addresses[0][1]}") as client:
            yield client
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("health", "alive", "ready", "status"),
    [
        (WELL, 200, 200, "ready"),
        (AWAY, 200, 503, "waiting"),
        (STARTING, 200, 503, "waiting"),
        (STALLED, 503, 503, "stalled"),
    ],
)
async def test_a_supervisor_is_told_without_a_token(health: Health, alive: int, ready: int, status: str) -> None:
    async with serving(GUARDED, health) as client:
        for path, code in (("/healthz", alive), ("/readyz", ready)):
            async with client.get(path) as answer:
                assert (answer.status, await answer.json()) == (code, {"status": status})
                assert answer.headers["Cache-Control"] == "no-store"


async def test_the_reasons_are_for_readers() -> None:
    async with serving(GUARDED, STALLED) as client, client.get("/healthz", headers=TOKEN) as answer:
        assert await answer.json() == {"status": "stalled", "reasons": list(STALLED.reasons)}
    async with serving(OPEN, AWAY) as client, client.get("/readyz") as answer:
        assert await answer.json() == {"status": "waiting", "reasons": list(AWAY.reasons)}


async def test_the_metrics_are_for_readers() -> None:
    async with serving(GUARDED) as client:
        async with client.get("/metrics") as answer:
            assert answer.status == 401
        async with client.get("/metrics", headers=TOKEN) as answer:
            assert (answer.status, await answer.text()) == (200, "copytaster_alive 1\n")
            assert answer.headers["Content-Type"].startswith("text/plain; version=")

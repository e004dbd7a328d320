"""A console on a broker and a port of its own, without the rest of a worker: it stops and starts as one does."""

import asyncio
import json
import threading
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Self

from aiohttp import ClientSession, web

from agents.commands.wire import Wire
from agents.console.desk import Desk
from agents.console.web import mount
from streams.broker import ensure_topics
from streams.codec import encode
from streams.following import Following
from streams.guard import guard
from streams.records import Record
from streams.redriving import put_back_from
from streams.settings import Settings
from streams.topics import topics
from tests.console.samples import Sent

PATIENCE = 120.0  # seconds for a busy machine


class Console:
    """Serves from `start` to `stop`, in a thread with a loop of its own, as often as is asked."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.url = f"http://{settings.web_host}:{settings.web_port}"

    def start(self) -> None:
        """Serve; returns when the console has read what the topics hold."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="console")
        self._thread.start()
        self._run(self._open())

    def stop(self) -> None:
        """Serve no more, and forget everything."""
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def send(self, *records: tuple[str, str, Record]) -> None:
        """Put records on topics: short name, key and record of each."""
        with Wire(self.settings) as wire:
            for name, key, record in records:
                wire.send(f"{self.settings.topic_prefix}.{name}", encode(record), key.encode())

    def take(self, *messages: Sent) -> None:
        """Take messages in that no topic holds."""
        prefix = self.settings.topic_prefix
        named = [replace(each, topic=each.topic.replace("wire", prefix, 1)) for each in messages]
        self._run(self.desk.take(named, caught_up=True))

    def get(self, path: str) -> Any:
        """What the API answers now."""
        return self._run(self._get(path))

    def wait_for(self, path: str, enough: Any) -> Any:
        """What the API answers, once it is enough."""
        deadline = time.monotonic() + PATIENCE
        while not enough(said := self.get(path)):
            assert time.monotonic() < deadline, said
            time.sleep(0.1)
        return said

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _open(self) -> None:
        await ensure_topics(self.settings)
        self.desk = Desk(self.settings)
        app = web.Application()
        mount(app, self.desk, guard(self.settings), partial(put_back_from, self.settings))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
        await self._runner.setup()
        self._reading = asyncio.create_task(self._read())
        while not self.desk.caught_up:
            await asyncio.sleep(0.05)
            if self._reading.done():
                await self._reading
        await web.TCPSite(self._runner, self.settings.web_host, self.settings.web_port, reuse_address=True).start()

    async def _read(self) -> None:
        flow = topics(self.settings)
        names = [each.name for each in (flow.clean, flow.alerts, flow.verdicts, flow.rejected)]
        async for batch in Following(self.settings, names, self.settings.console_articles).batches():
            await self.desk.take(batch.messages, batch.caught_up)

    async def _close(self) -> None:
        await self._runner.cleanup()
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        self.desk.close()

    async def _get(self, path: str) -> Any:
        async with ClientSession(self.url) as client, client.get(path) as answer:
            return json.loads(await answer.read())

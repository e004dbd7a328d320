"""The servers of a run, behind gates: brokers that may be killed where they are Apache Kafka's, and a store."""

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from redis import Redis

from streams.embedded import start_broker, start_store
from streams.server import HOST, free_port
from tests.chaos.gate import Gate


class Brokers(Protocol):
    """Brokers that clients reach through `gates`, one for each."""

    @property
    def gates(self) -> Sequence[Gate]:
        """Those in front of the brokers."""

    @property
    def mortal(self) -> bool:
        """Whether one may be killed: it keeps its topics on disk."""

    async def kill(self, pick: int, seconds: float) -> str:
        """Kill one, and have it back after so many seconds."""


class Tansu:
    """The embedded broker. It keeps all in memory, so it can't be killed: with it the topics would go."""

    mortal = False

    def __init__(self, running: ExitStack, gate: Gate) -> None:
        broker = running.enter_context(start_broker(advertised=gate.port))
        gate.target = int(broker.rpartition(":")[2])
        self.gates = [gate]

    async def kill(self, pick: int, seconds: float) -> str:
        """Never."""
        raise NotImplementedError


class Store:
    """The embedded store, with an append-only file in `folder`, through all its lives at one port."""

    def __init__(self, running: ExitStack, folder: Path, gate: Gate) -> None:
        self._folder, self._gate = folder, gate
        gate.target = free_port()
        self._life = ExitStack()
        running.callback(self._life.close)
        self._start()

    @property
    def url(self) -> str:
        """Where clients reach it."""
        return f"redis://{HOST}:{self._gate.port}/0"

    async def kill(self, seconds: float) -> str:
        """Kill it as a power cut would end it, but for what the disk has not got; have it back after so many seconds."""
        with Redis(port=self._gate.target) as client:
            pid = int(client.info("server")["process_id"])
        os.kill(pid, signal.SIGKILL)
        self._life.close()
        await asyncio.sleep(seconds)
        self._start()
        return f"the store was killed, and back after {seconds:.1f} s"

    def _start(self) -> None:
        url = self._life.enter_context(start_store(self._folder, lambda: self._gate.target))
        assert urlsplit(url).port == self._gate.target

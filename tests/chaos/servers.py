"""The servers of a run, behind gates: brokers that may be killed where they are Apache Kafka's, and a store."""

import asyncio
import os
import signal
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from redis import Redis

from scripts.kafka.cluster import Kafka, NoKafka
from streams.embedded import start_broker, start_store
from streams.server import HOST, free_port
from tests.chaos.gate import Gate

_LISTENER = "GATE"
_BACK = 180.0  # seconds for a broker to come back on a busy machine


class Brokers(Protocol):
    """Brokers that clients reach through `gates`, one for each."""

    @property
    def gates(self) -> Sequence[Gate]:
        """Those in front of the brokers."""

    async def kill(self, pick: int, seconds: float) -> str:
        """Kill one, and have it back after so many seconds."""


class Tansu:
    """The embedded broker. It keeps all in memory, so it can't be killed: with it the topics would go."""

    def __init__(self, running: ExitStack, gate: Gate) -> None:
        broker = running.enter_context(start_broker(advertised=gate.port))
        gate.target = int(broker.rpartition(":")[2])
        self.gates = [gate]

    async def kill(self, pick: int, seconds: float) -> str:
        """Never."""
        raise NotImplementedError


class Cluster:
    """Apache Kafka's brokers, one for each gate."""

    def __init__(self, running: ExitStack, gates: Sequence[Gate]) -> None:
        told = {_LISTENER: [gate.port for gate in gates]}
        kafka = Kafka(len(gates), listeners={_LISTENER: "PLAINTEXT"}, advertised=told)
        self._brokers = running.enter_context(kafka).brokers
        self.gates = gates
        for gate, broker in zip(gates, self._brokers, strict=True):
            gate.target = broker.node.ports[_LISTENER]

    async def kill(self, pick: int, seconds: float) -> str:
        """Kill one as a power cut would; returns once it answers again."""
        living = [each for each in self._brokers if each.runs]
        if not living:
            return ""
        broker = living[pick % len(living)]
        broker.kill()
        await asyncio.sleep(seconds)
        broker.start()
        until = time.monotonic() + _BACK
        while not await asyncio.to_thread(broker.knows):
            if not broker.runs or time.monotonic() > until:
                raise NoKafka(f"broker {broker.node.number} did not come back. It said:\n{broker.last_words()}")
            await asyncio.sleep(0.2)
        return f"broker {broker.node.number} was killed, and back after {seconds:.1f} s"


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

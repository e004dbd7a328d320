"""The way onto a topic for a caller that may block: the producer's event loop runs in a thread of its own.

Reading standard input blocks, and an event loop that waits for a blocked thread can't be ended with Ctrl-C.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Self, TypeVar

from aiokafka.errors import KafkaError
from aiokafka.structs import RecordMetadata

from streams.broker import ensure_topics, producer, refusal, start
from streams.errors import BrokerUnavailable, CopytasterError
from streams.formats import stamp
from streams.settings import Settings
from streams.topics import topics

T = TypeVar("T")

_PATIENCE = 10.0  # seconds for the broker to answer at all
_PARTING = 5.0  # seconds that an interrupted run waits for what is still in flight


@asynccontextmanager
async def answering(settings: Settings) -> AsyncIterator[None]:
    """For the first words with a broker: raises BrokerUnavailable when they take more than some seconds.

    The client's own log is silent meanwhile: it tells the same several times over.
    """
    log = logging.getLogger("aiokafka")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        async with asyncio.timeout(_PATIENCE):
            yield
    except TimeoutError as error:
        raise BrokerUnavailable(
            f"no Kafka broker answers at {settings.broker} within {_PATIENCE:.0f} seconds; "
            "start it, or set COPYTASTER_BROKER (or --broker) to where it is"
        ) from error
    finally:
        log.setLevel(level)


class Wire:
    """Sends messages in the order given. A context manager, for one thread.

    Entering makes the topics, and raises BrokerUnavailable where no broker answers. Leaving waits until the broker
    has confirmed every message (`delivered` counts them), and raises CopytasterError when it refused one.
    """

    def __init__(self, settings: Settings) -> None:
        self.delivered = 0
        self._settings = settings
        self._failure: BaseException | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wire", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._run(self._open())
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self._run(self._close(_PARTING if kind else None))
        finally:
            self._end()
        if kind is None:
            self._check()

    def send(self, topic: str, value: bytes, key: bytes) -> None:
        """Hand a message to the broker; waits while its partition is busy. Raises what an earlier one failed with."""
        self._check()
        try:
            self._run(self._send(topic, value, key))
        except KafkaError as error:
            raise self._refused(error) from error

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _open(self) -> None:
        self._producer = producer(self._settings)
        try:
            async with answering(self._settings):
                await ensure_topics(self._settings, needed=[topics(self._settings).raw.name])
                await start(self._producer, self._settings)
        except BaseException:
            await self._producer.stop()
            raise

    async def _send(self, topic: str, value: bytes, key: bytes) -> None:
        """aiokafka holds one batch for each partition and lets the next message wait, so memory is bounded."""
        sent = await self._producer.send(topic, value, key=key, headers=list(stamp().items()))
        sent.add_done_callback(self._confirm)

    def _confirm(self, sent: "asyncio.Future[RecordMetadata]") -> None:
        if sent.cancelled():
            return
        if error := sent.exception():
            self._failure = self._failure or error
        else:
            self.delivered += 1

    def _check(self) -> None:
        if self._failure:
            raise self._refused(self._failure) from self._failure

    def _refused(self, error: BaseException) -> CopytasterError:
        if refused := refusal(error, self._settings):
            return refused
        return CopytasterError(
            f"the broker at {self._settings.broker} did not take a message: {error}; "
            f"{self.delivered} were delivered before, and running again raises no alert twice"
        )

    async def _close(self, patience: float | None) -> None:
        try:
            async with asyncio.timeout(patience):
                await self._producer.stop()
        except TimeoutError:
            await self._abandon()

    async def _abandon(self) -> None:
        """Give up what a broker that has gone will never take."""
        await self._producer.client.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

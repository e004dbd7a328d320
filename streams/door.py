"""How an agent takes messages and gives answers so that nothing is lost.

Faust acknowledges a message when its agent raises, and its `take` when the worker stops, whether or
not the work was done. Here a message is acknowledged when Kafka has every answer to it, in the order
of the messages, and a message that can't be used goes to `wire.rejected` whole.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import takewhile
from typing import Any, Generic, TypeVar, cast

from aiokafka.errors import KafkaError, MessageSizeTooLargeError
from faust import Stream
from faust.types import EventT, StreamT

from streams import metrics
from streams.app import App
from streams.broker import refusal
from streams.codec import decode, encode
from streams.errors import AccessRefused, RejectedCopy, StoreUnavailable
from streams.events import Headers, envelope
from streams.formats import FORMAT, newer, stamp
from streams.logs import about
from streams.progress import sign
from streams.records import RawArticle, Record, Rejected, Verdict
from streams.topics import Topic
from streams.tracing import spans
from streams.turns import Turns, in_turn

log = logging.getLogger(__name__)
R = TypeVar("R", bound=Record)

_RETRY = (0.2, 5.0)  # seconds: the first wait for a store or broker that doesn't answer, and the longest
_LOOK = 1.0  # seconds between two looks at whose a partition is
_GROWTH = 4  # how much larger an article may become on its way, with its passages and entities


@dataclass(frozen=True, slots=True)
class Answer:
    """A record to be put on a topic; the key decides the partition, and `receipt` is given back once Kafka has it."""

    topic: Topic
    key: str
    record: Record
    receipt: str | None = None


Message = tuple[Topic, bytes | None, bytes, Headers]
Act = Callable[[Sequence[R]], Awaitable[Sequence[Answer]]]
Unasked = Callable[[], Awaitable[Sequence[Answer]]]
Delivered = Callable[[Sequence[str]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Errand:
    """Answers that no message asks for, looked for every so many seconds; `delivered` is as a door's."""

    work: Unasked
    every: float
    delivered: Delivered


class Door(Generic[R]):
    """Carries messages of one kind to an act in batches, and its answers to their topics.

    `act` takes the records read and returns all answers to them. It must be idempotent: after a
    crash, or when one record of a batch fails, it is asked again. Where it raises RejectedCopy, or
    any error that isn't a server's absence, the record at fault is rejected. `delivered` gets
    the receipts of answers that Kafka has. An act that rests on nothing but its records may be asked for `ahead`
    batches at once, so that its processes never wait for a batch to be sent; answers go out in order all the same.
    """

    def __init__(
        self, app: App, kind: type[R], act: Act[R], *, delivered: Delivered | None = None, ahead: int = 1
    ) -> None:
        self.app, self.kind, self.act, self.delivered, self._ahead = app, kind, act, delivered, ahead
        self._turns = Turns()
        self.batch = app.settings.batch
        self._topics: dict[str, Any] = {}

    async def carry(self, stream: StreamT[bytes], *errands: Errand) -> None:
        """Work through a stream until it ends, and run errands beside it.

        Batches hold what has come in, without waiting for more.
        """
        inbox: asyncio.Queue[EventT[Any]] = asyncio.Queue(maxsize=self.batch)
        name = f"door of {self.kind.__name__}"
        jobs = [asyncio.create_task(self._work(inbox), name=name) for _ in range(self._ahead)]
        jobs += [asyncio.create_task(self._run(errand)) for errand in errands]
        try:
            async for event in cast(Stream[bytes], stream).noack().events():
                put = asyncio.ensure_future(inbox.put(event))
                await asyncio.wait({put, *jobs}, return_when=asyncio.FIRST_COMPLETED)
                for job in jobs:
                    if job.done():  # a fault of ours: end the worker, so that its messages come again to the next
                        put.cancel()
                        await self.app.crash(job.exception() or RuntimeError("a door closed"))
                        return
        finally:
            for job in jobs:
                job.cancel()

    async def _run(self, errand: Errand) -> None:
        while True:
            await asyncio.sleep(errand.every)
            await self._patiently(lambda: self._deliver(errand.work, errand.delivered))

    async def _work(self, inbox: "asyncio.Queue[EventT[Any]]") -> None:
        while True:
            batch = [await inbox.get()]
            while len(batch) < self.batch and not inbox.empty():
                batch.append(inbox.get_nowait())
            async with self._turns.taken():
                while batch:
                    known = list(takewhile(lambda event: not newer(dict(event.message.headers or {})), batch))
                    await self._finish(known)
                    if batch := batch[len(known) :]:
                        await self._leave(batch.pop(0))

    async def _finish(self, batch: Sequence[EventT[Any]]) -> None:
        if not batch:
            return
        topic = batch[0].message.topic
        places = {(topic, event.message.partition) for event in batch}
        with self.app.progress.on(places), metrics.batch(topic, len(batch)):
            await self._answer(batch)
        await in_turn()
        for event in batch:
            event.ack()

    async def _leave(self, event: EventT[Any]) -> None:
        """Wait until another worker has the partition of a message whose format is not known here."""
        place = (event.message.topic, event.message.partition)
        said = (
            f"{place[0]}/{place[1]} has messages in the format of a newer release, which are left to its workers: "
            f"put one in the place of this worker, which reads format {FORMAT} (docs/upgrading.md)"
        )
        log.error("waiting: %s", said)
        this, waits = object(), self.app.progress.waits
        waits[this] = said
        try:
            while (held := self.app.partitions) is None or place in held:  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(_LOOK)
        finally:
            waits.pop(this, None)

    async def _answer(self, events: Sequence[EventT[Any]]) -> None:
        """Read, act, send and wait for Kafka, through outages; returns when every event is answered."""
        read: list[tuple[EventT[Any], R]] = []
        for event in events:
            try:
                read.append((event, self._read(event)))
            except RejectedCopy as error:
                await self._reject(event, str(error), None)
        if read:
            await self._act(read)

    def _read(self, event: EventT[Any]) -> R:
        value = event.message.value or b""
        limit = self.app.settings.max_article_bytes * (1 if self.kind is RawArticle else _GROWTH)
        if len(value) > limit:
            raise RejectedCopy(
                f"{len(value):,} bytes is more than the {limit:,} that an article may have; "
                "cut it, or raise COPYTASTER_MAX_ARTICLE_BYTES"
            )
        record = decode(value, self.kind)
        return cast(R, record.stamped(event.message.timestamp)) if isinstance(record, RawArticle) else record

    async def _act(self, read: Sequence[tuple[EventT[Any], R]]) -> None:
        records = [record for _, record in read]
        try:
            with self._about(read) as passing:
                await self._patiently(lambda: self._deliver(lambda: self.act(records), self.delivered, passing))
        except AccessRefused:
            raise  # nobody's bad copy either, and nothing that waiting mends: it ends the worker
        except Exception as error:
            if len(read) > 1:  # find the one at fault; acts are idempotent
                for one in read:
                    await self._act([one])
                    sign()
                return
            with about([_article_id(records[0]) or ""]):
                await self._reject(read[0][0], self._reason(error), read[0][1])
            return
        for event, record in read:
            metrics.passed(event.message.topic, _received(record))

    def _reason(self, error: Exception) -> str:
        if isinstance(error, RejectedCopy):
            return str(error)
        log.error("rejecting a %s that could not be handled", self.kind.__name__, exc_info=error)
        return f"{type(error).__name__} in the worker: {error}; its log has the traceback"

    @contextmanager
    def _about(self, read: Sequence[tuple[EventT[Any], R]]) -> Iterator[Mapping[str, Headers]]:
        """Logs and traces tell of these articles; gives the headers that carry their traces on."""
        named = [(_article_id(record) or "", dict(event.message.headers or {})) for event, record in read]
        with about([name for name, _ in named]), spans(read[0][0].message.topic, named) as passing:
            yield passing

    async def _deliver(
        self, work: Unasked, delivered: Delivered | None, passing: Mapping[str, Headers] | None = None
    ) -> None:
        answers = await work()
        await in_turn()
        await self._send([_message(each, (passing or {}).get(each.key, {})) for each in answers])
        for each in answers:
            if each.topic in tuple(self.app.flow):  # an alert that goes on to a subscriber's topic rang before
                metrics.sent(each.record)
        receipts = list(dict.fromkeys(each.receipt for each in answers if each.receipt))
        if delivered and receipts:
            await delivered(receipts)

    async def _patiently(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it again until the store and the broker answer: their absence is nobody's bad copy."""
        wait, longest = _RETRY
        this, waits = object(), self.app.progress.waits
        try:
            while True:
                try:
                    return await work()
                except (MessageSizeTooLargeError, AccessRefused):
                    raise
                except (StoreUnavailable, KafkaError) as error:
                    if refused := refusal(error, self.app.settings):
                        raise refused from error
                    log.warning("waiting %.1f s: %s", wait, error)
                    waits[this] = str(error) or type(error).__name__
                    metrics.waited()
                await asyncio.sleep(wait)
                wait = min(longest, wait * 2)
        finally:
            waits.pop(this, None)

    async def _send(self, messages: Sequence[Message]) -> None:
        pending = [
            await self._topic(topic).send(key=key, value=value, headers=headers, force=True)
            for topic, key, value, headers in messages
        ]
        for sent in pending:
            await sent

    def _topic(self, topic: Topic) -> Any:
        if topic.name not in self._topics:
            self._topics[topic.name] = self.app.plain(topic)
        return self._topics[topic.name]

    async def _reject(self, event: EventT[Any], reason: str, record: R | None) -> None:
        """Put the message on `wire.rejected` as it came, with the reason."""
        message = event.message
        place = f"{message.topic}/{message.partition}/{message.offset}"
        letter = Rejected(
            id=blake2b(place.encode() + b"\0" + (message.value or b""), digest_size=8).hexdigest(),
            reason=reason,
            topic=message.topic,
            partition=message.partition,
            offset=message.offset,
            rejected=datetime.now(UTC),
            value=message.value or b"",
            key=message.key,
            article=_article_id(record) or (message.key or b"").decode(errors="replace") or None,
        )
        messages: list[Message] = [(self.app.flow.rejected, message.key, encode(letter), stamp())]
        told: list[Record] = [letter]
        if letter.article:
            verdict = Verdict(
                id=letter.article, verdict="rejected", alert=False, reasons={"reason": reason, "rejected": letter.id}
            )
            messages.append((self.app.flow.verdicts, letter.article.encode(), encode(verdict), stamp()))
            told.append(verdict)
        with about([letter.article] if letter.article else []):
            log.warning("rejected %s (article %s): %s", place, letter.article, reason)
            await self._patiently(lambda: self._send(messages))
        for each in told:
            metrics.sent(each)


def _message(answer: Answer, carried: Headers) -> Message:
    headers = envelope(answer.record, answer.topic.name) | carried | stamp()
    return answer.topic, answer.key.encode(), encode(answer.record), headers


def _received(record: Record) -> datetime | None:
    return getattr(getattr(record, "article", record), "received", None)


def _article_id(record: Record | None) -> str | None:
    article = getattr(record, "article", record)
    return getattr(article, "id", None)

"""Doors to Kafka for what isn't a Faust agent: topics made before the river runs, producers, consumers."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from typing import Self

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    KafkaError,
    MessageSizeTooLargeError,
    NoError,
    ProducerClosed,
    TopicAlreadyExistsError,
    TopicAuthorizationFailedError,
    for_code,
)
from aiokafka.protocol.transaction import InitProducerIdRequest
from aiokafka.structs import RecordMetadata

from streams.access import broker_refusal
from streams.connection import connection
from streams.errors import BrokerRefused, BrokerUnavailable, CopytasterError, RejectedCopy
from streams.formats import stamp
from streams.permits import check_visible
from streams.refusals import forbidden
from streams.settings import Settings
from streams.topics import Topic, largest_request, topics

_PATIENCE = 10.0  # seconds for a broker to answer at all
_PARTING = 5.0  # seconds for what is still in flight when we leave
_METADATA_AGE = 60_000  # milliseconds until a reader asks again which partitions there are
_UNUSED = 60_000  # milliseconds for a transaction; there are none


def producer(settings: Settings, patience: float = 40.0) -> AIOKafkaProducer:
    """A producer, not started, that counts a message as sent once every in-sync replica has it.

    It gives a message up after `patience` seconds.
    """
    return AIOKafkaProducer(
        **connection(settings),
        acks="all",
        compression_type=None if settings.compression == "none" else settings.compression,
        max_request_size=largest_request(settings),
        request_timeout_ms=int(patience * 1000),
    )


Position = tuple[str, int, int]  # topic, partition, offset


class Outlet:
    """The way onto a topic for what no message brought. It connects when first used, and again after a failure."""

    def __init__(self, settings: Settings, patience: float = _PATIENCE) -> None:
        self._settings, self._patience = settings, patience
        self._producer: AIOKafkaProducer | None = None
        self._closed = False
        self._starting = asyncio.Lock()

    async def send(self, topic: str, messages: Sequence[tuple[bytes, bytes]]) -> list[Position]:
        """Send keys with values; says where each lies once Kafka has them all.

        Raises BrokerUnavailable when that takes longer than `patience` seconds, and RejectedCopy for a message too
        large for the broker. Then some may lie there all the same: sending again must be harmless.
        """
        pending: list[asyncio.Future[RecordMetadata]] = []
        try:
            async with asyncio.timeout(self._patience):
                client = await self._started()
                for key, value in messages:
                    pending.append(await client.send(topic, value, key=key, headers=list(stamp().items())))
                return [(each.topic, each.partition, each.offset) for each in await asyncio.gather(*pending)]
        except MessageSizeTooLargeError as error:
            raise RejectedCopy(f"the broker takes no message so large: {error}") from error
        except (KafkaError, TimeoutError) as error:
            if refused := refusal(error, self._settings):
                raise refused from error
            said = str(error) or type(error).__name__
            raise BrokerUnavailable(f"the broker at {self._settings.broker} did not confirm: {said}") from error
        finally:
            for each in pending:
                if not each.cancel() and not each.cancelled():
                    each.exception()  # seen: asyncio complains about those that nobody looked at

    async def _started(self) -> AIOKafkaProducer:
        async with self._starting:
            if self._closed:
                raise ProducerClosed
            if self._producer is None:
                client = producer(self._settings, self._patience)
                try:
                    await start(client, self._settings)
                except BaseException:
                    await client.stop()
                    raise
                self._producer = client
            return self._producer

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Give up what the broker doesn't take in some seconds, disconnect, and send no more."""
        client, self._closed = self._producer, True
        if client:
            with suppress(KafkaError, TimeoutError):
                async with asyncio.timeout(_PARTING):
                    await client.stop()


def consumer(
    settings: Settings, *names: str, group_id: str | None = None, auto_offset_reset: str = "earliest"
) -> AIOKafkaConsumer:
    """A consumer of topics, not started; without a group it reads every partition and commits nothing."""
    return AIOKafkaConsumer(
        *names,
        **connection(settings),
        group_id=group_id,
        auto_offset_reset=auto_offset_reset,
        enable_auto_commit=False,
        metadata_max_age_ms=_METADATA_AGE,
        max_partition_fetch_bytes=largest_request(settings),
        fetch_max_bytes=largest_request(settings),
    )


async def partitions(reader: AIOKafkaConsumer, *names: str) -> list[TopicPartition]:
    """Every partition of these topics; none for those that don't exist.

    Asked of the broker: a consumer without topics of its own is told of all by Tansu, by Kafka of none.
    """
    known = await reader._client.fetch_all_metadata()
    return [TopicPartition(name, number) for name in names for number in sorted(known.partitions_for_topic(name) or ())]


async def start(client: "AIOKafkaProducer | AIOKafkaConsumer | AIOKafkaAdminClient", settings: Settings) -> None:
    """Start a client. Raises BrokerUnavailable with the address where no broker answers, and BrokerRefused."""
    try:
        async with asyncio.timeout(_PATIENCE):
            await client.start()
    except (KafkaError, TimeoutError) as error:
        await (client.close() if isinstance(client, AIOKafkaAdminClient) else client.stop())
        if why := await broker_refusal(settings):
            raise BrokerRefused(why) from error
        raise BrokerUnavailable(
            f"no Kafka broker answers at {settings.broker}; start it, or set COPYTASTER_BROKER to where it is"
        ) from error


@asynccontextmanager
async def started(settings: Settings, group_id: str | None = None) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer for a question to the broker, which ends with it; raises as `start` does."""
    reader = consumer(settings, group_id=group_id)
    await start(reader, settings)
    try:
        yield reader
    finally:
        await reader.stop()


def refusal(error: BaseException, settings: Settings) -> BrokerRefused | None:
    """The refusal behind an error of a client that runs; None for another error."""
    words = forbidden(error, settings)
    return BrokerRefused(f"the broker at {settings.broker} {words}") if words else None


@contextmanager
def permitted(settings: Settings) -> Iterator[None]:
    """Turn the error of a client that the broker forbids something into BrokerRefused."""
    try:
        yield
    except KafkaError as error:
        if refused := refusal(error, settings):
            raise refused from error
        raise


async def counts_producers(settings: Settings) -> bool:
    """Whether the broker gives producers ids to be known by (KIP-98): Kafka does, Tansu doesn't."""
    admin = AIOKafkaAdminClient(**connection(settings))
    await start(admin, settings)
    try:
        said = for_code((await admin._send_request(InitProducerIdRequest(None, _UNUSED))).error_code)
    except KafkaError:
        return False
    finally:
        await admin.close()
    return said is NoError or bool(said.retriable)  # a cluster that has just begun has none to give yet


async def ensure_topics(settings: Settings, alerted: Iterable[str] = (), needed: Collection[str] = ()) -> None:
    """Create the river's topics where they don't exist yet; those that do are left as they are.

    `alerted` are more topics that alerts go to, made and kept as that for all alerts is. Who may not create topics
    gets by with those that it may use: raises BrokerRefused where one of the `needed`, or without these of all, is
    not there for us.
    """
    flow = topics(settings)
    wanted = [*flow, *(replace(flow.alerts, name=name) for name in alerted)]
    admin = AIOKafkaAdminClient(**connection(settings))
    await start(admin, settings)
    try:
        refused = [topic.name for topic in wanted if not await _created(admin, topic, settings)]
    finally:
        await admin.close()
    if missed := [name for name in refused if not needed or name in needed]:
        await check_visible(settings, missed)


async def _created(admin: AIOKafkaAdminClient, topic: Topic, settings: Settings) -> bool:
    """Whether the topic is there now; False where we may not create it."""
    new = NewTopic(
        name=topic.name,
        num_partitions=settings.partitions,
        replication_factor=settings.replication,
        topic_configs={
            "retention.ms": str(topic.retention),
            "max.message.bytes": str(topic.max_bytes),
            "compression.type": "producer",
            # Two copies before a message counts as sent; Kafka itself is content with one, which may die alone.
            **({"min.insync.replicas": "2"} if settings.replication > 2 else {}),
        },
    )
    response = await admin.create_topics([new])
    for name, code, *rest in response.topic_errors:
        error = for_code(code)
        if error in (TopicAuthorizationFailedError, ClusterAuthorizationFailedError):
            return False
        if code and error is not TopicAlreadyExistsError:
            said = rest[0] if rest and rest[0] else error.__name__
            raise CopytasterError(f"the broker at {settings.broker} did not create topic {name}: {said}")
    return True

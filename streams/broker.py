"""Doors to Kafka for what isn't a Faust agent: topics made before the river runs, producers, consumers."""

import asyncio

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from streams.errors import CopytasterError
from streams.settings import Settings
from streams.topics import Topic, largest_request, topics

_PATIENCE = 10.0  # seconds for a broker to answer at all


class BrokerUnavailable(CopytasterError):
    """No broker answered at the address in force."""


def producer(settings: Settings) -> AIOKafkaProducer:
    """A producer, not started, that counts a message as sent once every in-sync replica has it."""
    return AIOKafkaProducer(
        bootstrap_servers=settings.broker,
        acks="all",
        compression_type=None if settings.compression == "none" else settings.compression,
        max_request_size=largest_request(settings),
    )


def consumer(
    settings: Settings, *names: str, group_id: str | None = None, auto_offset_reset: str = "earliest"
) -> AIOKafkaConsumer:
    """A consumer of topics, not started; without a group it reads every partition and commits nothing."""
    return AIOKafkaConsumer(
        *names,
        bootstrap_servers=settings.broker,
        group_id=group_id,
        auto_offset_reset=auto_offset_reset,
        enable_auto_commit=False,
        max_partition_fetch_bytes=largest_request(settings),
        fetch_max_bytes=largest_request(settings),
    )


async def start(client: "AIOKafkaProducer | AIOKafkaConsumer | AIOKafkaAdminClient", settings: Settings) -> None:
    """Start a client; raises BrokerUnavailable with the address where no broker answers."""
    try:
        async with asyncio.timeout(_PATIENCE):
            await client.start()
    except (KafkaError, TimeoutError) as error:
        await (client.close() if isinstance(client, AIOKafkaAdminClient) else client.stop())
        raise BrokerUnavailable(
            f"no Kafka broker answers at {settings.broker}; start it, or set COPYTASTER_BROKER to where it is"
        ) from error


async def ensure_topics(settings: Settings) -> None:
    """Create the river's topics where they don't exist yet; those that do are left as they are."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.broker)
    await start(admin, settings)
    try:
        for topic in topics(settings):
            await _create(admin, topic, settings)
    finally:
        await admin.close()


async def _create(admin: AIOKafkaAdminClient, topic: Topic, settings: Settings) -> None:
    new = NewTopic(
        name=topic.name,
        num_partitions=settings.partitions,
        replication_factor=settings.replication,
        topic_configs={
            "retention.ms": str(topic.retention),
            "max.message.bytes": str(topic.max_bytes),
            "compression.type": "producer",
        },
    )
    response = await admin.create_topics([new])
    for name, code, *rest in response.topic_errors:
        error = for_code(code)
        if code and error is not TopicAlreadyExistsError:
            said = rest[0] if rest and rest[0] else error.__name__
            raise CopytasterError(f"the broker at {settings.broker} did not create topic {name}: {said}")

"""Producers that Apache Kafka counts go on after what it refuses."""

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import MessageSizeTooLargeError

from scripts.kafka.cluster import Kafka
from streams.broker import counts_producers
from streams.idempotence import IdempotentProducer
from streams.settings import Settings


async def test_kafka_counts_producers(kafka: Kafka) -> None:
    assert await counts_producers(Settings(broker=kafka.bootstrap()))


async def test_a_message_that_is_refused_does_not_hold_up_those_after_it(kafka: Kafka) -> None:
    topic = NewTopic("refused", 1, 1, topic_configs={"max.message.bytes": "2000"})
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap())
    await admin.start()
    await admin.create_topics([topic])
    await admin.close()
    async with IdempotentProducer(bootstrap_servers=kafka.bootstrap()) as producer:
        await producer.send_and_wait(topic.name, b"fits")
        with pytest.raises(MessageSizeTooLargeError):
            await producer.send_and_wait(topic.name, bytes(5000))
        assert (await producer.send_and_wait(topic.name, b"fits too")).offset == 1

"""Where a group stands is known from the broker, and what only looks like a message that waits is told apart."""

from collections.abc import AsyncIterator

import pytest
from aiokafka import AIOKafkaProducer, TopicPartition

from streams.broker import consumer, ensure_topics, producer, start
from streams.errors import BrokerUnavailable
from streams.health import Position
from streams.positions import Positions
from streams.server import free_port
from streams.settings import Settings

GROUP = "desk"


@pytest.fixture
async def sender(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """A producer, where the topics are made."""
    await ensure_topics(settings)
    client = producer(settings)
    await start(client, settings)
    yield client
    await client.stop()


@pytest.fixture
async def positions(settings: Settings) -> AsyncIterator[Positions]:
    """The positions of a group."""
    made = Positions(settings, GROUP)
    yield made
    await made.close()


async def commit(settings: Settings, topic: str, offset: int) -> None:
    """Have the group answer up to an offset of partition 0."""
    client = consumer(settings, group_id=GROUP)
    await start(client, settings)
    client.assign([TopicPartition(topic, 0)])
    await client.commit({TopicPartition(topic, 0): offset})
    await client.stop()


async def test_a_partition_stands_where_its_group_has_committed(
    settings: Settings, sender: AIOKafkaProducer, positions: Positions
) -> None:
    topic = f"{settings.topic_prefix}.raw"
    place, other = (topic, 0), (topic, 1)
    assert await positions.read([place, other]) == {place: Position(0, 0), other: Position(0, 0)}
    for _ in range(3):
        await sender.send_and_wait(topic, b"{}", partition=0)
    assert await positions.read([place]) == {place: Position(0, 3)}
    await commit(settings, topic, 2)
    assert await positions.read([place, other]) == {place: Position(2, 3), other: Position(0, 0)}


async def test_a_message_that_waits_is_found_and_an_offset_without_one_is_none(
    settings: Settings, sender: AIOKafkaProducer, positions: Positions
) -> None:
    place = (f"{settings.topic_prefix}.raw", 0)
    for _ in range(2):
        await sender.send_and_wait(place[0], b"{}", partition=0)
    assert await positions.holds_message(place, Position(1, 2))
    assert not await positions.holds_message(place, Position(2, 2))
    assert await positions.read([place]) == {place: Position(0, 2)}, "looking moves nobody's place"


async def test_a_broker_that_is_away_is_named(settings: Settings) -> None:
    away = f"127.0.0.1:{free_port()}"
    positions = Positions(Settings(broker=away, store=settings.store), GROUP)
    with pytest.raises(BrokerUnavailable, match=away):
        await positions.read([])

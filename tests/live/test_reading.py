"""Readers without a group follow every partition of Apache Kafka's topics, whatever becomes of those."""

import asyncio
from contextlib import aclosing

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic

from agents.commands.messages import reading
from scripts.kafka.cluster import Kafka
from streams.broker import Outlet, ensure_topics
from streams.following import Following
from streams.settings import Settings
from streams.topics import topics

PATIENCE = 60.0


async def _widen(kafka: Kafka, name: str, count: int) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap())
    await admin.start()
    await admin.create_partitions({name: NewPartitions(count)})
    await admin.close()


async def _fill(settings: Settings, *values: bytes) -> None:
    async with Outlet(settings) as outlet:
        await outlet.send(topics(settings).alerts.name, [(value, value) for value in values])


async def test_who_waits_for_what_is_new_is_shown_nothing_old_when_a_topic_changes(kafka: Kafka) -> None:
    settings = Settings(broker=kafka.bootstrap(), topic_prefix="widened", partitions=1)
    alerts = topics(settings).alerts.name
    await ensure_topics(settings)
    await _fill(settings, b"old")
    async with reading(settings, alerts, since="now") as reader:
        await _widen(kafka, alerts, 2)
        await reader._client.force_metadata_update()
        await _fill(settings, *(str(number).encode() for number in range(8)))
        shown = [message.value for several in (await reader.getmany(timeout_ms=5000)).values() for message in several]
        assert shown
        assert b"old" not in shown


async def test_more_partitions_of_a_topic_are_followed_and_nothing_comes_twice(
    kafka: Kafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.broker._METADATA_AGE", 1000)
    settings = Settings(broker=kafka.bootstrap(), topic_prefix="grown", partitions=1)
    alerts = topics(settings).alerts.name
    await ensure_topics(settings)
    await _fill(settings, b"old")
    values = [str(number).encode() for number in range(40)]
    shown: list[bytes | None] = []
    async with asyncio.timeout(PATIENCE), aclosing(Following(settings, [alerts], 100).batches()) as batches:
        async for batch in batches:
            shown += [message.value for message in batch.messages]
            if shown == [b"old"]:
                await _widen(kafka, alerts, 4)
                await _fill(settings, *values)
            if len(shown) > len(values):
                break
    assert sorted(filter(None, shown)) == sorted([b"old", *values])


async def test_a_topic_that_was_made_just_now_is_read_whole(cluster: Kafka) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=cluster.bootstrap())
    await admin.start()
    for number in range(10):
        settings = Settings(broker=cluster.bootstrap(), topic_prefix=f"made{number}", partitions=4, replication=3)
        name = topics(settings).alerts.name
        await admin.create_topics([NewTopic(name, settings.partitions, settings.replication)])
        batches = Following(settings, [name], 100).batches()
        async with asyncio.timeout(PATIENCE), aclosing(batches):
            values = [str(value).encode() for value in range(20)]
            shown: list[bytes | None] = []
            await anext(batches)
            await _fill(settings, *values)
            while len(shown) < len(values):
                shown += [message.value for message in (await anext(batches)).messages]
        assert sorted(filter(None, shown)) == sorted(values)
    await admin.close()

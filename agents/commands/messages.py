"""Reads topics for people: without a group, so that a look at the river never moves a worker's place in it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from heapq import merge
from typing import Literal

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.structs import ConsumerRecord

from agents.commands.wire import answering
from streams.broker import ensure_topics, permitted
from streams.reading import by_time
from streams.reading import reading as every_partition
from streams.settings import Settings

_POLL = 500  # milliseconds

Bookmark = dict[TopicPartition, int]
Since = datetime | Bookmark | Literal["now", "start"]


@asynccontextmanager
async def reading(settings: Settings, *names: str, since: Since) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer of every partition of the topics, its place fixed: what comes after the `with` begins is not missed.

    Raises BrokerUnavailable where no broker answers, and BrokerRefused, also within the `with`.
    """
    async with AsyncExitStack() as opened:
        opened.enter_context(permitted(settings))
        async with answering(settings):
            await ensure_topics(settings, needed=names)
            reader = await opened.enter_async_context(every_partition(settings, *names))
            await _place(reader, since)
        yield reader


async def _place(reader: AIOKafkaConsumer, since: Since) -> None:
    partitions = reader.assignment()
    if since == "start":
        await reader.seek_to_beginning(*partitions)
        return
    if isinstance(since, dict):
        for partition in partitions:
            reader.seek(partition, since[partition])
        return
    ends = await reader.end_offsets(partitions)
    found = {}
    if since != "now":
        moment = int(since.timestamp() * 1000)
        found = await reader.offsets_for_times(dict.fromkeys(partitions, moment))
    for partition in partitions:
        at = found.get(partition)
        # Where no message is later Kafka gives nothing, and Tansu one of time -1.
        reader.seek(partition, at.offset if at and at.timestamp >= 0 else ends[partition])


async def bookmark(settings: Settings, *names: str) -> Bookmark:
    """Where the topics end at this moment, to be read from there later."""
    async with reading(settings, *names, since="now") as reader:
        return {partition: await reader.position(partition) for partition in reader.assignment()}


async def in_order(reader: AIOKafkaConsumer) -> AsyncIterator[ConsumerRecord]:
    """What the topic holds from the reader's place on in the order of its times, then each message as it comes."""
    async for message in by_time(reader, await reader.end_offsets(reader.assignment())):
        yield message
    while True:
        for message in merge(*(await reader.getmany(timeout_ms=_POLL)).values(), key=lambda each: each.timestamp):
            yield message


async def stored(settings: Settings, name: str) -> AsyncIterator[ConsumerRecord]:
    """Every message that the topic holds at this moment, oldest first within a partition."""
    async with reading(settings, name, since="start") as reader:
        ends = await reader.end_offsets(reader.assignment())
        while any([await reader.position(partition) < end for partition, end in ends.items()]):
            for messages in (await reader.getmany(timeout_ms=_POLL)).values():
                for message in messages:
                    yield message

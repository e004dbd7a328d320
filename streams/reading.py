"""Reads topics without a group, so that a look at the river moves no worker's place in it."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from heapq import heappop, heappush

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.structs import ConsumerRecord

from streams.broker import partitions, started
from streams.errors import BrokerUnavailable
from streams.settings import Settings

_LOOKS = 20  # for a topic that was just made and that this broker doesn't know yet
_PAUSE = 0.2  # seconds
_POLL = 500  # milliseconds
_AT_ONCE = 500  # messages of a partition held ready


@asynccontextmanager
async def reading(settings: Settings, *names: str) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer of every partition of the topics; raises BrokerUnavailable where one of them isn't there.

    They are assigned: a subscription without a group would be dealt anew whenever a broker of a cluster does not know
    a topic, and its places with it.
    """
    async with started(settings) as reader:
        reader.assign(await _every(reader, settings, *names))
        yield reader


async def _every(reader: AIOKafkaConsumer, settings: Settings, *names: str) -> list[TopicPartition]:
    for _ in range(_LOOKS):
        found = await partitions(reader, *names)
        if not (missing := set(names) - {each.topic for each in found}):
            return found
        await asyncio.sleep(_PAUSE)
    said = " or ".join(sorted(missing))
    raise BrokerUnavailable(f"the broker at {settings.broker} knows no topic {said}; a worker makes it")


async def by_time(
    reader: AIOKafkaConsumer, ends: Mapping[TopicPartition, int], leads: Mapping[str, float] | None = None
) -> AsyncGenerator[ConsumerRecord, None]:
    """What lies between the reader's places and these ends, by the messages' times, each partition in its own order.

    `leads` says of a topic how many seconds its messages are taken before those of their time. A few messages that
    came after the ends were taken may be among them.
    """
    ready: dict[TopicPartition, deque[ConsumerRecord]] = {place: deque() for place in ends}
    heads: list[tuple[float, TopicPartition]] = []

    async def push(place: TopicPartition) -> None:
        waiting = ready[place]
        while not waiting and await reader.position(place) < ends[place]:
            found = await reader.getmany(place, timeout_ms=_POLL, max_records=_AT_ONCE)
            waiting.extend(found.get(place, ()))
        if waiting:
            heappush(heads, (waiting[0].timestamp - 1000 * (leads or {}).get(place.topic, 0.0), place))

    for place in sorted(ready):
        await push(place)
    while heads:
        _, place = heappop(heads)
        yield ready[place].popleft()
        await push(place)

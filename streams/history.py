"""What topics hold, read once from the beginning to the end, in the order in which it came."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Mapping
from heapq import heappop, heappush

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.structs import ConsumerRecord

from streams.broker import consumer, start
from streams.settings import Settings

_POLL = 500  # milliseconds
_AT_ONCE = 500  # messages of a partition held ready
_SETTLING = 1.0  # seconds for what is in flight when the end is reached


class History:
    """Reads topics by their messages' times, within a partition in its own order, until nothing more is there.

    `leads` says of each topic how many seconds its messages are taken before those of their time: clocks differ, and
    what an answer answers must be read before it.
    """

    def __init__(self, settings: Settings, leads: Mapping[str, float]) -> None:
        self._settings, self._leads = settings, leads
        self._ready: dict[TopicPartition, deque[ConsumerRecord]] = {}
        self._ends: dict[TopicPartition, int] = {}
        self.total = 0  # messages, as far as is known

    async def messages(self) -> AsyncGenerator[ConsumerRecord, None]:
        """Every message; raises BrokerUnavailable where no broker answers."""
        reader = consumer(self._settings, *self._leads)
        await start(reader, self._settings)
        try:
            places = sorted(reader.assignment())
            first = await reader.beginning_offsets(places)
            for place in places:
                reader.seek(place, first[place])
            self._ready = {place: deque() for place in places}
            while await self._has_grown(reader, first):
                async for message in self._merged(reader):
                    yield message
                await asyncio.sleep(_SETTLING)
        finally:
            await reader.stop()

    async def _has_grown(self, reader: AIOKafkaConsumer, first: Mapping[TopicPartition, int]) -> bool:
        before, self._ends = self._ends, await reader.end_offsets(list(first))
        self.total = sum(self._ends[place] - first[place] for place in first)
        return self._ends != before and self.total > 0

    async def _merged(self, reader: AIOKafkaConsumer) -> AsyncGenerator[ConsumerRecord, None]:
        heads: list[tuple[float, TopicPartition]] = []
        for place in self._ready:
            await self._push(heads, reader, place)
        while heads:
            _, place = heappop(heads)
            yield self._ready[place].popleft()
            await self._push(heads, reader, place)

    async def _push(
        self, heads: list[tuple[float, TopicPartition]], reader: AIOKafkaConsumer, place: TopicPartition
    ) -> None:
        ready = self._ready[place]
        while not ready and await reader.position(place) < self._ends[place]:
            found = await reader.getmany(place, timeout_ms=_POLL, max_records=_AT_ONCE)
            ready.extend(found.get(place, ()))
        if ready:
            heappush(heads, (ready[0].timestamp - 1000 * self._leads[place.topic], place))

"""What topics hold, read once from the beginning to the end, in the order in which it came."""

import asyncio
from collections.abc import AsyncGenerator, Mapping

from aiokafka import TopicPartition
from aiokafka.structs import ConsumerRecord

from streams.reading import by_time, reading
from streams.settings import Settings

_SETTLING = 1.0  # seconds for what is in flight when the end is reached


class History:
    """Reads topics by their messages' times, within a partition in its own order, until nothing more is there.

    `leads` says of each topic how many seconds its messages are taken before those of their time: clocks differ, and
    what an answer answers must be read before it.
    """

    def __init__(self, settings: Settings, leads: Mapping[str, float]) -> None:
        self._settings, self._leads = settings, leads
        self.total = 0  # messages, as far as is known

    async def messages(self) -> AsyncGenerator[ConsumerRecord, None]:
        """Every message; raises BrokerUnavailable where no broker answers."""
        async with reading(self._settings, *self._leads) as reader:
            places = list(reader.assignment())
            first, before = await reader.beginning_offsets(places), dict[TopicPartition, int]()
            for place in places:
                reader.seek(place, first[place])
            while (ends := await reader.end_offsets(places)) != before and ends != first:
                before, self.total = ends, sum(ends[place] - first[place] for place in places)
                async for message in by_time(reader, ends, self._leads):
                    yield message
                await asyncio.sleep(_SETTLING)

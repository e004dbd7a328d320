"""Follows topics for who shows them: the last so many messages of every partition, then each as it comes.

Without a group, so that every reader sees everything and moves no worker's place. What was read is not lost when the
broker goes away: reading goes on behind it.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from heapq import merge

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from aiokafka.structs import ConsumerRecord

from streams.errors import BrokerUnavailable
from streams.reading import reading
from streams.settings import Settings

_POLL = 500  # milliseconds
_AT_ONCE = 200  # messages handed on together
_WAIT = 5.0  # seconds until a broker that failed is tried again

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages in the order of their times, within a partition in its own; `caught_up` after all there was at first."""

    messages: Sequence[ConsumerRecord]
    caught_up: bool


@dataclass
class Following:
    """Reads `names` from `most` messages before their ends; outages of the broker are waited out."""

    settings: Settings
    names: Sequence[str]
    most: int
    _next: dict[TopicPartition, int] = field(default_factory=dict)
    _ends: dict[TopicPartition, int] = field(default_factory=dict)

    async def batches(self) -> AsyncGenerator[Batch, None]:
        """Batches without end, also empty ones: the caller's sign that nothing more is there now."""
        while True:
            try:
                async with reading(self.settings, *self.names) as reader:
                    await self._place(reader)
                    while not self._have_grown(reader):
                        found = await reader.getmany(timeout_ms=_POLL, max_records=_AT_ONCE)
                        self._next |= {place: several[-1].offset + 1 for place, several in found.items()}
                        yield Batch(list(merge(*found.values(), key=lambda each: each.timestamp)), self._caught_up)
            except (BrokerUnavailable, KafkaError) as error:
                log.warning("the console waits %.0f s: %s", _WAIT, error)
                await asyncio.sleep(_WAIT)

    def _have_grown(self, reader: AIOKafkaConsumer) -> bool:
        """Whether a topic has more partitions than are read: they are opened anew, each where it was."""
        read = Counter(each.topic for each in reader.assignment())
        return any(len(reader.partitions_for_topic(name) or ()) > read[name] for name in self.names)

    @property
    def _caught_up(self) -> bool:
        return all(self._next[place] >= end for place, end in self._ends.items())

    async def _place(self, reader: AIOKafkaConsumer) -> None:
        partitions = reader.assignment()
        if not self._next:
            first, self._ends = await reader.beginning_offsets(partitions), await reader.end_offsets(partitions)
            share = -(-self.most * len(self.names) // max(1, len(partitions)))  # keys spread evenly over partitions
            self._next = {each: max(first[each], self._ends[each] - share) for each in partitions}
        for each in partitions:
            reader.seek(each, self._next.setdefault(each, 0))

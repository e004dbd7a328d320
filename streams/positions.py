"""Where partitions stand, as the broker tells it: over a connection of its own, for a consumer's word is in doubt."""

import asyncio
from collections.abc import Collection

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from streams.broker import consumer, partitions, refusal, start, started
from streams.errors import BrokerUnavailable
from streams.health import Place, Position
from streams.settings import Settings

_PATIENCE = 5.0  # seconds for all answers of one look
_FETCH = 2000  # milliseconds for a message that waits


class Positions:
    """Reads the positions of a group without joining it; it connects when first asked, and again after a failure."""

    def __init__(self, settings: Settings, group: str) -> None:
        self._settings, self._group = settings, group
        self._reader: AIOKafkaConsumer | None = None

    async def read(self, places: Collection[Place]) -> dict[Place, Position]:
        """Where each of these partitions stands; raises BrokerUnavailable."""
        try:
            reader = await self._connected()
            async with asyncio.timeout(_PATIENCE):
                return await _read(reader, [TopicPartition(*place) for place in places])
        except (KafkaError, TimeoutError) as error:
            await self.close()
            raise self._away(error) from error

    async def holds_message(self, place: Place, position: Position) -> bool:
        """Whether a message lies behind what is answered; raises BrokerUnavailable.

        A transaction's end takes an offset too (KIP-98), and nobody answers that.
        """
        partition, reader = TopicPartition(*place), consumer(self._settings)
        await start(reader, self._settings)
        try:
            reader.assign([partition])
            reader.seek(partition, position.answered)
            found = await reader.getmany(partition, timeout_ms=_FETCH, max_records=1)
            async with asyncio.timeout(_PATIENCE):
                return bool(found) or await reader.position(partition) < position.end
        except (KafkaError, TimeoutError) as error:
            raise self._away(error) from error
        finally:
            await reader.stop()

    def _away(self, error: Exception) -> BrokerUnavailable:
        if refused := refusal(error, self._settings):
            return refused
        said = str(error) or type(error).__name__
        return BrokerUnavailable(f"the broker at {self._settings.broker} does not answer: {said}")

    async def close(self) -> None:
        """Disconnect."""
        reader, self._reader = self._reader, None
        if reader:
            await reader.stop()

    async def _connected(self) -> AIOKafkaConsumer:
        if self._reader is None:
            reader = consumer(self._settings, group_id=self._group)
            await start(reader, self._settings)
            self._reader = reader
        return self._reader


async def committed(settings: Settings, group: str, name: str) -> dict[int, int]:
    """How far a group has answered each partition of a topic; raises BrokerUnavailable."""
    async with started(settings, group) as reader:
        return {each.partition: await reader.committed(each) or 0 for each in await partitions(reader, name)}


async def _read(reader: AIOKafkaConsumer, places: list[TopicPartition]) -> dict[Place, Position]:
    await reader.topics()  # so that a broker which is away is noticed without partitions, too
    ends, first = await reader.end_offsets(places), await reader.beginning_offsets(places)
    committed = await asyncio.gather(*map(reader.committed, places))
    return {
        (each.topic, each.partition): Position(max(answered or 0, first[each]), ends[each])
        for each, answered in zip(places, committed, strict=True)
    }

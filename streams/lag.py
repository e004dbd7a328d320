"""How far a group of workers is behind on its topics: messages that are there and not yet acknowledged."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Sequence

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from streams.broker import consumer, start
from streams.errors import BrokerUnavailable
from streams.settings import Settings

_EVERY = 15.0  # seconds between two looks

log = logging.getLogger(__name__)


async def measured(settings: Settings, group: str, names: Sequence[str]) -> AsyncIterator[tuple[float, dict[str, int]]]:
    """The lag again and again, with when it was measured (seconds since 1970); nothing while no broker answers."""
    while True:
        try:
            yield time.time(), await lag(settings, group, names)
        except BrokerUnavailable as error:
            log.warning("the lag is not known: %s", error)
        await asyncio.sleep(_EVERY)


async def lag(settings: Settings, group: str, names: Sequence[str]) -> dict[str, int]:
    """Messages behind, by topic. It joins no group, so it moves nobody's place. Raises BrokerUnavailable."""
    reader = consumer(settings, group_id=group)
    await start(reader, settings)
    try:
        return {name: await _behind(reader, name) for name in names}
    except KafkaError as error:
        raise BrokerUnavailable(f"the broker at {settings.broker} did not tell the lag: {error}") from error
    finally:
        await reader.stop()


async def _behind(reader: AIOKafkaConsumer, name: str) -> int:
    await reader.topics()  # has its metadata fetched
    partitions = [TopicPartition(name, number) for number in reader.partitions_for_topic(name) or ()]
    reader.assign(partitions)
    ends, first = await reader.end_offsets(partitions), await reader.beginning_offsets(partitions)
    done = {each: await reader.committed(each) for each in partitions}
    return sum(max(0, ends[each] - max(done[each] or 0, first[each])) for each in partitions)

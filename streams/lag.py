"""How far a group of workers is behind on its topics: messages that are there and not yet acknowledged."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Sequence

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from streams.broker import consumer, partitions, start
from streams.errors import BrokerUnavailable
from streams.settings import Settings

_EVERY = 15.0  # seconds between two looks

log = logging.getLogger(__name__)


async def measured(
    settings: Settings, group: str, names: Sequence[str]
) -> AsyncGenerator[tuple[float, dict[str, int]], None]:
    """Messages behind by topic, again and again, with when they were counted, in seconds since 1970.

    It joins no group, so it moves nobody's place; while no broker answers it waits.
    """
    while True:
        reader = consumer(settings, group_id=group)
        try:
            await start(reader, settings)
            places = await partitions(reader, *names)
            reader.assign(places)
            while True:
                yield time.time(), await _behind(reader, places, names)
                await asyncio.sleep(_EVERY)
        except (BrokerUnavailable, KafkaError) as error:
            log.warning("the lag is not known: %s", error)
        finally:
            await reader.stop()
        await asyncio.sleep(_EVERY)


async def _behind(reader: AIOKafkaConsumer, places: Sequence[TopicPartition], names: Sequence[str]) -> dict[str, int]:
    ends, first = await reader.end_offsets(places), await reader.beginning_offsets(places)
    behind = dict.fromkeys(names, 0)
    for place in places:
        done = await reader.committed(place) or 0
        behind[place.topic] += max(0, ends[place] - max(done, first[place]))
    return behind

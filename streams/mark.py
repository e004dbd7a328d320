"""The mark by which workers know that the store holds what their river remembers.

An empty store would answer that everything is new, and every old article would ring. So the store bears the river's
name, written when the river begins and at the end of `copytaster rebuild`; every script looks for it (`streams.store`).
"""

import asyncio
import logging
from contextlib import suppress

from aiokafka.errors import KafkaError

from streams.broker import partitions, started
from streams.errors import BrokerUnavailable, StoreUnavailable
from streams.settings import Settings, masked
from streams.store import MARK, answering, connect
from streams.topics import topics

_EARLIER = "ct1:s:r"  # a key that releases before the mark wrote with each story
_KEEPS = "noeviction"
_EVERY = 2.0  # seconds between two tries
_PATIENCE = 5.0  # seconds for one

log = logging.getLogger(__name__)


async def marking(settings: Settings) -> None:
    """Until the store bears a mark: give it one if the river begins."""
    while not await mark(settings):  # noqa: ASYNC110 - what is waited for is another machine
        await asyncio.sleep(_EVERY)


async def mark(settings: Settings) -> bool:
    """Give a store that bears no mark the river's, if the river begins; False where it bears none after this."""
    with suppress(StoreUnavailable, BrokerUnavailable, KafkaError, TimeoutError):  # the doors wait, and say for what
        async with asyncio.timeout(_PATIENCE):
            return await _mark(settings)
    return False


async def _mark(settings: Settings) -> bool:
    redis, where = connect(settings), masked(settings.store)
    try:
        with answering(settings):
            if await redis.exists(MARK):
                return True
            evicts = (await redis.info("memory")).get("maxmemory_policy", _KEEPS) != _KEEPS
            if evicts:
                log.warning(
                    "the store at %s evicts keys, so that old copy may ring: set maxmemory-policy %s", where, _KEEPS
                )
            if (await redis.exists(_EARLIER) and not evicts) or not await _has_begun(settings):
                await redis.set(MARK, settings.topic_prefix, nx=True)
                return True
    finally:
        await redis.aclose()
    log.error("the store at %s has lost what the river remembers; run `copytaster rebuild`", where)
    return False


async def _has_begun(settings: Settings) -> bool:
    """Whether an article was ever looked up: what dedupe puts out comes after that, and offsets outlive retention."""
    flow = topics(settings)
    names = [each.name for lane in (flow, flow.urgent) for each in (lane.fresh, lane.tagged)]
    async with started(settings) as reader:
        return any((await reader.end_offsets(await partitions(reader, *names))).values())

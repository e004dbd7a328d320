"""How the store is: whether it answers, what it says of itself, and whether it refuses us."""

import asyncio
import builtins
import logging

from streams.access import store_refusal
from streams.errors import StoreRefused, StoreUnavailable
from streams.settings import Settings, masked
from streams.store import answering, connect

_PULSE = 3.0  # seconds for a store to say how it is

log = logging.getLogger(__name__)


async def check_store(settings: Settings) -> None:
    """Raises StoreRefused where the store is there and refuses us; one that is away is waited for later."""
    pulse = Pulse(settings)
    try:
        await pulse.take()
    except StoreRefused:
        raise
    except StoreUnavailable as error:
        log.warning("%s", error)
    finally:
        await pulse.close()


class Pulse:
    """Whether the store answers, and what it says of itself."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._redis = settings, connect(settings)

    async def take(self) -> tuple[int, int, int, int]:
        """Bytes that it uses, its keys, and how many reads found their key and did not; raises StoreUnavailable."""
        try:
            return await self._taken()
        except StoreRefused:
            raise
        except StoreUnavailable as error:
            if words := await store_refusal(self._settings):
                raise StoreRefused(f"the store at {masked(self._settings.store)} {words}") from error
            raise

    async def _taken(self) -> tuple[int, int, int, int]:
        try:
            with answering(self._settings):
                async with asyncio.timeout(_PULSE):
                    memory, stats = await self._redis.info("memory"), await self._redis.info("stats")
                    keys = int(await self._redis.dbsize())
        except builtins.TimeoutError as error:
            raise StoreUnavailable(
                f"the store at {masked(self._settings.store)} has not answered for {_PULSE:.0f} s"
            ) from error
        return memory["used_memory"], keys, stats.get("keyspace_hits", 0), stats.get("keyspace_misses", 0)

    async def close(self) -> None:
        """Disconnect."""
        await self._redis.aclose()

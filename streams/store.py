"""The way to the Redis that workers share; what is kept there is the business of each room's store module."""

import asyncio
import builtins
from collections.abc import Iterator
from contextlib import contextmanager

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import (
    BusyLoadingError,
    ConnectionError,
    OutOfMemoryError,
    ReadOnlyError,
    ResponseError,
    TimeoutError,
)

from streams.errors import StoreUnavailable
from streams.progress import sign
from streams.settings import Settings, masked

_PATIENCE = 10.0  # seconds for one answer: far longer than any script here takes
_PULSE = 3.0  # seconds for a store to say how it is
_AWAY = (ConnectionError, TimeoutError, BusyLoadingError, ReadOnlyError)
_NO_DISK = "MISCONF"  # how a store begins its refusal to write what it can't save


def connect(settings: Settings) -> Redis:
    """A client of the store, opened at first use. Values come back as bytes."""
    return Redis.from_url(
        settings.store,
        socket_timeout=_PATIENCE,
        socket_connect_timeout=_PATIENCE,
        retry=Retry(ExponentialBackoff(cap=1.0, base=0.05), 3),
    )


@contextmanager
def answering(settings_or_url: Settings | str) -> Iterator[None]:
    """Turn a store that doesn't answer, or can't keep what it is given, into StoreUnavailable: workers wait it out.

    A store that answers slowly is no stall either: each answer is a sign that the work at hand goes on.
    """
    url = masked(settings_or_url if isinstance(settings_or_url, str) else settings_or_url.store)
    try:
        yield
        sign()
    except _AWAY as error:
        raise StoreUnavailable(
            f"the store at {url} does not answer ({error}); start it, or set COPYTASTER_STORE to where it is"
        ) from error
    except OutOfMemoryError as error:
        raise StoreUnavailable(
            f"the store at {url} is full ({error}); raise its maxmemory, or shorten COPYTASTER_WINDOW_HOURS"
        ) from error
    except ResponseError as error:
        if not str(error).startswith(_NO_DISK):
            raise
        raise StoreUnavailable(f"the store at {url} can't save what it is given ({error}); see to its disk") from error


class Pulse:
    """Whether the store answers, and what it says of itself."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._redis = settings, connect(settings)

    async def take(self) -> tuple[int, int, int, int]:
        """Bytes that it uses, its keys, and how many reads found their key and did not; raises StoreUnavailable."""
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

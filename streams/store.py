"""The way to the Redis that workers share; what is kept there is the business of each room's store module."""

from collections.abc import Iterator
from contextlib import contextmanager

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, ReadOnlyError, TimeoutError

from streams.errors import StoreUnavailable
from streams.settings import Settings, masked

_PATIENCE = 10.0  # seconds for one answer: far longer than any script here takes


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
    """Turn a store that doesn't answer into StoreUnavailable, which workers wait out."""
    try:
        yield
    except (ConnectionError, TimeoutError, BusyLoadingError, ReadOnlyError) as error:
        url = settings_or_url if isinstance(settings_or_url, str) else settings_or_url.store
        raise StoreUnavailable(
            f"the store at {masked(url)} does not answer ({error}); start it, or set COPYTASTER_STORE to where it is"
        ) from error

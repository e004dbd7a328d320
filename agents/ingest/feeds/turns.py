"""Whose turn it is at a host: one request at a time over all workers, and a gap before the next."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from agents.ingest.feeds.fetch import FetchFailed
from agents.ingest.feeds.store import Feeds

_CLOSED = 3600.0  # longest that a host is left alone altogether, for all its feeds
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in seconds since 1970, and a way to let some pass."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(frozen=True, slots=True)
class Manners:
    """Seconds. `gap` lies between two requests to one host, and `request` is longer than any takes.

    A `lease` is longer than a chain of redirects takes with its turns: when it is over, another worker has the feed.
    `patience` is the longest wait for a turn; `refusal` how long a host is left alone that says 429 and no more.
    """

    gap: float = 2.0
    request: float = 30.0
    lease: float = 300.0
    patience: float = 20.0
    refusal: float = 60.0


@dataclass
class Turns:
    """The turns of one poll; the first at `held` was taken when the feed was."""

    feeds: Feeds
    clock: Clock
    manners: Manners
    held: str

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[None]:
        """A turn at a host. Raises FetchFailed where it is busy for too long."""
        await self._enter(host)
        gap = self.manners.gap
        try:
            yield
        except FetchFailed as error:
            if error.status == _TOO_MANY:
                gap = max(gap, min(error.asked or self.manners.refusal, _CLOSED))
            raise
        finally:
            await self.feeds.leave(host, self.clock.now() + gap)

    async def _enter(self, host: str) -> None:
        if host == self.held:
            self.held = ""
            return
        await self.release()
        started = self.clock.now()
        while free := await self.feeds.enter(host, now := self.clock.now(), self.manners.request):
            if free - started > self.manners.patience:
                raise FetchFailed(f"{host} is busy for {free - now:.0f} s more")
            await self.clock.sleep(max(0.01, free - now))

    async def release(self) -> None:
        """Give back the turn that was taken with the feed, if no request was made on it."""
        if self.held:
            held, self.held = self.held, ""
            await self.feeds.leave(held, self.clock.now())

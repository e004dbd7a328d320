"""Work that is begun together and answered in order: each waits for its turn before it answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

_before: ContextVar[asyncio.Event | None] = ContextVar("before", default=None)  # set when the work before is answered


class Turns:
    """Gives turns in the order in which they are taken."""

    def __init__(self) -> None:
        self._last = asyncio.Event()
        self._last.set()

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Work within this has its turn when all that was taken before is over; it is over when that comes, not sooner.

        Where the work fails it is never over: nothing after it may be answered.
        """
        before, mine = self._last, asyncio.Event()
        self._last = mine
        token = _before.set(before)
        try:
            yield
            await before.wait()
        finally:
            _before.reset(token)
        mine.set()


async def in_turn() -> None:
    """Wait for the turn of the work at hand; what has taken none waits for nothing."""
    if before := _before.get():
        await before.wait()

"""Alerts as they come, as server-sent events (WHATWG HTML, 9.2).

An event's id is the position on wire.alerts after it, so that a browser whose line broke goes on behind it, on the same
worker or another.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from functools import partial
from typing import Any

import msgspec

from agents.console.alerts import missed, read_position, since, write_position
from agents.console.index import Index
from agents.console.intake import Intake

Ask = Callable[[Callable[[Index], Any]], Awaitable[Any]]

_QUIET = 15.0  # seconds after which a line without alerts is shown to be alive
BEGIN = b"retry: 1000\n\n"  # milliseconds until a browser calls again
_ALIVE = b": alive\n\n"
_RESET = b"event: reset\ndata: {}\n\n"  # too much was missed: the list is to be loaded anew


class News:
    """Wakes those who wait for something new in the index."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.over = False

    def tell(self, over: bool = False) -> None:
        """Something came; or nothing will come any more."""
        self.over = self.over or over
        self._event.set()
        self._event = asyncio.Event()

    def next(self) -> asyncio.Event:
        """What is set when something comes; to be taken before one looks, or it may come in between."""
        return self._event


async def _comes(news: asyncio.Event) -> bool:
    """Whether something comes within 15 seconds."""
    try:
        async with asyncio.timeout(_QUIET):
            await news.wait()
    except TimeoutError:
        return False
    return True


class Line:
    """The line to one browser: the position it has; raises Problem 400 where `after` is none."""

    def __init__(self, ask: Ask, intake: Intake, news: News, after: str | None) -> None:
        self.ask, self.intake, self.news = ask, intake, news
        self.position = dict(intake.position) if after is None else read_position(after)


async def events(line: Line) -> AsyncGenerator[bytes, None]:
    """Events behind the position of a line, then as alerts come, until all is over."""
    yield BEGIN
    if await line.ask(lambda index: missed(index, line.position)):
        line.position = dict(line.intake.position)
        yield _RESET
    number = 0
    while not line.news.over:
        waiting = line.news.next()
        told, number = await line.ask(partial(since, position=line.position, number=number))
        for each in told:
            line.position[each.partition] = each.offset
            place, data = write_position(line.position).encode(), msgspec.json.encode(each.row)
            yield b"id: %s\nevent: alert\ndata: %s\n\n" % (place, data)
        if not told and not await _comes(waiting):
            yield _ALIVE

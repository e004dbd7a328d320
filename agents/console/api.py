"""What the page asks for, as JSON under `/api/`."""

import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import msgspec
from aiohttp import hdrs, web

from agents.console import alerts
from agents.console.desk import Desk
from agents.console.figures import figures
from agents.console.rejections import place, rejections
from agents.console.search import search
from agents.console.sources import sources
from agents.console.story import story
from agents.console.stream import Line, events
from streams.guard import Guard
from streams.problems import Problem, later
from streams.web import asked

T = TypeVar("T")
Redrive = Callable[[int, int], Awaitable[None]]  # partition and offset of a rejection

_STREAMS = 200  # browsers that look at once
_ROWS = 100
_MOST_ROWS = 500
_LONGEST = 200  # letters of a search


@dataclass(slots=True)
class Api:
    """Handlers that answer from a desk. All but `put_back` are for readers; the mount sees to that."""

    desk: Desk
    guard: Guard
    redrive: Redrive
    streams: int = 0

    async def alerts(self, request: web.Request) -> web.Response:
        """A page of alerts, the latest first, with the position from where the stream goes on."""
        query, desk = request.query, self.desk
        before, limit = query.get("before"), _number(query.get("limit"), _ROWS)
        words, entity = (query.get(name, "")[:_LONGEST] for name in ("words", "entity"))
        wanted = alerts.Wanted(query.get("kind"), query.get("source"), words, entity)
        ask = partial(alerts.page, before=before, limit=limit, wanted=wanted)
        found, position = await desk.ask(lambda index: (ask(index), dict(desk.intake.position)))
        return _json({"page": found, "position": alerts.write_position(position), "caught_up": desk.caught_up})

    async def alert(self, request: web.Request) -> web.Response:
        """One alert."""
        return _json(_found(await self.desk.ask(lambda index: alerts.one(index, request.match_info["id"])), "alert"))

    async def story(self, request: web.Request) -> web.Response:
        """One story with all its tellings."""
        return _json(_found(await self.desk.ask(lambda index: story(index, request.match_info["id"])), "story"))

    async def search(self, request: web.Request) -> web.Response:
        """Articles found by words."""
        return _json({"hits": await self.desk.ask(lambda index: search(index, request.query.get("q", "")[:_LONGEST]))})

    async def sources(self, request: web.Request) -> web.Response:
        """The sources and how they do."""
        return _json({"sources": await self.desk.ask(lambda index: sources(index, time.time()))})

    async def river(self, request: web.Request) -> web.Response:
        """The river in figures."""
        return _json(await self.desk.ask(lambda index: figures(index, self.desk.lags, time.time())))

    async def rejected(self, request: web.Request) -> web.Response:
        """What was rejected, and why."""
        return _json({"rejected": await self.desk.ask(rejections)})

    async def put_back(self, request: web.Request) -> web.Response:
        """202 once Kafka has a rejected message where it came from."""
        self.guard.check_writing(asked(request), time.time())
        found = await self.desk.ask(lambda index: place(index, request.match_info["id"]))
        await self.redrive(*_found(found, "rejected message"))
        return _json({"put_back": True}, status=202)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Alerts as they come, behind the position in Last-Event-ID or `after`."""
        if self.streams >= _STREAMS:
            raise later(503, f"{self.streams} browsers look already; try another worker", 10)
        after = request.headers.get("Last-Event-ID") or request.query.get("after")
        line = Line(self.desk.ask, self.desk.intake, self.desk.news, after)
        response = web.StreamResponse(headers={hdrs.CONTENT_TYPE: "text/event-stream", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        self.streams += 1
        try:
            async with aclosing(events(line)) as found:
                async for event in found:
                    self.guard.check_reading(asked(request), time.time())  # a session ends, and its stream with it
                    await response.write(event)
        except (Problem, ConnectionError):
            pass  # it has hung up, or may not look any more: it calls again, and is told then
        finally:
            self.streams -= 1
        return response


def _json(said: Any, status: int = 200) -> web.Response:
    return web.Response(status=status, body=msgspec.json.encode(said), content_type="application/json")


def _found(thing: T | None, word: str) -> T:
    if thing is None:
        raise Problem(404, f"no {word} of this id is kept here; the console shows the latest alone")
    return thing


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= _MOST_ROWS):
        raise Problem(400, f"`limit` is no number from 1 to {_MOST_ROWS}")
    return int(text)

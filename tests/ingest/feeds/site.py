"""Feeds to fetch: a web server on 127.0.0.1 that answers to any name, and looks every name up as itself."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from agents.ingest.feeds.fetch import session
from streams.addresses import networks

LOOPBACK = networks("127.0.0.0/8")

Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Table(AbstractResolver):
    """Looks names up in a table; what isn't in it is 127.0.0.1. Counts how often a name was asked for."""

    def __init__(self, **names: list[str]) -> None:
        self.names, self.asked = names, 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        addresses = self.names.get(host, ["127.0.0.1"])
        address = addresses[min(self.asked, len(addresses)) - 1]
        return [ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Site:
    """Answers by host and path; `asked` has every request that came."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[web.BaseRequest] = field(default_factory=list)

    def url(self, host: str, path: str = "/feed") -> str:
        """Where an answer stands."""
        return f"http://{host}:{self.port}{path}"

    def put(self, host: str, answer: Answer, path: str = "/feed") -> str:
        """Put an answer there; gives its URL."""
        self.answers[host + path] = answer
        return self.url(host, path)

    def text(self, host: str, text: str | bytes, path: str = "/feed", **headers: str) -> str:
        """Put a fixed answer there."""
        body = text.encode() if isinstance(text, str) else text

        async def answer(request: web.BaseRequest) -> web.StreamResponse:
            return web.Response(body=body, headers=headers)

        return self.put(host, answer, path)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer, or 404."""
        self.asked.append(request)
        answer = self.answers.get((request.url.host or "") + request.path)
        try:
            return await answer(request) if answer else web.Response(status=404)
        except ConnectionError:  # we were left before the end of an answer
            return web.Response()


@asynccontextmanager
async def open_site() -> AsyncIterator[Site]:
    """A site that is there for the length of a `with`."""
    site = Site()

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        return await site.handle(request)

    runner = web.ServerRunner(web.Server(handle), shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    site.port = runner.addresses[0][1]
    try:
        yield site
    finally:
        await runner.cleanup()


@asynccontextmanager
async def browsing(**names: list[str]) -> AsyncIterator[aiohttp.ClientSession]:
    """A session that may connect to 127.0.0.1, under any name."""
    async with session(LOOPBACK, Table(**names)) as client:
        yield client


def rss(*titles: str, channel: str = "Harbour Wire", head: str = "", item: str = "") -> str:
    """An RSS document with an item for each title, the newest first; the titles are the ids too."""
    items = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{title}</guid>{item}"
        f"<description>The harbour master said on Monday that {title}.</description></item>"
        for title in titles
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{channel}</title>{head}{items}</channel></rss>"


def redirect(location: str, status: int = 302) -> Answer:
    """An answer that leads elsewhere."""

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": location})

    return answer

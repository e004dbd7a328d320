"""A receiver of webhooks on 127.0.0.1: it verifies each, and answers as it is told to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from standardwebhooks import Webhook

from .samples import SECRET

Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@dataclass
class Receiver:
    """`answers` are given in turn, then 204. `taken` holds what was answered 2xx, `asked` the ids of all attempts."""

    port: int = 0
    answers: list[Answer] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    taken: list[Any] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Where alerts are posted."""
        return f"http://127.0.0.1:{self.port}/hook"

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Verify, then answer; a signature that is wrong is an error here."""
        said = Webhook(SECRET).verify(await request.read(), dict(request.headers))
        self.asked.append(request.headers["webhook-id"])
        answer = await (self.answers.pop(0) if self.answers else status(204))(request)
        if 200 <= answer.status < 300:
            self.taken.append(said)
        self.came.set()
        return answer

    @property
    def ids(self) -> list[str]:
        """Ids of the alerts taken, in their order."""
        return [said["data"]["id"] for said in self.taken]


def status(code: int, **headers: str) -> Answer:
    """An answer of a status alone."""

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=code, headers=headers)

    return answer


async def hang(request: web.BaseRequest) -> web.StreamResponse:
    """An answer that never comes."""
    await asyncio.Event().wait()
    raise AssertionError


async def hang_up(request: web.BaseRequest) -> web.StreamResponse:
    """A line that breaks before an answer."""
    assert request.transport
    request.transport.close()
    return web.Response(status=500)


@asynccontextmanager
async def receiving(port: int = 0) -> AsyncIterator[Receiver]:
    """A receiver that is there for the length of a `with`."""
    receiver = Receiver()
    runner = web.ServerRunner(web.Server(receiver.handle), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    receiver.port = runner.addresses[0][1]
    try:
        yield receiver
    finally:
        await runner.cleanup()

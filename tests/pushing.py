"""A worker to push to, and what it answers, checked for what every answer must have."""

import asyncio
import io
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import AddrInfoType, ClientConnectionError, ClientSession, TCPConnector

from agents.commands.messages import stored
from agents.commands.worker import Worker
from streams.settings import Settings
from streams.topics import topics

TOKEN = "open-sesame"
PATIENCE = 60.0  # seconds for a worker on a busy machine to serve


@dataclass(frozen=True)
class Answer:
    """What came back: `said` is the JSON."""

    status: int
    headers: dict[str, str]
    said: Any


@asynccontextmanager
async def session(settings: Settings) -> AsyncIterator[ClientSession]:
    """A client of the worker's web port, with its token."""
    headers = {"Authorization": f"Bearer {settings.push_token}"} if settings.push_token else {}
    opened: list[socket.socket] = []

    def open_socket(address: AddrInfoType) -> socket.socket:
        opened.append(socket.socket(*address[:3]))
        return opened[-1]

    port = f"http://{settings.web_host}:{settings.web_port}"
    async with ClientSession(port, headers=headers, connector=TCPConnector(socket_factory=open_socket)) as client:
        yield client
    for each in opened:  # aiohttp doesn't wait until they are closed, which asyncio complains about
        while each.fileno() >= 0:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.01)


async def ask(
    client: ClientSession, data: Any = None, *, method: str = "POST", path: str = "/articles", **more: Any
) -> Answer:
    """One request. A refusal is a problem document with a word on it, and no answer tells what serves or may be kept."""
    body = io.BytesIO(data) if isinstance(data, bytes) else data
    async with client.request(method, path, data=body, **more) as response:
        said = json.loads(await response.read())
        refused = response.status >= 400
        assert response.headers["Content-Type"] == ("application/problem+json" if refused else "application/json")
        assert (response.headers["X-Content-Type-Options"], response.headers["Cache-Control"]) == (
            "nosniff",
            "no-store",
        )
        assert not {"Server", "Access-Control-Allow-Origin"} & set(response.headers)
        if refused:
            assert (said["type"], said["status"]) == ("about:blank", response.status)
            assert said["title"]
            assert said["detail"]
        return Answer(response.status, dict(response.headers), said)


async def serving(settings: Settings, worker: Worker) -> None:
    """Until the worker takes pushes."""
    deadline = time.monotonic() + PATIENCE
    async with session(settings) as client:
        while True:
            worker.check()
            try:
                answer = await ask(client, b'{"id": "first", "text": "First"}')
            except ClientConnectionError:
                answer = None
            if answer and answer.status == 202:
                return
            assert time.monotonic() < deadline, f"{answer}\n{worker.last_words()}"
            await asyncio.sleep(0.1)


async def on_topic(settings: Settings) -> dict[tuple[str, int, int], tuple[str, bytes]]:
    """What wire.raw holds in either lane: key and value by topic, partition and offset."""
    flow = topics(settings)
    return {
        (each.topic, each.partition, each.offset): (each.key.decode(), each.value)
        for lane in (flow, flow.urgent)
        async for each in stored(settings, lane.raw.name)
    }


def places(answer: Answer) -> dict[tuple[str, int, int], str]:
    """The ids that an answer promises, by the place that it names."""
    return {(each["topic"], each["partition"], each["offset"]): each["id"] for each in answer.said["accepted"]}

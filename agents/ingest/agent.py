"""The door of the ingest room: articles pushed and files dropped, onto wire.raw."""

from asyncio import Event, gather
from collections.abc import Sequence
from typing import cast

from faust.web.drivers.aiohttp import Web

from agents.ingest.contents import read
from agents.ingest.drops.drop import drop
from agents.ingest.formats import Input
from agents.ingest.pushes.counter import counter
from agents.ingest.pushes.push import Position
from agents.ingest.pushes.store import Answers
from agents.ingest.pushes.web import mount
from streams.app import app, flow, settings
from streams.broker import Outlet
from streams.store import connect

outlet, server = Outlet(settings), cast(Web, app.web)


async def publish(inputs: Sequence[Input]) -> list[Position]:
    """Put inputs on wire.raw, keyed by id so that an article's versions keep their order."""
    messages = [(each.key.encode("utf-8", "replace"), each.value) for each in inputs]
    sent = [outlet.send(flow.entrance(value).name, [(key, value)]) for key, value in messages]
    return [position for positions in await gather(*sent) for position in positions]


server._runner = mount(server.web_app, counter(settings, Answers(connect(settings), settings.store), publish))
dropped = drop(settings, read, publish)


@app.at_once
async def take_in_files() -> None:
    """Files dropped → wire.raw."""
    async with outlet:
        await (dropped.run() if dropped else Event().wait())

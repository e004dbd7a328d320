"""The door of the deliver room: wire.alerts in; out onto topics, to webhooks, into feeds on the worker's web port."""

import time
from collections.abc import Sequence
from functools import partial
from typing import cast

from faust.types import StreamT
from faust.web.drivers.aiohttp import Web

from agents.deliver.desk import Desk
from agents.deliver.store import Deliveries
from agents.deliver.watch import follow, in_force
from agents.deliver.web import mount
from streams.app import app, flow, settings
from streams.broker import Outlet, ensure_topics
from streams.door import Answer, Door
from streams.records import Alert
from streams.store import memory

desk, read = Desk(Deliveries(memory(settings), settings.store), flow), in_force(settings)
mount(cast(Web, app.web).web_app, desk, settings)


async def _answers(alerts: Sequence[Alert]) -> list[Answer]:
    return [Answer(*each) for each in await desk.take_all(alerts, time.time())]


@app.agent(app.plain(flow.alerts))
async def deliver_alerts(stream: StreamT[bytes]) -> None:
    """wire.alerts → the subscriptions that catch them."""
    await Door(app, Alert, _answers).carry(stream)


@app.task  # type: ignore[untyped-decorator]
async def post_alerts() -> None:
    """What waits for webhooks → their receivers, by the file as it is now."""
    async with Outlet(settings) as outlet:
        await follow(desk, read, settings, partial(ensure_topics, settings), outlet.send)

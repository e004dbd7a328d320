"""The door of the console room: what the topics hold in, pages out on the worker's web port."""

from functools import partial
from typing import cast

from faust.web.drivers.aiohttp import Web

from agents.console.desk import Desk
from agents.console.sources import sources
from agents.console.web import mount
from streams.app import app, flow, settings
from streams.following import Following
from streams.guard import guard
from streams.lag import measured
from streams.metrics import heard_of
from streams.redriving import put_back_from

desk = Desk(settings)
shown = [topic.name for topic in (flow.clean, flow.urgent.clean, flow.alerts, flow.verdicts, flow.rejected)]
worked = [topic.name for topic in (flow.raw, flow.clean, flow.fresh, flow.tagged, *flow.urgent)]


async def follow_the_river() -> None:
    """wire.clean, wire.alerts, wire.verdicts, wire.rejected → the console."""
    async for batch in Following(settings, shown, settings.console_articles).batches():
        await desk.take(batch.messages, batch.caught_up)


async def measure_the_lag() -> None:
    """How far the workers are behind → the console; which sources are quiet → the metrics."""
    async for taken in measured(settings, app.conf.id, worked):
        desk.lags.taken.append(taken)
        heard_of([each.silent for each in sources(desk.index, taken[0])])


if settings.web_port and settings.console_articles:
    mount(cast(Web, app.web).web_app, desk, guard(settings), partial(put_back_from, settings))
    app.at_once(follow_the_river)
    app.at_once(measure_the_lag)

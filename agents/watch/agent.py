"""The door of the watch room: the worker's progress in, its health and metrics out on its web port."""

from typing import cast

from faust.web.drivers.aiohttp import Web

from agents.watch.web import mount
from streams.app import app, settings
from streams.guard import guard
from streams.metrics import page
from streams.watching import Watch

watch = Watch(app)


@app.at_once
async def watch_the_worker() -> None:
    """Progress → health; the worker ends after a long stall."""
    await watch.run()


if settings.web_port:
    mount(cast(Web, app.web).web_app, lambda: watch.health, page, guard(settings))

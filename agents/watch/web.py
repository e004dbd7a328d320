"""`/healthz`, `/readyz` and `/metrics` on the worker's web port.

Whoever starts workers anew asks the first two without a token, so they tell strangers no more than a word or two of
each reason's kind; the reasons in full are for readers, and in the log.
"""

import time
from collections.abc import Callable

import msgspec
from aiohttp import hdrs, web

from streams.guard import Guard
from streams.health import Health
from streams.metrics import MEDIA_TYPE
from streams.problems import Problem
from streams.web import asked, for_readers, make_safe


def mount(app: web.Application, health: Callable[[], Health], page: Callable[[], bytes], guard: Guard) -> None:
    """Serve the worker's health to everyone, and its metrics to readers."""
    make_safe(app)

    async def alive(request: web.Request) -> web.Response:
        return _answer(request, guard, health(), health().alive)

    async def ready(request: web.Request) -> web.Response:
        return _answer(request, guard, health(), health().ready)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=page(), headers={hdrs.CONTENT_TYPE: MEDIA_TYPE})

    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", for_readers(guard, metrics))


def _answer(request: web.Request, guard: Guard, health: Health, well: bool) -> web.Response:
    """200 or 503; `status` for everyone, `reasons` for those who may read, as they name addresses and topics."""
    said: dict[str, object] = {"status": _status(health)}
    if health.reasons and _reads(request, guard):
        said["reasons"] = health.reasons
    return web.Response(status=200 if well else 503, body=msgspec.json.encode(said), content_type="application/json")


def _status(health: Health) -> str:
    return "ready" if health.ready else "waiting" if health.alive else "stalled"


def _reads(request: web.Request, guard: Guard) -> bool:
    try:
        guard.check_reading(asked(request), time.time())
    except Problem:
        return False
    return True

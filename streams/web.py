"""The worker's web port, which rooms share: refusals as problem details, and safe header fields on every answer."""

import logging
import time
from collections.abc import Awaitable, Callable

from aiohttp import hdrs, web

from streams.errors import BrokerUnavailable, RejectedCopy, StoreUnavailable
from streams.guard import COOKIE, Asked, Guard
from streams.problems import MEDIA_TYPE, Problem, later

_COME_BACK = 5  # seconds, while the broker or the store is away
_SECURE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_log = logging.getLogger(__name__)


def make_safe(app: web.Application) -> None:
    """Make every answer safe and every refusal a problem document. Every room that serves may ask for it."""
    if _refusals not in app.middlewares:
        app.middlewares.append(_refusals)
        app.on_response_prepare.append(_secure)


@web.middleware
async def _refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except (web.HTTPSuccessful, web.HTTPRedirection, ConnectionError):  # the last: its sender has hung up
        raise
    except Exception as error:
        problem = _problem(request, error)
        return web.Response(status=problem.status, body=problem.body, content_type=MEDIA_TYPE, headers=problem.headers)


def _problem(request: web.Request, error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case RejectedCopy():
            return Problem(422, str(error))
        case BrokerUnavailable() | StoreUnavailable():
            _log.warning("refused %s %s: %s", request.method, request.path, error)
            away = "broker" if isinstance(error, BrokerUnavailable) else "store"
            return later(503, f"the {away} does not answer; nothing is accepted, send it again later", _COME_BACK)
        case web.HTTPMethodNotAllowed():
            allowed = ", ".join(sorted(error.allowed_methods))
            return Problem(405, f"{error.method} is not done here; use {allowed}", {"Allow": allowed})
        case web.HTTPNotFound():
            return Problem(404, "there is nothing at this path; articles are taken with POST /articles")
        case web.HTTPException():
            return Problem(error.status, error.text or error.reason)
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return Problem(500, "an error of ours; the worker's log tells more")


def asked(request: web.Request) -> Asked:
    """What a request says of who asks."""
    headers = request.headers
    return Asked(
        host=headers.get(hdrs.HOST, ""),
        authorization=headers.get(hdrs.AUTHORIZATION, ""),
        cookie=request.cookies.get(COOKIE, ""),
        origin=headers.get(hdrs.ORIGIN, ""),
        site=headers.get("Sec-Fetch-Site", ""),
    )


def for_readers(guard: Guard, handler: Handler) -> Handler:
    """The handler, for those alone who may look."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        guard.check_reading(asked(request), time.time())
        return await handler(request)

    return guarded


async def _secure(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _SECURE.items():
        response.headers.setdefault(name, value)
    response.headers.pop(hdrs.SERVER, None)

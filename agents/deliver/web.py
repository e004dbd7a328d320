"""The feeds on the worker's web port: `/feeds/NAME.atom`."""

from datetime import UTC, datetime
from hashlib import blake2b

from aiohttp import ETag, hdrs, web

from agents.deliver.atom import feed
from agents.deliver.desk import Desk
from agents.deliver.reading import for_feed_readers
from streams.guard import guard
from streams.problems import Problem
from streams.settings import Settings
from streams.web import make_safe

_BEFORE_ANY = datetime(1970, 1, 1, tzinfo=UTC)


def mount(app: web.Application, desk: Desk, settings: Settings) -> None:
    """Serve the feeds of the subscriptions in force, where there may be any."""
    if not (settings.web_port and settings.subscriptions):
        return
    make_safe(app)

    async def get(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        subscription = desk.subscriptions.get(name)
        if not subscription or not subscription.entries:
            raise Problem(404, "no subscription of this name has a feed; give it `feed = true`")
        alerts = (await desk.deliveries.entries(name))[: subscription.entries]
        return _answer(request, feed(name, alerts, str(request.url), _BEFORE_ANY))

    app.router.add_get("/feeds/{name}.atom", for_feed_readers(guard(settings), get))


def _answer(request: web.Request, body: bytes) -> web.Response:
    """The feed, or 304 for who has it (RFC 9110, 13.1.2)."""
    tag = blake2b(body, digest_size=12).hexdigest()
    known = {each.value for each in request.if_none_match or ()}
    answer = web.Response(status=304) if known & {tag, "*"} else web.Response(body=body)
    answer.content_type = "application/atom+xml"
    answer.charset = "utf-8"
    answer.etag = ETag(tag)
    answer.headers[hdrs.CACHE_CONTROL] = "private, no-cache"
    return answer

"""The worker's web port where pushes come in: the path, and a runner that leaves bodies as they were sent."""

from aiohttp import web

from agents.ingest.pushes.counter import Counter
from streams.web import make_safe

PATH = "/articles"

_LINGER = 2.0  # seconds that the rest of a refused body is read, so that its sender comes to read the answer
_PARTING = 5.0  # seconds for pushes to end when the worker stops


def mount(app: web.Application, counter: Counter) -> web.AppRunner:
    """Serve the counter.

    Gives the runner that the app needs: one that leaves bodies packed, for aiohttp's own unpacking takes one that
    breaks off for whole.
    """
    make_safe(app)
    app.router.add_post(PATH, counter.post, expect_handler=_wait)
    return web.AppRunner(app, access_log=None, auto_decompress=False, lingering_time=_LINGER, shutdown_timeout=_PARTING)


async def _wait(request: web.Request) -> None:
    """Send no `100 Continue` before the header fields are looked at: a refused body then never travels."""

"""The console on the worker's web port: the page at `/`, its files under `/console/`, JSON under `/api/`."""

from aiohttp import web

from agents.console.api import Api, Redrive
from agents.console.desk import Desk
from agents.console.pages import files
from agents.console.session import Session
from streams.guard import Guard
from streams.problems import Problem
from streams.web import Handler, for_readers, make_safe


def mount(app: web.Application, desk: Desk, guard: Guard, redrive: Redrive) -> None:
    """Serve the console; its streams end when the app does."""
    make_safe(app)
    _serve_pages(app)
    session, api, router = Session(guard), Api(desk, guard, redrive), app.router
    router.add_get("/api/session", session.get)
    router.add_post("/api/session", session.post)
    router.add_delete("/api/session", session.delete)
    readers: dict[str, Handler] = {
        "/api/alerts": api.alerts,
        "/api/alerts/{id}": api.alert,
        "/api/stream": api.stream,
        "/api/stories/{id}": api.story,
        "/api/search": api.search,
        "/api/sources": api.sources,
        "/api/river": api.river,
        "/api/rejected": api.rejected,
    }
    for path, handler in readers.items():
        router.add_get(path, for_readers(guard, handler))
    router.add_post("/api/rejected/{id}/redrive", api.put_back)

    async def end(_: web.Application) -> None:
        desk.news.tell(over=True)

    app.on_shutdown.append(end)


def _serve_pages(app: web.Application) -> None:
    """The page holds no copy, so that everyone may have it: it is where a reader signs in."""
    found = files()

    async def page(request: web.Request) -> web.Response:
        return found["index.html"].answer(request)

    async def file(request: web.Request) -> web.Response:
        if request.match_info["name"] not in found:
            raise Problem(404, "the console has no such file")
        return found[request.match_info["name"]].answer(request)

    app.router.add_get("/", page)
    app.router.add_get("/console/{name}", file)

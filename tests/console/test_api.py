"""What the console answers over HTTP, to those who may ask."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar

from agents.commands.messages import stored
from streams.codec import encode
from streams.records import RawArticle
from tests.console.conftest import serving
from tests.console.samples import alert, rejection
from tests.console.serving import PATIENCE, Console

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


@pytest.fixture(scope="module")
def guarded(embedded_broker: str) -> Iterator[Console]:
    """A console with a reading and a writing token."""
    with serving(embedded_broker, read_token="look", push_token="write") as console:
        yield console


@asynccontextmanager
async def client(console: Console, token: str = "") -> AsyncIterator[ClientSession]:
    """A client with a token; its cookies are kept for an address too."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with ClientSession(console.url, headers=headers, cookie_jar=CookieJar(unsafe=True)) as opened:
        yield opened


async def events(response: ClientResponse, count: int) -> list[tuple[str, str]]:
    """The next so many events that are alerts: id and data of each."""
    found: list[tuple[str, str]] = []
    fields: dict[str, str] = {}
    async with asyncio.timeout(PATIENCE):
        while len(found) < count:
            line = (await response.content.readline()).decode().rstrip("\n")
            name, _, value = line.partition(": ")
            if line:
                fields[name] = value
            elif fields.get("event") == "alert":
                found.append((fields["id"], fields["data"]))
                fields = {}
    return found


async def test_the_page_is_served_under_a_strict_policy_and_its_files_are_kept_by_tag(console: Console) -> None:
    async with client(console) as opened:
        for path, kind in (
            ("/", "text/html"),
            ("/console/main.js", "text/javascript"),
            ("/console/console.css", "text/css"),
        ):
            async with opened.get(path) as answer:
                assert (answer.status, answer.content_type) == (200, kind)
                assert answer.headers["Content-Security-Policy"] == POLICY
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                tag = answer.headers["ETag"]
            async with opened.get(path, headers={"If-None-Match": tag}) as answer:
                assert answer.status == 304
        for path in ("/console/agent.py", "/console/..%2Fagent.py", "/console/", "/api/nothing"):
            async with opened.get(path) as answer:
                assert (answer.status, answer.content_type) == (404, "application/problem+json")


async def test_no_answer_with_copy_may_be_kept_or_read_by_another_page(console: Console) -> None:
    async with client(console) as opened:
        async with opened.get("/api/alerts") as answer:
            assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
            assert "Access-Control-Allow-Origin" not in answer.headers
        async with opened.get("/api/alerts", headers={"Origin": "https://news.example"}) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "limit=-1", "limit=²", "before=x"])
async def test_what_can_not_be_asked_is_refused(console: Console, query: str) -> None:
    async with client(console) as opened, opened.get(f"/api/alerts?{query}") as answer:
        assert (answer.status, answer.content_type) == (400, "application/problem+json")


@pytest.mark.parametrize("path", ["/api/alerts/none", "/api/stories/none"])
async def test_what_is_not_kept_is_not_found(console: Console, path: str) -> None:
    async with client(console) as opened, opened.get(path) as answer:
        assert answer.status == 404


async def test_a_line_that_broke_goes_on_behind_the_last_event(console: Console) -> None:
    for name in ("a", "b", "c"):
        await asyncio.to_thread(console.send, ("alerts", name, alert(name)))
    async with client(console) as opened:
        async with opened.get("/api/stream?after=") as answer:
            assert answer.content_type == "text/event-stream"
            first = await events(answer, 2)
        async with opened.get("/api/stream?after=0:0", headers={"Last-Event-ID": first[-1][0]}) as answer:
            await asyncio.to_thread(console.send, ("alerts", "d", alert("d")))
            rest = await events(answer, 2)
    said = [data for _, data in (*first, *rest)]
    assert [any(f'"id":"{name}"' in data for data in said) for name in "abcd"] == [True] * 4
    assert len(set(said)) == 4


@pytest.mark.parametrize(
    "path", ["alerts", "alerts/x", "stories/x", "search?q=x", "sources", "river", "rejected", "stream"]
)
async def test_without_the_token_nothing_is_shown(guarded: Console, path: str) -> None:
    for token in ("", "wrong"):
        async with client(guarded, token) as opened, opened.get(f"/api/{path}") as answer:
            assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="copytaster"')


async def session(opened: ClientSession) -> Any:
    async with opened.get("/api/session") as answer:
        return await answer.json()


async def test_who_signs_in_with_the_reading_token_looks_until_signing_out(guarded: Console) -> None:
    async with client(guarded) as opened:
        assert not (await session(opened))["reads"]
        async with opened.post("/api/session", json={"token": "look"}) as answer:
            assert answer.status == 204
            cookie = answer.headers["Set-Cookie"]
        assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/"))
        assert ("Secure" in cookie, "look" in cookie) == (False, False)
        said = await session(opened)
        assert (said["reads"], said["writes"]) == (True, False)
        async with opened.get("/api/alerts") as answer:
            assert answer.status == 200
        async with opened.delete("/api/session"):
            assert not (await session(opened))["reads"]


async def test_behind_https_the_cookie_is_for_https_alone(guarded: Console) -> None:
    async with client(guarded) as opened:
        headers = {"X-Forwarded-Proto": "https"}
        async with opened.post("/api/session", json={"token": "write"}, headers=headers) as answer:
            assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b'{"token": "wrong"}', "application/json", 401),
        (b'{"token": 5}', "application/json", 400),
        (b'{"token": "look", "x": 1}', "application/json", 400),
        (b"", "application/json", 400),
        (b'{"token": "look"}', "text/plain", 415),
        (b'{"token": "' + b"x" * 5000 + b'"}', "application/json", 415),
    ],
)
async def test_nothing_else_signs_in(guarded: Console, data: bytes, kind: str, status: int) -> None:
    headers = {"Content-Type": kind}
    async with client(guarded) as opened, opened.post("/api/session", data=data, headers=headers) as answer:
        assert answer.status == status
        assert "Set-Cookie" not in answer.headers


async def test_a_rejected_message_goes_back_once_for_who_may_write(guarded: Console) -> None:
    raw = f"{guarded.settings.topic_prefix}.raw"
    value = encode(RawArticle(id="again", text="Ferry"))
    letter = rejection("back", value=value, topic=raw)
    await asyncio.to_thread(guarded.send, ("rejected", "again", letter))
    path = "/api/rejected/back/redrive"

    async def marked() -> Any:
        async with client(guarded, "look") as opened, opened.get("/api/rejected") as answer:
            return {each["id"]: each["redriven"] for each in (await answer.json())["rejected"]}.get("back", "unknown")

    async def until(wanted: Callable[[Any], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not wanted(await marked()):  # noqa: ASYNC110 - another process tells nothing
                await asyncio.sleep(0.1)

    await until(lambda mark: mark is None)
    for token, headers, status in (
        ("", {}, 401),
        ("look", {}, 401),
        ("write", {"Origin": "https://news.example"}, 403),
        ("write", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("write", {"Origin": guarded.url}, 202),
    ):
        async with client(guarded, token) as opened, opened.post(path, headers=headers) as answer:
            assert answer.status == status, token
    await until(lambda mark: isinstance(mark, float))
    assert [(each.key, each.value) async for each in stored(guarded.settings, raw)] == [(b"ferry", value)]

"""One GET: conditional, redirected, bounded, and polite about why it failed."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from agents.ingest.feeds.fetch import Fetched, FetchFailed, Known, Limits, fetch

from .site import Site, browsing, open_site, redirect, rss

SMALL = Limits(size=100_000, seconds=0.5, redirects=3)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with open_site() as running:
        yield running


async def get(url: str, known: Known | None = None) -> Fetched:
    async with browsing() as client:
        return await fetch(client, url, known=known, limits=SMALL)


async def test_a_body_comes_with_its_headers_and_address(site: Site) -> None:
    url = site.text("wire", rss("a"), ETag='"1"')
    page = await get(url)
    assert (page.url, page.changed, page.body, page.headers["etag"], page.moved) == (
        url,
        True,
        rss("a").encode(),
        '"1"',
        "",
    )


async def test_a_known_body_is_not_sent_again(site: Site) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=304 if request.headers.get("If-None-Match") == '"1"' else 200, body=b"x")

    url = site.put("wire", answer)
    assert (await get(url)).changed
    assert not (await get(url, Known(url, '"1"', "Mon, 02 Mar 2026 10:00:00 GMT"))).changed
    assert site.asked[-1].headers["If-Modified-Since"] == "Mon, 02 Mar 2026 10:00:00 GMT"


async def test_what_one_address_is_known_by_is_not_told_to_another(site: Site) -> None:
    url = site.put("wire", redirect(site.text("elsewhere", "x")))
    await get(url, Known(url, '"1"', ""))
    assert ["If-None-Match" in request.headers for request in site.asked] == [True, False]


async def test_a_304_that_was_not_asked_for_is_a_failure(site: Site) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=304)

    with pytest.raises(FetchFailed, match="304"):
        await get(site.put("wire", answer))


@pytest.mark.parametrize(("statuses", "moved"), [((301, 308), "end"), ((301, 302), "middle"), ((302, 301), "")])
async def test_it_moved_as_far_as_every_step_was_for_good(site: Site, statuses: tuple[int, int], moved: str) -> None:
    end = site.text("end", "x")
    middle = site.put("middle", redirect(end, statuses[1]))
    page = await get(site.put("wire", redirect(middle, statuses[0])))
    assert (page.url, page.moved) == (end, site.url(moved) if moved else "")


async def test_a_relative_redirect_is_followed(site: Site) -> None:
    site.text("wire", "x", path="/a/new")
    assert (await get(site.put("wire", redirect("new"), "/a/old"))).url == site.url("wire", "/a/new")


async def test_a_loop_of_redirects_ends(site: Site) -> None:
    url = site.put("wire", redirect(site.url("wire")))
    with pytest.raises(FetchFailed, match="more than 3 redirects"):
        await get(url)
    assert len(site.asked) == 4


async def test_each_request_has_a_turn_at_its_host(site: Site) -> None:
    turns = []

    @asynccontextmanager
    async def turn(host: str) -> AsyncIterator[None]:
        turns.append(f"{host} in")
        yield
        turns.append(f"{host} out")

    url = site.put("wire", redirect(site.text("elsewhere", "x")))
    async with browsing() as client:
        await fetch(client, url, turn=turn, limits=SMALL)
    assert turns == ["wire in", "wire out", "elsewhere in", "elsewhere out"]


@pytest.mark.parametrize(("after", "asked"), [({"Retry-After": "120"}, 120), ({}, 0)])
async def test_a_refusal_says_how_long_to_wait(site: Site, after: dict[str, str], asked: float) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=429, headers=after)

    with pytest.raises(FetchFailed, match="429 Too Many Requests") as caught:
        await get(site.put("wire", answer))
    assert (caught.value.status, caught.value.asked) == (429, asked)


async def test_compressed_bodies_are_inflated_within_bounds(site: Site) -> None:
    small, bomb = gzip.compress(rss("a").encode()), gzip.compress(bytes(20_000_000))
    page = await get(site.text("wire", small, **{"Content-Encoding": "gzip"}))
    assert page.body == rss("a").encode()
    with pytest.raises(FetchFailed, match="more than 100,000 bytes inflated"):
        await get(site.text("bomb", bomb, **{"Content-Encoding": "gzip"}))


async def test_a_body_without_end_is_left(site: Site) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"<item/>" * 1000)

    with pytest.raises(FetchFailed, match="more than 100,000 bytes"):
        await get(site.put("wire", answer))


@pytest.mark.parametrize("begun", [True, False])
async def test_a_server_that_keeps_us_waiting_is_left(site: Site, begun: bool) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        if begun:
            await response.prepare(request)
        for _ in range(100):
            await asyncio.sleep(0.1)
            if begun:
                await response.write(b" ")
        return response

    with pytest.raises(FetchFailed, match=r"no whole answer within 0\.5 s"):
        await get(site.put("wire", answer))


async def test_a_body_that_breaks_off_is_a_failure(site: Site) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"<rss>")
        assert request.transport is not None
        request.transport.close()
        return response

    with pytest.raises(FetchFailed):
        await get(site.put("wire", answer))


async def test_a_server_that_is_not_there_is_a_failure_with_its_name(site: Site) -> None:
    with pytest.raises(FetchFailed, match=r"nobody: .*Connect call failed"):
        await get("http://nobody:1/feed")


@pytest.mark.parametrize(
    ("content_type", "body", "read"),
    [
        ("text/xml; charset=windows-1252", "<rss>“é”</rss>".encode("cp1252"), "<rss>“é”</rss>".encode()),
        ("text/xml; charset=latin-1", b"<?xml version='1.0' encoding='UTF-8'?>\xc3\xa9", None),
        ("text/xml; charset=latin-1", b"\xef\xbb\xbf<rss>\xc3\xa9", None),
        ("text/xml; charset=klingon", b"<rss>\xe9", None),
        ("text/xml; charset=utf-8", b"<rss>\xe9", None),
        ("text/xml", b"<rss>\xe9", None),
    ],
)
async def test_the_header_names_the_encoding_where_the_document_does_not(
    site: Site, content_type: str, body: bytes, read: bytes | None
) -> None:
    page = await get(site.text("wire", body, **{"Content-Type": content_type}))
    assert page.body == (read or body)


async def test_no_cookie_is_kept_and_we_say_who_we_are(site: Site) -> None:
    url = site.text("wire", "x", **{"Set-Cookie": "a=b"})
    async with browsing() as client:
        await fetch(client, url)
        await fetch(client, url)
    assert "Cookie" not in site.asked[1].headers
    assert site.asked[1].headers["User-Agent"].startswith("copytaster/")

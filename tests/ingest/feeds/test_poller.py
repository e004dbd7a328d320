"""Polling: what is new in a feed goes out once, whatever its server does and whoever is killed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from aiohttp import web
from redis.asyncio import Redis

from agents.ingest.feeds.documents import read_feed
from agents.ingest.feeds.feed import Feed, State
from agents.ingest.feeds.fetch import Limits
from agents.ingest.feeds.poller import Poller
from agents.ingest.feeds.store import Feeds, Followed
from agents.ingest.feeds.turns import Clock
from streams.codec import decode
from streams.records import RawArticle

from .site import Site, browsing, open_site, redirect, rss

DAY = 86400.0
LARGEST = 2**20


@dataclass
class Desk:
    """A poller with a clock of its own, a site to poll, and what it sent."""

    site: Site
    poller: Poller
    feeds: Feeds
    clock: list[float]
    sent: list[RawArticle] = field(default_factory=list)

    async def follow(self, *urls: str, **attributes: Any) -> None:
        await self.feeds.follow([(Feed(url, **attributes), self.clock[0]) for url in urls])

    async def poll(self) -> list[str]:
        """Let time pass until the next feed is due, poll it; gives the headlines that were sent."""
        before = len(self.sent)
        self.clock[0] = max(self.clock[0] + 5, min(each.due for each in await self.feeds.followed()))
        assert await self.poller.poll_next()
        return [each.headline or "" for each in self.sent[before:]]

    async def known(self) -> Followed:
        return (await self.feeds.followed())[0]

    async def state(self) -> State:
        return (await self.known()).state


@pytest.fixture
async def desk(redis: Redis) -> AsyncIterator[Desk]:
    clock, sent = [1_790_000_000.0], list[RawArticle]()

    async def publish(key: str, message: bytes) -> None:
        sent.append(decode(message, RawArticle))
        assert sent[-1].id == key

    async def sleep(seconds: float) -> None:
        clock[0] += seconds

    feeds = Feeds(redis)
    async with open_site() as site, browsing() as client:
        poller = Poller(
            feeds,
            client,
            read_feed,
            publish,
            LARGEST,
            clock=Clock(lambda: clock[0], sleep),
            limits=Limits(seconds=1.0),
            chance=lambda: 0.0,
        )
        yield Desk(site, poller, feeds, clock, sent)


async def test_what_is_new_is_sent_oldest_first_and_once(desk: Desk) -> None:
    await desk.follow(desk.site.text("wire", rss("b", "a")))
    assert await desk.poll() == ["a", "b"]
    assert await desk.poll() == []
    desk.site.text("wire", rss("d", "c", "b", "a"))
    assert await desk.poll() == ["c", "d"]


async def test_an_article_has_what_its_entry_says(desk: Desk) -> None:
    item = "<link>https://harbour.example/1</link><pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate>"
    url = desk.site.text("wire", rss("a ferry sank", item=item))
    await desk.follow(url)
    await desk.poll()
    (article,) = desk.sent
    assert article == RawArticle(
        id=f"{url} a ferry sank",
        source="Harbour Wire",
        url="https://harbour.example/1",
        published=datetime(2026, 3, 2, 9, tzinfo=UTC),
        received=datetime.fromtimestamp(desk.clock[0], UTC),
        headline="a ferry sank",
        html="The harbour master said on Monday that a ferry sank.",
    )


async def test_a_changed_entry_goes_out_again_under_its_id(desk: Desk) -> None:
    await desk.follow(desk.site.text("wire", rss("a", item="<category>12 dead</category>")))
    await desk.poll()
    desk.site.text("wire", rss("a").replace("master said", "master told reporters"))
    assert await desk.poll() == ["a"]
    assert desk.sent[0].id == desk.sent[1].id


async def test_after_a_loss_of_the_store_an_entry_from_before_is_not_sent_again(desk: Desk) -> None:
    await desk.feeds.forgot(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
    old = rss("old", item="<pubDate>Sat, 28 Feb 2026 10:00:00 GMT</pubDate>")
    new = rss("new", item="<pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate>")
    await desk.follow(desk.site.text("wire", old))
    assert await desk.poll() == []
    desk.site.text("wire", new)
    assert await desk.poll() == ["new"]


async def test_an_unchanged_feed_is_asked_for_by_its_validators(desk: Desk) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == '"7"':
            return web.Response(status=304)
        return web.Response(text=rss("a"), headers={"ETag": '"7"'})

    await desk.follow(desk.site.put("wire", answer))
    assert [await desk.poll() for _ in range(3)] == [["a"], [], []]
    assert [request.headers.get("If-None-Match") for request in desk.site.asked] == [None, '"7"', '"7"']
    assert (await desk.state()).status == "unchanged"


async def test_validators_are_kept_only_once_all_entries_are_sent(desk: Desk) -> None:
    await desk.follow(desk.site.text("wire", rss("b", "a"), ETag='"7"'))
    publish, broken = desk.poller.publish, [True]

    async def breaking(key: str, message: bytes) -> None:
        if key.endswith(" b") and broken:
            broken.pop()
            raise ConnectionResetError("the broker is gone")
        await publish(key, message)

    desk.poller = replace(desk.poller, publish=breaking)
    assert await desk.poll() == ["a"]
    assert (await desk.state()).etag == ""
    assert await desk.poll() == ["b"]
    assert (await desk.state()).etag == '"7"'


async def test_a_worker_killed_between_kafka_and_store_sends_the_same_once_more(desk: Desk) -> None:
    await desk.follow(desk.site.text("wire", rss("b", "a")))
    publish, sent = desk.poller.publish, asyncio.Event()

    async def dying(key: str, message: bytes) -> None:
        await publish(key, message)
        if key.endswith(" b"):
            sent.set()
            await asyncio.sleep(60)

    desk.poller = replace(desk.poller, publish=dying)
    worker = asyncio.create_task(desk.poller.poll_next())
    await sent.wait()
    worker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await worker
    desk.poller = replace(desk.poller, publish=publish)
    assert not await desk.poller.poll_next()
    assert await desk.poll() == ["b"]
    first, again = (each for each in desk.sent if each.headline == "b")
    assert (first.id, first.html, first.published) == (again.id, again.html, again.published)


async def test_a_worker_that_starts_anew_knows_what_the_one_before_knew(desk: Desk, redis: Redis) -> None:
    await desk.follow(desk.site.text("wire", rss("a"), ETag='"7"'))
    await desk.poll()
    feeds = Feeds(redis)
    other = Desk(desk.site, replace(desk.poller, feeds=feeds), feeds, desk.clock, desk.sent)
    await other.follow(desk.site.url("wire"))
    desk.site.text("wire", rss("b", "a"))
    assert await other.poll() == ["b"]
    assert desk.site.asked[-1].headers["If-None-Match"] == '"7"'


async def test_a_failing_feed_is_asked_less_and_less_and_brings_all_when_it_is_back(desk: Desk) -> None:
    await desk.follow(desk.site.text("wire", rss("a")))
    await desk.poll()

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=503)

    desk.site.put("wire", answer)
    waits = []
    for _ in range(5):
        await desk.poll()
        waits.append((await desk.known()).due - desk.clock[0])
    assert waits == sorted(waits)
    assert waits[-1] > 8 * waits[0]
    assert set((await desk.state()).notices) == {"failing"}
    desk.site.text("wire", rss("c", "b", "a"))
    assert await desk.poll() == ["b", "c"]
    assert (await desk.state()).notices == {}


async def test_a_refusal_is_kept_to_for_the_feed_and_for_its_host(desk: Desk) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=429, headers={"Retry-After": "3000"})

    await desk.follow(desk.site.put("wire", answer), desk.site.text("wire", rss("a"), "/other"))
    await desk.poll()
    began, refused = desk.clock[0], desk.site.asked[0].path
    desk.clock[0] = began + 2999
    assert not await desk.poller.poll_next()
    desk.site.text("wire", rss("a"))
    await desk.poll()
    assert len(desk.site.asked) == 2
    assert refused in ("/feed", "/other")


async def test_an_entry_that_broke_off_waits_until_it_is_whole(desk: Desk) -> None:
    whole = rss("b", "a")
    await desk.follow(desk.site.text("wire", whole[: whole.index(" that a.")], ETag='"7"'))
    assert await desk.poll() == ["b"]
    assert (await desk.state()).etag == ""
    desk.site.text("wire", whole, ETag='"7"')
    assert await desk.poll() == ["a"]


async def test_a_feed_that_always_lacks_its_end_is_taken_as_it_is(desk: Desk) -> None:
    await desk.follow(desk.site.text("wire", rss("b", "a").removesuffix("</channel></rss>")))
    assert [await desk.poll() for _ in range(3)] == [["b"], ["a"], []]


@pytest.mark.parametrize(
    "document",
    [
        "",
        "<html><body>Sign in</body></html>",
        "{}",
        '{"version": "https://jsonfeed.org/version/1.1", "items": 3}',
        "\0\1\2",
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
    ],
)
async def test_what_is_no_feed_is_a_failure_and_sends_nothing(desk: Desk, document: str) -> None:
    await desk.follow(desk.site.text("wire", document))
    assert await desk.poll() == []
    state = await desk.state()
    assert (state.failures, "no" in state.status) == (1, True)


async def test_a_reader_that_breaks_is_that_feeds_failure_alone(desk: Desk) -> None:
    def read(data: bytes) -> Any:
        if b"poison" in data:
            raise ZeroDivisionError
        return read_feed(data)

    desk.poller = replace(desk.poller, read=read)
    await desk.follow(desk.site.text("poisoned", "poison"), desk.site.text("wire", rss("a")))
    assert await desk.poll() + await desk.poll() == ["a"]
    assert {each.state.failures for each in await desk.feeds.followed()} == {0, 1}


async def test_a_feed_that_moved_for_good_is_asked_for_where_it_is(desk: Desk) -> None:
    end = desk.site.text("new", rss("a"))
    await desk.follow(desk.site.put("wire", redirect(end, 301)))
    assert await desk.poll() == ["a"]
    await desk.poll()
    assert [request.url.host for request in desk.site.asked] == ["wire", "new", "new"]


async def test_a_feed_whose_new_address_fails_is_asked_for_at_its_first_again(desk: Desk) -> None:
    desk.site.text("new", rss("a"))
    await desk.follow(desk.site.put("wire", redirect(desk.site.url("new"), 301)))
    await desk.poll()
    del desk.site.answers["new/feed"]
    desk.site.text("wire", rss("b", "a"))
    assert [await desk.poll() for _ in range(4)] == [[], [], [], ["b"]]
    assert (await desk.state()).moved == ""


async def test_a_feed_that_moved_for_a_while_is_asked_for_where_it_was(desk: Desk) -> None:
    await desk.follow(desk.site.put("wire", redirect(desk.site.text("new", rss("a")), 302)))
    await desk.poll()
    await desk.poll()
    assert [request.url.host for request in desk.site.asked] == ["wire", "new", "wire", "new"]


async def test_a_feed_that_is_gone_is_left_alone_for_a_day(desk: Desk) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=410)

    await desk.follow(desk.site.put("wire", answer))
    await desk.poll()
    assert (await desk.known()).due == desk.clock[0] + DAY


async def test_a_feed_is_polled_at_the_pace_that_its_dates_tell(desk: Desk) -> None:
    def dated(gap: float) -> str:
        items = "".join(
            f"<item><guid>{n}</guid><title>{n}</title><pubDate>"
            f"{datetime.fromtimestamp(desk.clock[0] - n * gap, UTC):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
            for n in range(1, 21)
        )
        return f"<rss><channel>{items}</channel></rss>"

    await desk.follow(desk.site.text("quick", dated(600.0)), desk.site.text("slow", dated(4 * 3600.0)))
    await desk.poll()
    await desk.poll()
    quick, slow = (each.due - desk.clock[0] for each in await desk.feeds.followed())
    assert quick == pytest.approx(150, rel=0.1)
    assert slow == pytest.approx(3600, rel=0.1)


async def test_the_page_behind_an_entry_is_sent_where_it_is_wanted(desk: Desk) -> None:
    page = "<html><body><p>The ferry sank off Cape Dorrow, and all were saved.</p></body></html>"
    link = desk.site.text("pages", page, "/1", **{"Content-Type": "text/html"})
    await desk.follow(desk.site.text("wire", rss("a", item=f"<link>{link}</link>")), full_text=True)
    await desk.poll()
    (article,) = desk.sent
    assert article.html == page
    assert article.text == "The harbour master said on Monday that a."
    assert await desk.poll() == []


@pytest.mark.parametrize("content_type", ["text/html", "application/pdf"])
async def test_where_the_page_can_not_be_fetched_the_summary_goes(desk: Desk, content_type: str) -> None:
    link = desk.site.url("pages", "/1")
    if content_type == "application/pdf":
        desk.site.text("pages", b"%PDF", "/1", **{"Content-Type": content_type})
    await desk.follow(desk.site.text("wire", rss("a", item=f"<link>{link}</link>")), full_text=True)
    assert await desk.poll() == ["a"]
    assert desk.sent[0].html == "The harbour master said on Monday that a."


async def test_pages_are_fetched_with_a_gap_between_them(desk: Desk) -> None:
    times = []

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        times.append(desk.clock[0])
        return web.Response(text="<p>x</p>", content_type="text/html")

    link = desk.site.put("wire", answer, "/page")
    await desk.follow(desk.site.text("wire", rss("c", "b", "a", item=f"<link>{link}</link>")), full_text=True)
    assert await desk.poll() == ["a", "b", "c"]
    assert len(times) == 3
    assert all(after - before >= desk.poller.manners.gap for before, after in pairwise(times))


async def test_an_article_too_large_for_the_broker_is_left_out_and_the_rest_goes(desk: Desk) -> None:
    await desk.follow(desk.site.text("wire", rss("b", "x" * LARGEST, "a")))
    assert await desk.poll() == ["a", "b"]
    assert await desk.poll() == []


async def test_a_source_that_fell_silent_raises_a_notice(desk: Desk) -> None:
    url = desk.site.text("wire", rss("0"))
    await desk.follow(url)
    until, number = desk.clock[0] + 15 * DAY, 0
    while desk.clock[0] < until:
        number += 1
        desk.clock[0] += 3 * 3600
        desk.site.text("wire", rss(str(number)))
        await desk.poll()
    assert (await desk.state()).notices == {}
    until = desk.clock[0] + 4 * DAY
    while desk.clock[0] < until:
        await desk.poll()
    assert set((await desk.state()).notices) == {"silent"}


async def test_a_source_that_only_repeats_raises_a_notice(desk: Desk) -> None:
    await desk.follow(desk.site.text("wire", rss(*map(str, range(40)))))
    await desk.poll()
    for article in desk.sent:
        await desk.feeds.tell(article.id, repeats=True)
    await desk.poll()
    assert set((await desk.state()).notices) == {"repeats"}

"""Hundreds of feeds of every making, polled by two workers while time flies: what came of it, in figures.

`python -m tests.ingest.feeds.flood [FEEDS] [SECONDS] [TIMES]` runs it at length and prints them.
"""

import asyncio
import gzip
import random
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from aiohttp import web

from agents.ingest.feeds.documents import read_feed
from agents.ingest.feeds.feed import Feed, State
from agents.ingest.feeds.fetch import Limits
from agents.ingest.feeds.pace import Pace
from agents.ingest.feeds.poller import Poller
from agents.ingest.feeds.store import Feeds
from agents.ingest.feeds.turns import Clock, Manners
from agents.ingest.feeds.watch import work
from streams.codec import decode
from streams.records import RawArticle
from streams.settings import Settings
from streams.store import connect

from .site import Answer, Site, browsing, open_site

SHOWN = 12  # entries in a document
BOMB = gzip.compress(bytes(30_000_000))
PACE = Pace(shortest=20, unknown=40, longest=120)
HOSTS = 3  # feeds for each host
WELL = [
    "etag",
    "modified",
    "slow",
    "cut",
    "found",
    "moved",
    "gzip",
    "latin",
    "wide",
    "busy",
    "ailing",
    "pages",
    "plain",
]
ILL = ["bomb", "endless", "loop", "page", "hanging", "gone", "drip"]


@dataclass
class Source:
    """One feed: what it has brought so far, and how it answers."""

    number: int
    kind: str
    random: random.Random
    entries: list[str] = field(default_factory=list)
    answered: int = 0

    def add(self) -> None:
        """Something happens."""
        self.entries.append(f"tag:flood,2026:{self.number}-{len(self.entries)}")

    def document(self, link: str) -> str:
        """Its latest entries, the newest first."""
        items = "".join(
            f"<item><guid>{each}</guid><title>{each}</title><link>{link}</link><description>é {each}</description></item>"
            for each in reversed(self.entries[-SHOWN:])
        )
        return f"<rss version='2.0'><channel><title>Source {self.number}</title>{items}</channel></rss>"


@dataclass
class Report:
    """What came of it: each article as often as it was sent, what was expected, and what hosts had to bear."""

    sent: Counter[str] = field(default_factory=Counter)
    expected: set[str] = field(default_factory=set)
    asked: defaultdict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[int] = field(default_factory=Counter)
    delays: list[float] = field(default_factory=list)
    states: dict[str, list[State]] = field(default_factory=dict)

    def missed(self) -> set[str]:
        """Expected and never sent."""
        return self.expected - set(self.sent)

    def twice(self) -> list[str]:
        """Sent more than once."""
        return [name for name, count in self.sent.items() if count > 1]

    def closest(self) -> float:
        """The shortest time (s, of the flying ones) from the end of an answer to the next request at one host."""
        return min(after[0] - before[1] for times in self.asked.values() for before, after in pairwise(sorted(times)))


class Flood:
    """The sources, on one site; the clock runs `times` as fast as ours."""

    def __init__(self, site: Site, feeds: int, times: float) -> None:
        kinds = [*WELL, *WELL, *ILL]
        self.sources = [Source(n, kinds[n % len(kinds)], random.Random(n)) for n in range(feeds)]
        self.site, self.times, self.report = site, times, Report()
        self._start, self._began = time.time(), time.monotonic()
        self.clock = Clock(self.now, lambda seconds: asyncio.sleep(seconds / times))
        for source in self.sources:
            self._put(source)

    def now(self) -> float:
        """Flying seconds since 1970."""
        return self._start + (time.monotonic() - self._began) * self.times

    def host(self, source: Source) -> str:
        """Some feeds share one; what hangs or refuses has one of its own, so as not to hold up the rest."""
        return f"ill{source.number}" if source.kind in (*ILL, "busy") else f"host{source.number // HOSTS}"

    def feed(self, source: Source) -> Feed:
        """As it is followed."""
        return Feed(self.site.url(self.host(source), f"/{source.number}"), full_text=source.kind == "pages")

    def _put(self, source: Source) -> None:
        host, path = self.host(source), f"/{source.number}"
        self.site.put(host, self._logged(host, lambda request: self._answer(source, request)), path)
        away = f"away{source.number}"
        self.site.put(away, self._logged(away, lambda request: self._plain(source)), path)
        self.site.put(away, self._logged(away, self._page), "/page")

    def _logged(self, host: str, answer: Answer) -> Answer:
        async def logged(request: web.BaseRequest) -> web.StreamResponse:
            began = self.now()
            entry = (began, began)
            self.report.asked[host].append(entry)
            response: web.StreamResponse = await answer(request)
            if request.transport and not request.transport.is_closing():  # what we left early is over for us
                at = self.report.asked[host].index(entry)
                self.report.asked[host][at] = (began, self.now())
            self.report.statuses[response.status] += 1
            return response

        return logged

    async def _plain(self, source: Source) -> web.StreamResponse:
        return web.Response(text=source.document(self.site.url(f"away{source.number}", "/page")))

    async def _page(self, request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(text="<p>The whole page.</p>", content_type="text/html")

    async def _answer(self, source: Source, request: web.BaseRequest) -> web.StreamResponse:  # noqa: C901
        source.answered += 1
        if source.kind in ILL:
            return await self._ill(source, request)
        document, tag = source.document(self.site.url(f"away{source.number}", "/page")), f'"{len(source.entries)}"'
        again = source.answered % 2 == 0
        match source.kind:
            case "etag" | "modified":
                name, asked = (
                    ("ETag", "If-None-Match") if source.kind == "etag" else ("Last-Modified", "If-Modified-Since")
                )
                if request.headers.get(asked) == tag:
                    return web.Response(status=304)
                return web.Response(text=document, headers={name: tag})
            case "slow":
                await asyncio.sleep(0.2)
            case "cut" if again:
                return web.Response(text=document[: source.random.randrange(len(document))])
            case "found" | "moved":
                location = self.site.url(f"away{source.number}", f"/{source.number}")
                return web.Response(status=302 if source.kind == "found" else 301, headers={"Location": location})
            case "gzip":
                return web.Response(body=gzip.compress(document.encode()), headers={"Content-Encoding": "gzip"})
            case "latin":
                return web.Response(body=b"<?xml version='1.0' encoding='ISO-8859-1'?>" + document.encode("latin-1"))
            case "wide":
                return web.Response(body=f"<?xml version='1.0' encoding='UTF-16'?>{document}".encode("utf-16"))
            case "busy" if again:
                return web.Response(status=429, headers={"Retry-After": "30"})
            case "ailing" if again:
                return web.Response(status=source.random.choice([500, 502, 503, 504]))
        return web.Response(text=document)

    async def _ill(self, source: Source, request: web.BaseRequest) -> web.StreamResponse:
        match source.kind:
            case "bomb":
                return web.Response(body=BOMB, headers={"Content-Encoding": "gzip"})
            case "loop":
                return web.Response(status=302, headers={"Location": str(request.url)})
            case "page":
                return web.Response(text="<html><title>Parked</title></html>", content_type="text/html")
            case "gone":
                return web.Response(status=410)
        response = web.StreamResponse()
        if source.kind != "hanging":
            await response.prepare(request)
        for _ in range(100):
            if source.kind == "endless":
                await response.write(b"<item/>" * 10_000)
            else:
                await asyncio.sleep(0.1)
                if source.kind == "drip":
                    await response.write(b" ")
        return response

    async def happen(self, events: int) -> None:
        """So much news: each source brings something every few of its polls."""
        for _ in range(events):
            source = random.choice(self.sources)
            source.add()
            if source.kind in WELL:
                self.report.expected.add(source.entries[-1])
                self._born[source.entries[-1]] = self.now()
            await asyncio.sleep(60 / self.times / len(self.sources))  # one a (flying) minute for each

    _born: dict[str, float] = {}

    async def publish(self, key: str, message: bytes) -> None:
        """As Kafka takes it: after a while."""
        await asyncio.sleep(0.002)
        assert decode(message, RawArticle).id == key
        self.report.sent[key] += 1
        self.report.delays.append(self.now() - self._born.get(key, self.now()))


async def run(store: str, feeds: int, events: int, times: float, patience: float = 120.0) -> Report:
    """Poll so many feeds with two workers while so much news comes, then until all is in and every feed was asked."""
    clients = [connect(Settings(store=store)) for _ in range(2)]
    async with open_site() as site, browsing() as one, browsing() as two:
        flood = Flood(site, feeds, times)
        limits = Limits(size=200_000, seconds=2.0, redirects=3)
        manners = Manners(gap=2, request=3 * times, lease=30 * times, patience=2 * times)
        pollers = [
            Poller(Feeds(redis), client, read_feed, flood.publish, 2**20, flood.clock, manners, limits, PACE)
            for redis, client in zip(clients, (one, two), strict=True)
        ]
        now = flood.now()
        await pollers[0].feeds.follow([(flood.feed(source), now) for source in flood.sources])
        workers = [asyncio.create_task(work(poller)) for poller in pollers for _ in range(8)]
        await flood.happen(events)
        deadline = time.monotonic() + patience
        while (flood.report.missed() or await _unasked(pollers[0])) and time.monotonic() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        kinds = {flood.feed(source).url: source.kind for source in flood.sources}
        for each in await pollers[0].feeds.followed():
            flood.report.states.setdefault(kinds[each.feed.url], []).append(each.state)
    for redis in clients:
        await redis.aclose()
    return flood.report


async def _unasked(poller: Poller) -> bool:
    return any(not each.state.fetched for each in await poller.feeds.followed())


def _main() -> None:
    from streams.embedded import start_store

    given = [*map(float, sys.argv[1:]), *(200, 60, 10)[len(sys.argv) - 1 :]]
    with start_store() as store:
        began = time.monotonic()
        events = int(given[0] * given[1] * given[2] / 60)  # one a flying minute for each feed
        report = asyncio.run(run(store, int(given[0]), events, given[2]))
        delays = sorted(report.delays)
        print(f"{given[0]:.0f} feeds, {time.monotonic() - began:.0f} s at {given[2]:.0f} times their pace")
        print(f"expected {len(report.expected)} missed {len(report.missed())} twice {len(report.twice())}")
        print(
            f"answers {dict(report.statuses)}, hosts {len(report.asked)}, closest two requests {report.closest():.2f} s"
        )
        print(f"delay (s): median {delays[len(delays) // 2]:.0f}, 95 % {delays[len(delays) * 95 // 100]:.0f}")
        for kind, states in report.states.items():
            print(f"  {kind:9} {len(states)} feeds, {Counter(state.status for state in states).most_common(2)}")


if __name__ == "__main__":
    _main()

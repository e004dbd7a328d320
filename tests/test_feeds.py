"""From a feed to a verdict through the running worker, and back to what the feed is known for."""

import asyncio
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from agents.commands.worker import Worker
from agents.ingest.feeds import opml
from agents.ingest.feeds.feed import Feed
from agents.ingest.feeds.store import Feeds, Followed
from streams.embedded import EMBEDDED, start_store
from streams.settings import Settings
from streams.store import connect

from .running import PATIENCE, Running
from .test_path import FERRY


class Answer(BaseHTTPRequestHandler):
    """A feed whose two entries tell the same."""

    def do_GET(self) -> None:
        items = "".join(
            f"<item><guid>{n}</guid><title>Ferry sinks</title><description>{FERRY}</description></item>" for n in "ba"
        )
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"<rss><channel><title>Wire</title>{items}</channel></rss>".encode())

    def log_message(self, *_: object) -> None:
        """Silent."""


def test_copy_comes_from_a_feed_and_its_repeats_are_counted(embedded_broker: str, tmp_path: Path) -> None:
    listed = tmp_path / "feeds.opml"
    with start_store() as store, ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/feed"
        listed.write_bytes(opml.write([Feed(url)]))
        settings = Settings(
            broker=embedded_broker,
            store=store,
            topic_prefix=f"feeds-{uuid.uuid4().hex[:8]}",
            partitions=1,
            web_port=0,
            feeds=str(listed),
            feeds_networks="127.0.0.0/8",
            **EMBEDDED,
        )
        with Worker(settings) as worker:
            verdicts = Running(settings, worker).verdicts([f"{url} a", f"{url} b"])
            feed = counted(settings, 2)
        server.shutdown()
    assert [verdicts[f"{url} {n}"].verdict for n in "ab"] == ["new", "repeat"]
    assert (feed.tally.told, feed.tally.repeats) == (2, 1)


def counted(settings: Settings, verdicts: int) -> Followed:
    """What is known of the one feed, once so many verdicts are counted for it."""

    async def known() -> Followed:
        redis = connect(settings)
        try:
            return (await Feeds(redis).followed())[0]
        finally:
            await redis.aclose()

    deadline = time.monotonic() + PATIENCE
    while (feed := asyncio.run(known())).tally.told < verdicts:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return feed

"""The door of the ingest room for feeds: wire.raw out; and wire.verdicts in, for what became of their copy."""

from pathlib import Path

from faust.types import StreamT

from agents.ingest.feeds.documents import read_feed
from agents.ingest.feeds.fetch import session
from agents.ingest.feeds.poller import Poller
from agents.ingest.feeds.store import Feeds
from agents.ingest.feeds.watch import count, watch
from streams.addresses import networks
from streams.app import app, flow, settings
from streams.formats import stamp
from streams.store import connect

feeds = Feeds(connect(settings), settings.store)


async def publish(key: str, message: bytes) -> None:
    """Put a message on wire.raw; returns when Kafka has it."""
    topic, named = app.plain(flow.entrance(message)), key.encode("utf-8", "replace")
    await (await topic.send(key=named, value=message, headers=stamp(), force=True))


@app.task  # type: ignore[untyped-decorator]
async def poll_feeds() -> None:
    """The feeds that COPYTASTER_FEEDS lists → wire.raw."""
    if settings.feeds:
        async with session(networks(settings.feeds_networks)) as client:
            await watch(Poller(feeds, client, read_feed, publish, settings.max_message_bytes), Path(settings.feeds))


@app.agent(app.plain(flow.verdicts))
async def count_verdicts(stream: StreamT[bytes]) -> None:
    """wire.verdicts → what share of a feed's copy repeats."""
    async for message in stream:
        await count(feeds, message)

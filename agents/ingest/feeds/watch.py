"""Follows a list of feeds, read anew when it changes, and polls what is due, for as long as it runs."""

import asyncio
import logging
from pathlib import Path

from agents.ingest.feeds import opml
from agents.ingest.feeds.poller import Poller
from agents.ingest.feeds.store import Feeds
from streams.codec import decode
from streams.errors import CopytasterError, RejectedCopy, StoreUnavailable
from streams.records import Verdict

_log = logging.getLogger(__name__)
_AT_ONCE = 8  # feeds that one worker polls at a time; more workers poll more
_IDLE = 1.0  # seconds between two looks for a feed that is due
_REREAD = 10.0  # seconds between two looks at the list
_SPREAD = 0.2  # seconds between new feeds, so that a long list doesn't begin all at once

Stamp = tuple[int, int]


async def watch(poller: Poller, listed: Path) -> None:
    """Poll the feeds that an OPML file lists, until cancelled. A list that can't be read leaves the one before."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_follow(poller, listed))
        for _ in range(_AT_ONCE):
            group.create_task(work(poller))


async def work(poller: Poller) -> None:
    """Poll one feed after another, through outages of the store."""
    me = asyncio.current_task()
    while not (me and me.cancelling()):  # a library may have swallowed the cancellation on the way
        try:
            busy = await poller.poll_next()
        except StoreUnavailable as error:
            _log.warning("feeds wait: %s", error)
            busy = False
        if not busy:
            await poller.clock.sleep(_IDLE)


async def _follow(poller: Poller, listed: Path) -> None:
    stamp: Stamp | None = (0, 0)
    while True:
        found = await asyncio.to_thread(_stamp, listed)
        if found != stamp:
            try:
                await follow(poller, await asyncio.to_thread(listed.read_bytes), str(listed))
                stamp = found
            except StoreUnavailable as error:
                _log.warning("feeds wait: %s", error)
            except (CopytasterError, OSError) as error:
                _log.error("the list of feeds is not followed: %s", error)
                stamp = found
        await poller.clock.sleep(_REREAD)


async def follow(poller: Poller, data: bytes, place: str) -> None:
    """Follow the feeds of a list, and no others; new ones begin one after another."""
    now = poller.clock.now()
    feeds = opml.read(data, place)
    await poller.feeds.follow([(feed, now + number * _SPREAD) for number, feed in enumerate(feeds)])
    _log.info("following the %d feeds of %s", len(feeds), place)


def _stamp(listed: Path) -> Stamp | None:
    try:
        found = listed.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


async def count(feeds: Feeds, message: bytes) -> None:
    """Count a verdict for the feed that brought its article. It only makes statistics, so one may be missed."""
    try:
        verdict = decode(message or b"", Verdict)
        await feeds.tell(verdict.id, repeats=verdict.verdict == "repeat")
    except (RejectedCopy, StoreUnavailable) as error:
        _log.debug("a verdict is not counted: %s", error)

"""Polls a feed that is due: asks for it, sends what is new in it, and says when it is due again.

An entry counts as seen once Kafka has it, and the answer's validators once all its entries are: whatever breaks in
between, the feed is asked anew, and what is sent twice has the same id and content.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import aiohttp
import msgspec

from agents.ingest.feeds import feed as memory
from agents.ingest.feeds.entries import Entry, breaks_off, entries
from agents.ingest.feeds.feed import State, address
from agents.ingest.feeds.fetch import Fetched, FetchFailed, Known, Limits, fetch
from agents.ingest.feeds.habits import notices, since
from agents.ingest.feeds.pace import Pace, hint, wait
from agents.ingest.feeds.pages import whole
from agents.ingest.feeds.store import Feeds, Lease, LeaseLost
from agents.ingest.feeds.turns import Clock, Manners, Turns
from agents.ingest.formats import Found, Input
from streams.errors import RejectedCopy, StoreUnavailable
from streams.logs import about

_log = logging.getLogger(__name__)
_GONE = 410

Read = Callable[[bytes], Sequence[Input]]
Publish = Callable[[str, bytes], Awaitable[None]]


@dataclass(frozen=True)
class Poller:
    """Polls feeds for one worker of many.

    `publish` takes key and message, of up to `largest` bytes, and returns when Kafka has it.
    `read` gives what a document holds, and raises RejectedCopy where it is no feed.
    """

    feeds: Feeds
    client: aiohttp.ClientSession
    read: Read
    publish: Publish
    largest: int
    clock: Clock = field(default_factory=Clock)
    manners: Manners = field(default_factory=Manners)
    limits: Limits = field(default_factory=Limits)
    pace: Pace = field(default_factory=Pace)
    chance: Callable[[], float] = random.random

    async def poll_next(self) -> bool:
        """Poll one feed that is due; False where none is. What breaks on the way leaves it to the next worker."""
        lease = await self.feeds.claim(self.clock.now(), self.manners.lease, self.manners.request)
        if lease is None:
            return False
        turns = Turns(self.feeds, self.clock, self.manners, lease.host)
        try:
            await self._poll(lease, turns)
        except LeaseLost:
            _log.info("another worker has %s by now", lease.url)
        except StoreUnavailable:
            raise
        except Exception:
            _log.exception("polling %s broke off; it is tried again in %.0f s", lease.url, self.pace.shortest)
            await self.feeds.extend(lease, now := self.clock.now(), now + self.pace.shortest)
        finally:
            await turns.release()
        return True

    async def _poll(self, lease: Lease, turns: Turns) -> None:
        url, state = address(lease.feed, lease.state), lease.state
        known = Known(state.answered, state.etag, state.modified)
        marks: list[bytes] = []
        asked = 0.0
        try:
            page = await fetch(self.client, url, known=known, turn=turns.at, limits=self.limits)
            found = await self._entries(lease, page)
            fresh = await self._bring(lease, found, turns)
            marks = [entry.mark for entry in found]
            state = _answered(lease, page, found, fresh, self.clock.now())
        except FetchFailed as error:
            state = memory.failed(state, str(error), self.clock.now())
            asked = self.pace.refused if error.status == _GONE else error.asked
        await self._finish(lease, state, marks, asked)

    async def _entries(self, lease: Lease, page: Fetched) -> list[Entry]:
        """What the document holds; nothing where it is the one that was read last."""
        if not page.changed or _digest(page) == lease.state.digest:
            return []
        try:
            inputs = await asyncio.to_thread(self.read, page.body)
        except RejectedCopy as error:
            raise FetchFailed(str(error)) from error
        except Exception as error:  # a document that no reader foresaw is a fault of this feed, and of no other
            _log.exception("the document of %s can't be read", lease.url)
            raise FetchFailed(f"{type(error).__name__} in its reader; the worker's log has the traceback") from error
        if inputs and not any(isinstance(each, Found) for each in inputs):
            raise FetchFailed("; ".join(each.reason for each in inputs[:1] if not isinstance(each, Found)))
        return entries(inputs[:-1] if _is_torn(page, lease.state) else inputs, lease.feed, lease.state)

    async def _bring(self, lease: Lease, found: Sequence[Entry], turns: Turns) -> list[Entry]:
        """Send what is new, one after another, so that each is known to be sent before the next."""
        unseen = await self.feeds.unseen(lease.url, [entry.mark for entry in found])
        horizon = await self.feeds.horizon()
        fresh = [each for each in found if each.mark in unseen and (each.published or horizon) >= horizon]
        for entry in fresh:
            with about([entry.key]):
                await self._bring_one(lease, entry, turns)
        return fresh

    async def _bring_one(self, lease: Lease, entry: Entry, turns: Turns) -> None:
        if lease.feed.full_text and entry.article and entry.article.url:
            await self.feeds.extend(lease, now := self.clock.now(), now + self.manners.lease)
            article = await whole(self.client, entry.article, turn=turns.at, limits=self.limits)
            entry = replace(entry, article=article)
        await self._send(entry)
        await self.feeds.mark(lease, now := self.clock.now(), now + self.manners.lease, entry.mark, entry.key)

    async def _send(self, entry: Entry) -> None:
        message = entry.message(self.clock.now())
        if len(message) <= self.largest:
            await self.publish(entry.key, message)
        else:
            _log.error("%s is left out: %d bytes are more than COPYTASTER_MAX_MESSAGE_BYTES", entry.key, len(message))

    async def _finish(self, lease: Lease, state: State, marks: Sequence[bytes], asked: float) -> None:
        now = self.clock.now()
        found = notices(state, lease.tally, now)
        for kind, words in found.items():
            if kind not in state.notices:
                _log.warning("%s: %s", lease.url, words)
        for kind in state.notices.keys() - found.keys():
            _log.warning("%s: no longer %s", lease.url, kind)
        state = msgspec.structs.replace(state, notices=since(state, found, now))
        due = now + wait(state, now, self.chance(), self.pace, asked)
        await self.feeds.finish(lease, now, due, state, marks)


def _answered(lease: Lease, page: Fetched, found: Sequence[Entry], fresh: Sequence[Entry], now: float) -> State:
    """What is known after an answer: what it brought, and what it says of itself, for a 304 says nothing of that."""
    state = lease.state
    arrived = memory.times([entry.published for entry in fresh], state, now)
    moved = page.moved or (state.moved if address(lease.feed, state) == state.moved else "")
    state = memory.brought(state, arrived, now)
    state = msgspec.structs.replace(state, status="new" if fresh else "unchanged", moved=moved)
    if not page.changed:
        return state
    if _is_torn(page, lease.state):  # its validators would hide the entry that was left out
        return msgspec.structs.replace(state, status="broken off", torn=_digest(page))
    titles = (entry.article.source for entry in found if entry.article and entry.article.source)
    return msgspec.structs.replace(
        state,
        answered=page.url,
        etag=page.headers.get("ETag", ""),
        modified=page.headers.get("Last-Modified", ""),
        digest=_digest(page),
        hint=hint(page.headers, page.body, now),
        title=next(titles, state.title),
    )


def _is_torn(page: Fetched, state: State) -> bool:
    """Whether a document broke off on its way; one that does so twice in the same place is like that."""
    return breaks_off(page.body) and _digest(page) != state.torn


def _digest(page: Fetched) -> str:
    return blake2b(page.body, digest_size=16).hexdigest()

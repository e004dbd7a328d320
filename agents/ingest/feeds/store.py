"""The feeds' store: what is followed, what is known of it, whose turn it is. Nothing else here knows Redis.

Keys, all under `ct1:w:` (the 1 is the layout's version): `due` the feeds by when they are due, or when their lease
ends; `f:URL` a feed (`feed` as it is named, `state` what is known, `host` the one asked, `token` of the latest lease,
`told`, `repeats`, `run` its verdicts); `e:URL` marks of its entries by when they were in it last; `h` hosts by when
they are free; `p:ID` the feed that brought an article; `o` before when entries are old (after a loss of the store).
"""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, cast

import msgspec
from redis.asyncio import Redis

from agents.ingest.feeds.feed import Feed, State, Tally, address, host
from streams.store import answering

PREFIX = "ct1:w:"
_DAY = 86400
_MARK_LIFE = 30 * _DAY  # an entry may be gone from its feed for so long and is known when it comes back
_FEED_LIFE = 90 * _DAY
_MARKS = 20_000  # of one feed, the latest: a feed may give its entries new ids each time
_LOOKED = 1000  # feeds due that may wait for a busy host, before one whose host is free
_HALVED = 200  # verdicts: the share of repeats is that of the latest 100 to 200

_CLAIM, _ENTER, _HOLD, _FOLLOW, _TELL = (
    files("agents.ingest.feeds").joinpath(f"{name}.lua").read_text()
    for name in ("claim", "enter", "hold", "follow", "tell")
)


@dataclass(frozen=True, slots=True)
class Lease:
    """A feed that is ours to poll for a while, and its host for the first request; `token` tells it from later ones."""

    url: str
    token: int
    host: str
    feed: Feed
    state: State
    tally: Tally


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed as `copytaster feeds` lists it; `due` in seconds since 1970."""

    feed: Feed
    state: State
    tally: Tally
    due: float


class LeaseLost(Exception):
    """Another worker has the feed by now, or it is followed no more."""


class Feeds:
    """Shares feeds among workers. Times are the callers', in seconds since 1970.

    Raises StoreUnavailable where the store doesn't answer; asking again is safe.
    """

    def __init__(self, redis: Redis, where: str = "") -> None:
        self._redis, self._where = redis, where
        register = redis.register_script
        self._claim, self._enter, self._hold = register(_CLAIM), register(_ENTER), register(_HOLD)
        self._follow, self._tell = register(_FOLLOW), register(_TELL)

    async def follow(self, feeds: Sequence[tuple[Feed, float]]) -> None:
        """Follow these feeds and no others; each comes with the time when it is due if it is new."""
        rows = [(feed.url, host(feed.url), msgspec.msgpack.encode(feed), due) for feed, due in feeds]
        await self._run(self._follow, [PREFIX, _FEED_LIFE, *(value for row in rows for value in row)])

    async def claim(self, now: float, lease: float, request: float) -> Lease | None:
        """A feed that is due and whose host is free, for `lease` seconds, and its host for `request`."""
        reply = await self._run(self._claim, [PREFIX, now, lease, request, _LOOKED])
        if not reply:
            return None
        url, token, where, *rest = reply
        feed, state, tally = _known(url.decode(), *rest)
        return Lease(url.decode(), token, where.decode(), feed, state, tally)

    async def enter(self, name: str, now: float, request: float) -> float | None:
        """Take a host for a request of so many seconds; gives when to ask again where it is busy."""
        free = await self._run(self._enter, [PREFIX, now, request, name])
        return float(free) if free else None

    async def leave(self, name: str, free: float) -> None:
        """A request is over; the host may be asked again from `free` on."""
        with answering(self._where):
            await self._redis.zadd(PREFIX + "h", {name: free})

    async def unseen(self, url: str, marks: Sequence[bytes]) -> set[bytes]:
        """Those of the marks that this feed's entries don't have yet."""
        if not marks:
            return set()
        with answering(self._where):
            scores = await self._redis.zmscore(f"{PREFIX}e:{url}", cast(list[str], list(marks)))
        return {mark for mark, score in zip(marks, scores, strict=True) if score is None}

    async def horizon(self) -> float:
        """What was published before this (seconds since 1970) the river had, and forgot; 0 where it forgot nothing."""
        with answering(self._where):
            return float(await self._redis.get(PREFIX + "o") or 0)

    async def forgot(self, before: float) -> None:
        """The store was lost, and nobody knows which entries the river had."""
        with answering(self._where):
            await self._redis.set(PREFIX + "o", before, ex=_FEED_LIFE)

    async def mark(self, lease: Lease, now: float, until: float, mark: bytes, article: str) -> None:
        """Kafka has an entry; the lease goes on until then. Raises LeaseLost."""
        await self._keep(lease, now, until, marks=[mark], sent=[article])

    async def extend(self, lease: Lease, now: float, until: float) -> None:
        """The lease goes on until then. Raises LeaseLost."""
        await self._keep(lease, now, until)

    async def finish(self, lease: Lease, now: float, due: float, state: State, marks: Sequence[bytes] = ()) -> None:
        """The lease ends: what became of the feed, when it is due, and all marks of its document. Raises LeaseLost."""
        await self._keep(lease, now, due, state=state, marks=marks)

    async def _keep(
        self,
        lease: Lease,
        now: float,
        due: float,
        *,
        state: State | None = None,
        marks: Sequence[bytes] = (),
        sent: Sequence[str] = (),
    ) -> None:
        ends = [msgspec.msgpack.encode(state), host(address(lease.feed, state))] if state else ["", ""]
        life = [_MARK_LIFE, _FEED_LIFE, _MARKS]
        arguments = [PREFIX, lease.url, lease.token, now, due, *life, *ends, len(marks), *marks, *sent]
        if not await self._run(self._hold, arguments):
            raise LeaseLost(lease.url)

    async def tell(self, article: str, repeats: bool) -> None:
        """An article was judged; counts for the feed that brought it."""
        await self._run(self._tell, [PREFIX, article, int(repeats), _HALVED])

    async def followed(self) -> list[Followed]:
        """What is known of every feed that is followed, those due first."""
        names = [b"feed", b"state", b"told", b"repeats", b"run"]
        with answering(self._where):
            due = cast(list[tuple[bytes, float]], await self._redis.zrange(PREFIX + "due", 0, -1, withscores=True))
            pipeline = self._redis.pipeline(transaction=False)
            for url, _ in due:
                pipeline.hmget(PREFIX.encode() + b"f:" + url, names)
            rows = await pipeline.execute()
        return [Followed(*_known(url.decode(), *row), when) for (url, when), row in zip(due, rows, strict=True)]

    async def _run(self, script: Any, arguments: Sequence[Any]) -> Any:
        with answering(self._where):
            return await cast(Awaitable[Any], script(args=arguments))


def _known(
    url: str, feed: bytes | None, state: bytes | None, told: bytes | None, repeats: bytes | None, run: bytes | None
) -> tuple[Feed, State, Tally]:
    return (
        msgspec.msgpack.decode(feed, type=Feed) if feed else Feed(url),
        msgspec.msgpack.decode(state, type=State) if state else State(),
        Tally(int(told or 0), int(repeats or 0), int(run or 0)),
    )

"""The subscriptions' store: what each has caught, what waits to be posted. Nothing else in this room knows Redis.

Keys, all under `ct1:d:` (the 1 is the layout's version), each for a subscription's NAME: `s` when it began; `c:NAME`
ids of alerts that it caught, by time; `q:NAME` those that wait, by when they are due, `b:NAME` their records, `a:NAME`
those of them that wait for an unwell receiver, by when they were caught; `w:NAME` until when it is one worker's, or
its receiver is left alone (`until`, `token`), and the address that wants no more; `f:NAME` the entries of its feed,
the latest first. And `m:STORY`: ids of the stories that were merged into one.
"""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal, cast

import msgspec
from redis.asyncio import Redis

from agents.deliver.subscriptions import Subscription
from streams.codec import decode, encode
from streams.records import Alert
from streams.store import answering

PREFIX = "ct1:d:"
LIFE = 30 * 86400  # seconds: as long as alerts and rejected messages are kept
_WAITING = 10_000  # alerts of one subscription
_KNOWN = 100_000  # alerts of one subscription that are known not to be new

_BEGIN, _CATCH, _CLAIM, _SETTLE = (
    files("agents.deliver").joinpath(f"{name}.lua").read_text() for name in ("begin", "catch", "claim", "settle")
)

Caught = Literal["now", "before", "full"]
_CAUGHT: Mapping[int, Caught] = {1: "now", 0: "before", -1: "full"}


class Waiting(msgspec.Struct, frozen=True):
    """An alert that waits for its webhook: since when (seconds since 1970), and how often it was tried."""

    alert: Alert
    first: float
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Lease:
    """An alert that is ours to post for a while; `closed` is an address that wants no more, empty where none does."""

    name: str
    token: int
    waiting: Waiting
    closed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a lease. `free` is when the next may be taken.

    `due` and `waiting` tell of the next attempt, None: there is none. `again` lets the alert be caught anew; `closed`
    is an address that wants no more until `closed_until`.
    """

    free: float
    due: float | None = None
    waiting: Waiting | None = None
    health: Literal["well", "unwell", ""] = ""
    again: bool = False
    closed: str = ""
    closed_until: float = 0.0


class Deliveries:
    """Shares deliveries among workers. Times are the callers', in seconds since 1970; `most` may wait for a webhook.

    Raises StoreUnavailable where the store doesn't answer; asking again is safe.
    """

    def __init__(self, redis: Redis, where: str = "", most: int = _WAITING) -> None:
        self._redis, self._where, self.most = redis, where, most
        register = redis.register_script
        self._begin, self._catch = register(_BEGIN), register(_CATCH)
        self._claim, self._settle = register(_CLAIM), register(_SETTLE)

    async def begin(self, seen: Mapping[str, float]) -> dict[str, float]:
        """When each subscription began: when any worker saw it first."""
        if not seen:
            return {}
        begun = await self._run(self._begin, [PREFIX, *(part for row in seen.items() for part in row)])
        return {name: float(moment) for name, moment in zip(seen, begun, strict=True)}

    async def had(self, names: Sequence[str], ids: Sequence[str]) -> set[str]:
        """Those of the subscriptions that caught any of these alerts."""
        if not (names and ids):
            return set()
        with answering(self._where):
            pipeline = self._redis.pipeline(transaction=False)
            for name in names:
                pipeline.zmscore(f"{PREFIX}c:{name}", list(ids))
            rows = await pipeline.execute()
        return {name for name, row in zip(names, rows, strict=True) if any(score is not None for score in row)}

    async def merged(self, alert: Alert) -> set[str]:
        """Ids of all stories that were merged into the alert's, by this alert or an earlier one, at one remove or more.

        A story lives on under one id, and who asked for it by another must hear of it.
        """
        with answering(self._where):
            pipeline = self._redis.pipeline(transaction=False)
            for story in (alert.story, *alert.merged):
                pipeline.smembers(f"{PREFIX}m:{story}")
            found = {each.decode() for row in await pipeline.execute() for each in row} | set(alert.merged)
            if alert.merged:
                key = f"{PREFIX}m:{alert.story}"
                await self._redis.sadd(key, *sorted(found))
                await self._redis.expire(key, LIFE)
        return found

    async def catch(self, subscription: Subscription, alert: Alert, now: float) -> Caught:
        """Keep an alert for who catches it; `full` where too many wait, and this one isn't kept."""
        waiting = msgspec.msgpack.encode(Waiting(alert, now)) if subscription.webhook else b""
        entry = encode(alert) if subscription.entries else b""
        bounds = [now, LIFE, _KNOWN, waiting, self.most, entry, subscription.entries]
        return _CAUGHT[await self._run(self._catch, [PREFIX, subscription.name, alert.id, *bounds])]

    async def claim(self, name: str, now: float, lease: float) -> Lease | None:
        """The alert that is due longest, for `lease` seconds; None while another worker has one or nothing is due."""
        reply = await self._run(self._claim, [PREFIX, name, now, lease])
        if not reply:
            return None
        token, _, waiting, closed = reply
        return Lease(name, token, msgspec.msgpack.decode(waiting, type=Waiting), closed.decode())

    async def settle(self, lease: Lease, settled: Settled) -> bool:
        """A lease ends; False where another worker has it by now, and nothing is changed."""
        due = "" if settled.due is None else settled.due
        waiting = msgspec.msgpack.encode(settled.waiting) if settled.waiting else b""
        told = [settled.free, due, waiting, lease.waiting.first, settled.health, int(settled.again)]
        closed = [settled.closed, settled.closed_until]
        arguments = [PREFIX, lease.name, lease.token, lease.waiting.alert.id, *told, *closed]
        return bool(await self._run(self._settle, arguments))

    async def entries(self, name: str) -> list[Alert]:
        """What stands in a subscription's feed, the latest first."""
        with answering(self._where):
            found = await cast(Awaitable[list[bytes]], self._redis.lrange(f"{PREFIX}f:{name}", 0, -1))
        return [decode(each, Alert) for each in found]

    async def _run(self, script: Any, arguments: Sequence[Any]) -> Any:
        with answering(self._where):
            return await cast(Awaitable[Any], script(args=arguments))

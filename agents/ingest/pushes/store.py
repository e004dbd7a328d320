"""What pushes with an Idempotency-Key were answered, so that the same push again gets the same answer.

Keys, all under `ct1:i:` (the 1 is the layout's version): `k:DIGEST`, a hash of the sender's key, holds JSON: the
digest of the request, and the answer once there is one. It lives for a day with an answer, and for a minute
without: so long a worker may take, and so long a killed one keeps the sender waiting.
"""

from hashlib import blake2b
from typing import cast

import msgspec
from redis.asyncio import Redis

from streams.store import answering

PREFIX = "ct1:i:"
_KEPT = 24 * 3600  # seconds
_LEASE = 60  # seconds: several times what the broker is waited for


class Taken(msgspec.Struct, frozen=True, array_like=True):
    """A request that had the key before: its digest, and its answer, None while it is being worked on."""

    digest: str
    answer: bytes | None = None


class Answers:
    """Remembers answers by the sender's key. Each call raises StoreUnavailable where the store doesn't answer."""

    def __init__(self, redis: Redis, where: str = "") -> None:
        self._redis, self._where = redis, where

    async def claim(self, key: str, digest: str) -> Taken | None:
        """Take the key for a request; gives the one that has it already, in one step."""
        mine = msgspec.json.encode(Taken(digest))
        with answering(self._where):
            held = cast(bytes | None, await self._redis.set(_place(key), mine, nx=True, get=True, ex=_LEASE))
        return msgspec.json.decode(held, type=Taken) if held else None

    async def keep(self, key: str, digest: str, answer: bytes) -> None:
        """Keep the answer to the request that holds the key."""
        with answering(self._where):
            await self._redis.set(_place(key), msgspec.json.encode(Taken(digest, answer)), ex=_KEPT)

    async def release(self, key: str) -> None:
        """Give the key back: the request came to nothing."""
        with answering(self._where):
            await self._redis.delete(_place(key))


def _place(key: str) -> str:
    return f"{PREFIX}k:{blake2b(key.encode(), digest_size=16).hexdigest()}"

"""The fingerprint store: which earlier articles share text with this one. Nothing else here knows Redis.

Keys, all under `ct3:f:` (the 3 is the layout's version): `n` the number of the latest article; `a:NUMBER` its
record; `f:GENERATION:BUCKET` the index; `g` which generation is filled, when it began, and of each its first article,
buckets, postings and bytes; `gp` those to be purged. A posting is 7 bytes: 4 of the fingerprint, 3 that say which
article has it. A document's name is indexed as a fingerprint too. The index is kept in two generations, each as long as
the window and within half the budget: the older goes as a whole when a third begins.
"""

import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any, cast

from cramjam import zstd
from redis.asyncio import Redis

from agents.dedupe.alignment import Earlier
from agents.dedupe.fingerprint import fingerprints
from agents.dedupe.words import Copy, read
from streams.store import answering

PREFIX = "ct3:f:"
BUCKETS = 4096  # of a generation, to begin with
LOAD = 40  # postings in a bucket, from where the index gets another: a key of 60 bytes is little beside them
_ROOM = 2**24 - 2**20  # articles of a generation: what three bytes count, less what may come until we look
POSTINGS = 16  # articles kept for a fingerprint, the latest: a phrase that more have tells nothing
_CANDIDATES = 8  # earlier articles compared with: enough for a round-up
_CHECK_EVERY = 10.0  # seconds between two looks at the age and size of the index
BESIDE = 250  # bytes of an article beside its text and postings: ids, its share of keys, what the allocator rounds up
_PURGED_AT_ONCE, _PURGES = 500, 40  # keys in one step, and steps at each look
_UNPACKED = 512  # earlier texts a worker keeps ready: each may take 300 kB once it has been compared with
_EFFORT = 3  # zstd's: a third of the time that zlib takes for as many bytes

_CLAIM, _ROTATE, _PURGE = (
    files("agents.dedupe").joinpath(f"{name}.lua").read_text() for name in ("claim", "rotate", "purge")
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article to be looked up by its copy; what stood beside it (`aside`) and its language are kept with it."""

    item: str
    doc: str
    copy: Copy
    aside: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Claim:
    """What the store answers: the earlier articles that share fingerprints, in order of arrival.

    `first` is False for an article claimed before; it gets the earlier articles that it got then.
    """

    first: bool
    earlier: tuple[Earlier, ...]


class Archive:
    """Remembers the copy that came in, for `window` to twice `window` seconds and within a memory budget."""

    def __init__(self, redis: Redis, *, window: float, budget: int, where: str = "") -> None:
        self._redis, self._window, self._budget, self._where = redis, window, budget, where
        register = redis.register_script
        self._claim, self._rotate, self._purge = register(_CLAIM), register(_ROTATE), register(_PURGE)
        self._checked = 0.0

    async def claim(self, articles: Sequence[Entry]) -> list[Claim]:
        """Look up and remember articles, one after another in one round trip.

        Raises StoreUnavailable where the store doesn't answer; asking again is safe.
        """
        with answering(self._where):
            await self._keep_bounds()
            pipeline = self._redis.pipeline(transaction=False)
            for article in articles:
                await cast(Awaitable[Any], self._claim(args=self._arguments(article), client=pipeline))
            replies = await pipeline.execute()
        return [Claim(bool(reply[0]), tuple(unpacked(*row) for row in reply[1:])) for reply in replies]

    def _arguments(self, article: Entry) -> list[Any]:
        prints = named(article.doc) + fingerprints(article.copy).astype(">u8").tobytes()
        life = int(2 * self._window) + 3600
        bounds = [POSTINGS, _CANDIDATES, life, BUCKETS, LOAD, BESIDE]
        return [PREFIX, article.doc, article.item, kept(article), *bounds, prints]

    async def _keep_bounds(self) -> None:
        """Now and then: begin a new generation when this one is full or old, and purge some of what is past.

        A generation may take half of the budget, which is the archive's own: others keep more in the same store.
        """
        now = time.monotonic()
        if now - self._checked < _CHECK_EVERY and self._checked:
            return
        self._checked = now
        past = await cast(
            Awaitable[list[bytes]],
            self._rotate(args=[PREFIX, time.time(), self._window, _ROOM, self._budget // 2]),
        )
        for generation in past[:1]:
            for _ in range(_PURGES):
                if await cast(Awaitable[int], self._purge(args=[PREFIX, generation, _PURGED_AT_ONCE, BUCKETS])):
                    break


def named(doc: str) -> bytes:
    """The fingerprint of a document's name, 8 bytes."""
    return blake2b(doc.encode(), digest_size=8).digest()


def kept(article: Entry) -> bytes:
    """What is kept of an article's text."""
    language, copy = "".join(article.language.split()), article.copy.text
    return bytes(zstd.compress(f"{language} {len(copy)}\n{copy}\n\n{article.aside}".encode(), _EFFORT))


@lru_cache(maxsize=_UNPACKED)
def unpacked(item: bytes, doc: bytes, text: bytes) -> Earlier:
    """An earlier article as the store answers with it."""
    head, copy = bytes(zstd.decompress(text)).decode().split("\n", 1)
    language, length = head.rsplit(" ", 1)
    return Earlier(item.decode(), doc.decode(), read(copy, language), int(length))

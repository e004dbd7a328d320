"""The dedupe step against datasketch on the same store: which earlier articles share text with this one?

Like for like is our look-up alone: read, fingerprint, ask, remember. What datasketch has no counterpart for,
comparing passage by passage, is timed with it beside that.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from datasketch import MinHash, MinHashLSH
from redis import Redis

from agents.clean.article import clean
from agents.dedupe.comparer import compare_articles
from agents.dedupe.store import PREFIX, Archive, Entry
from agents.dedupe.words import read
from bench.wire import Wire
from bench.yardstick import Clock, Lap, in_turns
from streams.records import CleanArticle
from streams.settings import Settings
from streams.store import connect

_BATCH = Settings().batch
_SHINGLE = 4  # words, as ours
_NOW = datetime(2026, 3, 2, tzinfo=UTC)


def figures(store: str, *, quick: bool) -> dict[str, float]:
    """The table's figures on dedupe, and what stands behind them."""
    count, rounds = (600, 3) if quick else (2_000, 5)
    mixed = articles(Wire(1, repeats=0.4, updates=0.2), count)
    with Redis.from_url(store) as server:
        laps = in_turns(
            rounds,
            look_up=lambda _: _run(_look_up, store, server, mixed),
            room=lambda _: _run(_compare, store, server, mixed),
            datasketch=lambda _: datasketch(store, server, mixed[: count // 4]),
        )
        sizes = sizes_of(store, server, articles(Wire(2, words=500), 10 * count))
        server.flushall()
    theirs = laps["datasketch"]
    return {
        "dedupe_over_datasketch": laps["look_up"].rate / theirs.rate,
        "dedupe_room_over_datasketch": laps["room"].rate / theirs.rate,
        **sizes,
        "datasketch_per_second": theirs.rate,
        **{f"dedupe_{name}_per_second": laps[name].rate for name in ("look_up", "room")},
        **{f"dedupe_{name}_cpu_ms": 1000 * laps[name].ours / count for name in ("look_up", "room")},
        "dedupe_store_cpu_ms": 1000 * laps["look_up"].store / count,
    }


def articles(wire: Wire, count: int) -> list[CleanArticle]:
    """So many articles of a wire, cleaned."""
    return [clean(each, _NOW) for each in wire.take(count)]


def _run(work: Any, store: str, server: Redis, given: Sequence[CleanArticle]) -> Lap:
    async def timed() -> Lap:
        redis = connect(Settings(store=store))
        archive = Archive(redis, window=1e6, budget=2**40)
        await archive.claim([])
        clock = Clock(server)
        for start in range(0, len(given), _BATCH):
            await work(archive, given[start : start + _BATCH])
        lap = clock.lap(len(given))
        await redis.aclose()
        return lap

    server.flushall()
    return asyncio.run(timed())


async def _look_up(archive: Archive, batch: Sequence[CleanArticle]) -> None:
    await archive.claim([Entry(each.id, each.doc, read(each.text), each.aside, each.language) for each in batch])


async def _compare(archive: Archive, batch: Sequence[CleanArticle]) -> None:
    await compare_articles(archive, batch, datetime.now(UTC))


def datasketch(store: str, server: Redis, given: Sequence[CleanArticle]) -> Lap:
    """MinHash LSH as its documentation has it: one article after another, asked and then inserted."""
    server.flushall()
    lsh = lsh_on(store)
    clock = Clock(server)
    for each in given:
        sketch = sketched(each.text)
        lsh.query(sketch)
        lsh.insert(each.id, sketch)
    return clock.lap(len(given))


def lsh_on(store: str) -> Any:
    """An index of datasketch's on this store, with its own defaults for number and threshold (128, Jaccard 0.5)."""
    place = urlsplit(store)
    kept = {"type": "redis", "basename": b"lsh", "redis": {"host": place.hostname, "port": place.port}}
    return MinHashLSH(threshold=0.5, num_perm=128, storage_config=kept)


def sketched(text: str) -> Any:
    """The MinHash of a text's runs of words."""
    words = text.split()
    sketch = MinHash(num_perm=128)
    sketch.update_batch(
        [" ".join(words[at : at + _SHINGLE]).encode() for at in range(max(1, len(words) - _SHINGLE + 1))]
    )
    return sketch


def sizes_of(store: str, server: Redis, given: Sequence[CleanArticle]) -> dict[str, float]:
    """Bytes that the store takes for an article: of its index, and of what is kept of its text.

    All that its memory grew by, less the records; those are asked of the server.
    """
    server.flushall()
    before = server.info("memory")["used_memory"]
    _run_on(store, given)
    grown = server.info("memory")["used_memory"] - before
    asked = range(1, len(given) + 1, max(1, len(given) // 500))
    records = [server.memory_usage(f"{PREFIX}a:{number}", samples=0) or 0 for number in asked]
    text = sum(records) / len(records)
    return {"store_bytes_per_article": grown / len(given) - text, "text_bytes_per_article": text}


def _run_on(store: str, given: Sequence[CleanArticle]) -> None:
    async def fill() -> None:
        redis = connect(Settings(store=store))
        archive = Archive(redis, window=1e6, budget=2**40)
        for start in range(0, len(given), _BATCH):
            await _look_up(archive, given[start : start + _BATCH])
        await redis.aclose()

    asyncio.run(fill())

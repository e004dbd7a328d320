"""What an article costs as the stores fill: the dedupe room's time and bytes by the number of articles stored.

Stores of all sizes begin with the same articles and are asked for the same ones, in turns: what differs is their size.
"""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from random import Random
from statistics import median

from redis import Redis

from agents.clean.article import clean
from agents.dedupe.comparer import compare_articles
from agents.dedupe.store import PREFIX, Archive, unpacked
from bench.bulk import Press, fill
from bench.yardstick import Clock, Lap
from streams.embedded import start_store
from streams.records import CleanArticle, RawArticle
from streams.settings import Settings
from streams.store import connect

_SIZES = (10_000, 100_000, 1_000_000)
_REPEATS, _UPDATES = 0.4, 0.2
_NOW = datetime(2026, 3, 2, tzinfo=UTC)


def figures(_: str, *, quick: bool) -> dict[str, float]:
    """Time and bytes for an article at each size, and what the largest costs over the smallest."""
    sizes, rounds, count = (_SIZES[:2], 5, 100) if quick else (_SIZES, 9, 200)
    found: dict[str, float] = {}
    with ExitStack() as running:
        urls = {size: running.enter_context(start_store()) for size in sizes}
        texts: list[str] = []
        for size, url in urls.items():
            texts, sized = _filled(url, size, texts)
            found |= {f"{name}_at_{size}": value for name, value in sized.items()}
        fresh = Press(2)
        laps: dict[int, list[Lap]] = {size: [] for size in sizes}
        for turn in range(rounds + 1):
            asked = probes(turn, count, texts, fresh)
            for size, url in list(urls.items())[:: 1 - 2 * (turn % 2)]:
                lap = asyncio.run(_compared(url, asked))
                if turn:  # the first warms up
                    laps[size].append(lap)
    for size, each in laps.items():
        found |= {f"growth_{name}_at_{size}": value for name, value in _timed(each).items()}
    label = "1m" if sizes[-1] == 1_000_000 else "100k"
    ratios = [_cpu(last) / _cpu(first) for first, last in zip(laps[sizes[0]], laps[sizes[-1]], strict=True)]
    return {f"growth_{label}_over_10k": median(ratios), **found}


def probes(turn: int, count: int, stored: Sequence[str], press: Press) -> list[CleanArticle]:
    """Articles to ask with: repeats and updates of what is stored, and fresh ones, shuffled by the turn's seed."""
    draw = Random(turn)
    texts = [draw.choice(stored) for _ in range(int(count * (_REPEATS + _UPDATES)))]
    fresh = [text for block in press.blocks(count - len(texts)) for text in press.texts(block)]
    for at in range(int(count * _UPDATES)):
        new = fresh[at % len(fresh)].split("\n\n")
        texts[at] = "\n\n".join([new[-1], texts[at].replace(" 4", " 5", 1), new[0]])
    mixed = [*texts, *fresh]
    draw.shuffle(mixed)
    raws = (RawArticle(id=f"probe-{turn}-{at}", language="en", text=text) for at, text in enumerate(mixed))
    return [clean(each, _NOW) for each in raws]


def _filled(url: str, size: int, texts: list[str]) -> tuple[list[str], dict[str, float]]:
    """Fill a store; gives the first copy in it, and the bytes that an article takes."""
    with Redis.from_url(url, socket_timeout=600) as server:
        before = server.info("memory")["used_memory"]
        fill(server, Press(1), size)
        grown = (server.info("memory")["used_memory"] - before) / size
        asked = range(1, size + 1, size // 500)
        text = sum(server.memory_usage(f"{PREFIX}a:{number}", samples=0) or 0 for number in asked) / len(asked)
    texts = texts or [text for block in Press(1).blocks(_SIZES[0]) for text in Press(1).texts(block)]
    return texts, {"growth_index_bytes": grown - text, "growth_text_bytes": text}


async def _compared(url: str, articles: Sequence[CleanArticle]) -> Lap:
    unpacked.cache_clear()  # one store must not profit from what was read for another
    redis = connect(Settings(store=url))
    archive = Archive(redis, window=1e6, budget=2**40)
    await archive.claim([])
    with Redis.from_url(url) as server:
        clock = Clock(server)
        for start in range(0, len(articles), Settings().batch):
            await compare_articles(archive, articles[start : start + Settings().batch], datetime.now(UTC))
        lap = clock.lap(len(articles))
    await redis.aclose()
    return lap


def _timed(laps: Sequence[Lap]) -> dict[str, float]:
    """Milliseconds for an article: of processors, ours and the store's, and of the wall."""
    return {
        "ms": median(1000 * _cpu(lap) / lap.articles for lap in laps),
        "store_ms": median(1000 * lap.store / lap.articles for lap in laps),
        "wall_ms": median(1000 * lap.wall / lap.articles for lap in laps),
    }


def _cpu(lap: Lap) -> float:
    return lap.ours + lap.store

"""What an article costs in each room: milliseconds of processors, ours and the store's, and the store's bytes.

Of a mixed wire, in one process and without Kafka: `bench.simulate` reckons workers and stores from it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from redis import Redis

from agents.alert.desk import Desk
from agents.alert.shelf import Shelf
from agents.alert.store import Ledger
from agents.clean.article import clean
from agents.dedupe.comparer import compare_articles
from agents.dedupe.store import Archive
from agents.extract.tagger import Tagger
from bench.wire import Wire
from bench.yardstick import Clock
from streams.records import CleanArticle, Entity, FreshArticle, RawArticle, TaggedArticle
from streams.settings import Settings
from streams.store import connect

_NOW = datetime(2026, 3, 2, tzinfo=UTC)
_WARM = 40  # articles that are carried before anything is timed


def figures(store: str, *, quick: bool) -> dict[str, float]:
    """Milliseconds and bytes for an article by room, and the share that was not tagged."""
    articles = Wire(5, repeats=0.4, updates=0.2).take(_WARM + (160 if quick else 1_000))
    return asyncio.run(_measured(Settings(store=store), articles))


async def _measured(settings: Settings, articles: Sequence[RawArticle]) -> dict[str, float]:
    redis, found = connect(settings), dict[str, float]()
    archive = Archive(redis, window=1e6, budget=2**40, where=settings.store)
    desk = Desk(Ledger(redis, settings), Shelf(redis, settings), settings)
    with Redis.from_url(settings.store) as server:
        async with Tagger(settings.model, processes=0) as tagger:
            for part in (articles[:_WARM], articles[_WARM:]):
                found = await _carried(server, archive, tagger, desk, part)
    await redis.aclose()
    return found


async def _carried(
    server: Redis, archive: Archive, tagger: Tagger, desk: Desk, articles: Sequence[RawArticle]
) -> dict[str, float]:
    found = dict[str, float]()

    async def timed(room: str, work: Callable[[], Awaitable[Any]]) -> Any:
        clock, before = Clock(server), server.info("memory")["used_memory"]
        result = await work()
        lap = clock.lap(len(articles))
        found[f"room_{room}_ms"] = 1000 * lap.ours / lap.articles
        found[f"room_{room}_store_ms"] = 1000 * lap.store / lap.articles
        found[f"room_{room}_bytes"] = (server.info("memory")["used_memory"] - before) / lap.articles
        return result

    async def cleaned() -> list[CleanArticle]:
        return [clean(each, _NOW) for each in articles]

    copy = await timed("clean", cleaned)
    fresh = await timed("dedupe", lambda: compare_articles(archive, copy, _NOW))
    novel = [each for each in fresh if each.novel]
    entities = await timed("extract", lambda: tagger.tag([each.novel for each in novel]))
    named = {each.article.id: names for each, names in zip(novel, entities, strict=True)}

    async def judged() -> None:
        for at, each in enumerate(fresh):
            await desk.judge(_tagged(each, named), _NOW + timedelta(seconds=5 * at))

    await timed("alert", judged)
    return {**found, "share_untagged": 1 - len(novel) / len(fresh)}


def _tagged(fresh: FreshArticle, named: Mapping[str, list[Entity]]) -> TaggedArticle:
    return TaggedArticle(article=fresh.article, comparison=fresh.comparison, entities=named.get(fresh.article.id, []))

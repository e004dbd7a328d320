"""What a verdict costs by the number of running stories: the alert room's time, through its own desk and ledger.

Stories are told over from a few real decisions: each has ids and half of its look-up terms of its own, the others it
shares with others, as stories share words. So every term leads to as many stories as the ledger keeps under one.
"""

import asyncio
import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median

from msgspec import structs
from redis import Redis

from agents.alert.case import LOOKED, Case
from agents.alert.desk import Desk
from agents.alert.shelf import Shelf
from agents.alert.store import Decision, Ledger, Opened
from agents.alert.terms import terms
from agents.clean.article import clean
from agents.dedupe.comparison import compare
from agents.dedupe.words import read
from bench.wire import Wire
from bench.yardstick import Clock, Lap
from streams.embedded import start_store
from streams.records import Entity, RawArticle, TaggedArticle
from streams.settings import Settings
from streams.store import connect
from streams.thresholds import Thresholds

_SIZES = (100, 10_000, 100_000)
_TOLD = 100  # decisions of which the others are copies
_AT_ONCE = 50  # commits on their way
_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
_NOW = datetime(2026, 3, 2, tzinfo=UTC)


def figures(_: str, *, quick: bool) -> dict[str, float]:
    """Milliseconds of processors for a verdict, at each number of stories."""
    sizes, rounds, count = (_SIZES[:2], 5, 20) if quick else (_SIZES, 9, 40)
    with ExitStack() as running:
        urls = {size: running.enter_context(start_store()) for size in sizes}
        for size, url in urls.items():
            asyncio.run(_filled(url, size))
        laps: dict[int, list[Lap]] = {size: [] for size in sizes}
        for turn in range(rounds + 1):
            asked = [_tagged(each) for each in _asked(turn, count)]
            for size, url in urls.items():
                lap = asyncio.run(_judged(url, asked))
                if turn:  # the first warms up
                    laps[size].append(lap)
    found: dict[str, float] = {}
    for size, each in laps.items():
        found[f"stories_ms_at_{size}"] = median(1000 * (lap.ours + lap.store) / lap.articles for lap in each)
        found[f"stories_store_ms_at_{size}"] = median(1000 * lap.store / lap.articles for lap in each)
    return found


def _asked(turn: int, count: int) -> list[RawArticle]:
    """Copy on what some of the stories are about, with a paragraph more each turn."""
    told, more = Wire(99).take(_TOLD), Wire(100 + turn).take(count)
    picked = [told[(turn * count + at) % _TOLD] for at in range(count)]
    return [
        structs.replace(each, id=f"{each.id}-{turn}", text=f"{each.text}\n\n{(new.text or '').split('.')[0]}.")
        for each, new in zip(picked, more, strict=True)
    ]


def _tagged(raw: RawArticle) -> TaggedArticle:
    """An article as it comes to the alert room, names being found by their capitals: the model has no part in it."""
    article = clean(raw, _NOW)
    names = dict.fromkeys(_NAME.findall(article.text))
    entities = [Entity(name=name, kind="PERSON", forms=[name]) for name in names]
    return TaggedArticle(article=article, comparison=compare(read(article.text), []), entities=entities)


async def _filled(url: str, stories: int) -> None:
    """Have so many stories run."""
    settings = Settings(store=url)
    redis = connect(settings)
    ledger, told = Ledger(redis, settings), list[tuple[Decision, Opened]]()
    for tagged in map(_tagged, Wire(99).take(min(_TOLD, stories))):
        weights = terms(tagged)
        opened = await ledger.open(tagged, list(weights)[:LOOKED], list(weights))
        told.append((Case(tagged, weights, opened, _NOW, Thresholds()).decision(merging=False), opened))
    for start in range(0, stories, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, stories))
        copies = ((_copy(told[at % len(told)][0], at), told[at % len(told)][1]) for at in numbers)
        await asyncio.gather(*(ledger.commit(decision, opened, force=True) for decision, opened in copies))
    await redis.aclose()


def _copy(decision: Decision, number: int) -> Decision:
    """The same decision on another article, that opened another story."""
    name, story = f"copy-{number}", decision.story
    own = [f"{term}-{number}" for term in decision.looked[: LOOKED // 2]]
    verdict = structs.replace(decision.outcome.verdict, id=name, story=name)
    return replace(
        decision,
        outcome=replace(decision.outcome, doc=name, verdict=verdict),
        version=structs.replace(decision.version, item=name, story=name),
        lineage=replace(decision.lineage, names=(name,)),
        keys=(),
        story=structs.replace(story, id=name) if story else None,
        looked=[*own, *decision.looked[LOOKED // 2 :]],
    )


async def _judged(url: str, articles: Sequence[TaggedArticle]) -> Lap:
    settings = Settings(store=url)
    redis = connect(settings)
    desk = Desk(Ledger(redis, settings), Shelf(redis, settings), settings)
    await redis.ping()
    with Redis.from_url(url) as server:
        clock = Clock(server)
        for article in articles:
            await desk.judge(article, _NOW)
        lap = clock.lap(len(articles))
    await redis.aclose()
    return lap

"""What was judged before, entered into an empty store: it is as it was, and answers as it did."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from redis.asyncio import Redis

from agents.alert.desk import Desk
from agents.alert.registry import Registry, as_judged
from agents.alert.shelf import Shelf
from agents.alert.store import PREFIX, Ledger, Outcome
from streams.records import Comparison, Entity, TaggedArticle
from streams.settings import Settings

from .samples import BUDGET, FERRY, INQUIRY, NOW, tagged
from .test_merging import BLAST, BOTH, MISSING

SETTINGS = Settings()
NAMES = [Entity(name="Port Tavin", kind="GPE", forms=["Tavin"]), Entity(name="Maren Quist", kind="PERSON")]
UNTIL = NOW + timedelta(days=1)


def copy() -> list[TaggedArticle]:
    """Two stories that turn out to be one, versions, a reprint, a kill, a note, an old version, and held copy."""
    blasts = [tagged(f"blast {n}", [text], entities=NAMES[:1]) for n, text in enumerate(BLAST)]
    held = tagged("budget", BUDGET, embargoed_until=UNTIL, source="Wirepool", slug="budget")
    ferry = tagged("ferry", FERRY, headline="Ferry sinks off Marrow", source="Wirepool", version=2, slug="ferry-marrow")
    return [
        *blasts,
        tagged("reprint", [BLAST[0]], blasts[0], source="Blog"),
        tagged("missing", MISSING, version=1, source="Wirepool"),
        *(tagged(f"both {n}", [text]) for n, text in enumerate(BOTH)),
        ferry,
        tagged("ferry", [*FERRY, *INQUIRY], ferry, new=INQUIRY, version=3, source="Wirepool", entities=NAMES),
        tagged("ferry", INQUIRY, version=1),
        replace(held, comparison=Comparison(compared=False)),
        tagged("kill", [], status="canceled", compared=False, source="Wirepool", slug="ferry-marrow"),
    ]


async def judged(desk: Desk, articles: list[TaggedArticle]) -> list[Outcome]:
    outcomes = []
    for each in articles:
        outcomes += await desk.judge(each, NOW)
        await desk.sent([each.article.doc])
    return outcomes


async def kept(redis: Any) -> dict[bytes, Any]:
    """All that is remembered, by key."""
    reads: dict[bytes, Any] = {b"string": redis.get, b"hash": redis.hgetall}
    reads |= {b"list": lambda key: redis.lrange(key, 0, -1), b"zset": lambda key: redis.zrange(key, 0, -1, False, True)}
    return {key: await reads[await redis.type(key)](key) async for key in redis.scan_iter(f"{PREFIX}*")}


async def test_an_empty_store_into_which_all_is_entered_is_as_it_was(desk: Desk, shelf: Shelf, redis: Redis) -> None:
    outcomes = await judged(desk, copy())
    kinds = {each.verdict.verdict for each in outcomes}
    assert kinds == {"new", "development", "update", "repeat", "stale", "hold", "withdrawal"}
    assert any(each.verdict.merged for each in outcomes)
    before = await kept(redis)

    await redis.flushall()
    registry = Registry(Ledger(redis, SETTINGS), shelf, SETTINGS)
    for each, outcome in zip(copy(), outcomes, strict=True):
        await registry.enter(as_judged(each.article, outcome.verdict), outcome.verdict, outcome.alert, NOW)

    assert await kept(redis) == before
    again = await judged(desk, copy())
    assert [each.verdict for each in again] == [each.verdict for each in outcomes]
    assert all(each.sent for each in again if each.verdict.verdict != "hold")


async def test_an_article_that_waited_is_judged_after_all(desk: Desk, shelf: Shelf, redis: Redis) -> None:
    first = tagged("ferry", FERRY)
    reprint = tagged("reprint", FERRY, first)
    registry = Registry(Ledger(redis, SETTINGS), shelf, SETTINGS)
    await registry.wait(reprint, NOW)
    assert [each.doc for each in await desk.judge(first, NOW)] == [first.article.doc, reprint.article.doc]

    late = tagged("late", FERRY, first)
    await registry.wait(late, NOW)
    assert [each.doc for each in await desk.overdue(NOW)] == [late.article.doc]

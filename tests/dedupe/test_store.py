"""The fingerprint store, on a real server."""

import asyncio

import pytest
from redis.asyncio import Redis

from agents.dedupe import store
from agents.dedupe.store import PREFIX, Archive, Claim, Entry
from agents.dedupe.words import read
from streams.errors import StoreUnavailable
from streams.settings import Settings
from streams.store import connect

from .samples import BUDGET, FERRY, ORCHARD

HOUR = 3600.0


@pytest.fixture
def archive(redis: Redis) -> Archive:
    return Archive(redis, window=HOUR, budget=2**30)


async def claim(archive: Archive, name: str, text: str) -> Claim:
    return (await archive.claim([Entry(f"item {name}", name, read(text))]))[0]


def names(claim: Claim) -> list[str]:
    return [earlier.doc for earlier in claim.earlier]


async def test_an_article_meets_the_earlier_ones_that_share_text(archive: Archive) -> None:
    assert names(await claim(archive, "a", FERRY)) == []
    assert names(await claim(archive, "b", BUDGET)) == []
    found = await claim(archive, "c", FERRY)
    assert names(found) == ["a"]
    assert found.earlier[0].id == "item a"
    assert found.earlier[0].copy.text.strip() == FERRY


async def test_an_article_never_meets_itself(archive: Archive) -> None:
    await claim(archive, "a", FERRY)
    again = await claim(archive, "a", FERRY)
    assert not again.first
    assert names(again) == []


async def test_a_redelivered_article_gets_its_first_answer(archive: Archive) -> None:
    await claim(archive, "a", FERRY)
    first = await claim(archive, "b", FERRY)
    await claim(archive, "c", FERRY)
    again = await claim(archive, "b", FERRY)
    assert first.first
    assert not again.first
    assert names(again) == names(first) == ["a"]


async def test_an_excerpt_finds_the_whole(archive: Archive) -> None:
    await claim(archive, "a", FERRY)
    assert names(await claim(archive, "b", FERRY.split("\n\n")[2])) == ["a"]


async def test_a_round_up_finds_each_of_its_parts(archive: Archive) -> None:
    for number in range(12):
        await claim(archive, f"ferry {number}", FERRY)
    await claim(archive, "budget", BUDGET)
    await claim(archive, "orchard", ORCHARD)
    parts = names(
        await claim(archive, "round-up", "\n\n".join([FERRY, BUDGET.split("\n\n")[0], ORCHARD.split("\n\n")[0]]))
    )
    assert {"budget", "orchard"} <= set(parts)


@pytest.mark.parametrize(("was", "now"), [("12 people", "40 people"), ("Ilse Varden", "Jonas Malte")])
async def test_a_reprint_of_the_later_version_finds_that_one(archive: Archive, was: str, now: str) -> None:
    later = FERRY.replace(was, now)
    await claim(archive, "first", FERRY)
    await claim(archive, "later", later)
    assert "later" in names(await claim(archive, "reprint", later.upper()))


async def test_of_two_alike_that_arrive_together_one_comes_first(redis: Redis) -> None:
    workers = [Archive(redis, window=HOUR, budget=2**30) for _ in range(8)]
    claims = await asyncio.gather(*(claim(each, str(n), FERRY) for n, each in enumerate(workers)))
    assert sorted(len(each.earlier) for each in claims) == [0, 1, 2, 3, 4, 4, 4, 4]


async def test_articles_of_one_batch_meet_in_their_order(archive: Archive) -> None:
    first, second = await archive.claim([Entry("a", "a", read(FERRY)), Entry("b", "b", read(FERRY))])
    assert names(first) == []
    assert names(second) == ["a"]


async def test_copy_is_remembered_for_a_window_and_forgotten_after_two(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_CHECK_EVERY", 0.0)
    clock = [1_000_000.0]
    monkeypatch.setattr("agents.dedupe.store.time.time", lambda: clock[0])
    archive = Archive(redis, window=HOUR, budget=2**30)
    await claim(archive, "a", FERRY)
    clock[0] += HOUR * 1.5
    assert names(await claim(archive, "b", FERRY)) == ["a"]
    clock[0] += HOUR * 1.5
    await claim(archive, "c", BUDGET)
    clock[0] += HOUR * 1.5
    assert names(await claim(archive, "d", FERRY)) == []


async def test_a_full_store_forgets_its_oldest_copy_in_steps(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_CHECK_EVERY", 0.0)
    monkeypatch.setattr(store, "_PURGED_AT_ONCE", 100)
    archive = Archive(redis, window=1000 * HOUR, budget=1)
    await claim(archive, "a", FERRY)
    for step in range(5):
        await claim(archive, f"filler {step}", BUDGET)
    assert names(await claim(archive, "b", FERRY)) == []
    assert not await redis.exists(f"{PREFIX}a:1")


async def test_half_of_its_budget_is_remembered_at_least(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_CHECK_EVERY", 0.0)
    archive = Archive(redis, window=1000 * HOUR, budget=20_000)  # some thirty articles
    await claim(archive, "ferry 0", FERRY)
    for turn in range(1, 6):
        for number in range(10):
            await claim(archive, f"filler {turn} {number}", BUDGET)
        assert f"ferry {turn - 1}" in names(await claim(archive, f"ferry {turn}", FERRY))
    assert not await redis.exists(f"{PREFIX}a:1")


async def test_what_others_keep_in_the_store_is_not_on_its_budget(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_CHECK_EVERY", 0.0)
    await redis.set("others", bytes(2**20))
    archive = Archive(redis, window=HOUR, budget=2**19)
    for step in range(4):
        await claim(archive, f"a {step}", FERRY)
    assert len(names(await claim(archive, "b", FERRY))) == 4


async def test_everything_kept_has_an_end(archive: Archive, redis: Redis) -> None:
    await claim(archive, "a", FERRY)
    kept = [key async for key in redis.scan_iter(match=f"{PREFIX}[af]:*")]
    assert len(kept) > 2
    for key in kept:
        assert await redis.ttl(key) > 0, key


async def test_a_store_that_is_gone_says_where_it_was_looked_for() -> None:
    nowhere = "redis://127.0.0.1:1/0"
    client = connect(Settings(store=nowhere))
    with pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1:1.*COPYTASTER_STORE"):
        await claim(Archive(client, window=HOUR, budget=1, where=nowhere), "a", FERRY)
    await client.aclose()

"""Deliveries are shared among workers: one has an alert at a time, and what waits outlives them all."""

import asyncio

import pytest
from redis.asyncio import Redis

from agents.deliver.store import LIFE, PREFIX, Deliveries, Lease, Settled, Waiting
from streams.errors import StoreUnavailable
from streams.settings import Settings
from streams.store import connect

from .samples import NOW, alert, posted, subscription

START = NOW.timestamp()
LEASE = 60.0


@pytest.fixture
def deliveries(redis: Redis) -> Deliveries:
    return Deliveries(redis)


async def claim(deliveries: Deliveries, now: float = START) -> Lease:
    lease = await deliveries.claim("desk", now, LEASE)
    assert lease
    return lease


async def test_an_alert_is_given_to_one_of_many_workers(deliveries: Deliveries) -> None:
    await deliveries.catch(posted("desk"), alert("a"), START)
    await deliveries.catch(posted("desk"), alert("b"), START)
    leases = await asyncio.gather(*(deliveries.claim("desk", START, LEASE) for _ in range(10)))
    assert [lease.waiting for lease in leases if lease] == [Waiting(alert("a"), START)]


async def test_one_subscription_does_not_wait_for_another(deliveries: Deliveries) -> None:
    for name in ("one", "two"):
        await deliveries.catch(posted(name), alert(), START)
    assert await deliveries.claim("one", START, LEASE)
    assert await deliveries.claim("two", START, LEASE)


async def test_an_alert_is_caught_once_by_each_subscription(deliveries: Deliveries) -> None:
    caught = [await deliveries.catch(posted("desk"), alert(name), START) for name in "aab"]
    assert caught == ["now", "before", "now"]
    assert await deliveries.catch(posted("other"), alert("a"), START) == "now"


async def test_a_worker_that_dies_leaves_its_alert_to_the_next_when_its_lease_ends(deliveries: Deliveries) -> None:
    await deliveries.catch(posted("desk"), alert(), START)
    dead = await claim(deliveries)
    assert await deliveries.claim("desk", START + LEASE - 1, LEASE) is None
    assert (await claim(deliveries, START + LEASE)).token > dead.token


async def test_a_worker_that_was_thought_dead_can_change_nothing_any_more(deliveries: Deliveries) -> None:
    await deliveries.catch(posted("desk"), alert(), START)
    late = await claim(deliveries)
    await claim(deliveries, START + LEASE)
    assert not await deliveries.settle(late, Settled(free=START))
    assert await claim(deliveries, START + 2 * LEASE)


async def test_what_is_settled_waits_no_more(deliveries: Deliveries) -> None:
    await deliveries.catch(posted("desk"), alert(), START)
    assert await deliveries.settle(await claim(deliveries), Settled(free=START))
    assert await deliveries.claim("desk", START + 1e6, LEASE) is None
    assert await deliveries.had(["desk", "other"], ["ferry"]) == {"desk"}


async def test_an_alert_that_failed_is_due_when_it_was_said(deliveries: Deliveries) -> None:
    await deliveries.catch(posted("desk"), alert(), START)
    again = Waiting(alert(), START, 1)
    await deliveries.settle(await claim(deliveries), Settled(free=START, due=START + 30, waiting=again))
    assert await deliveries.claim("desk", START + 29, LEASE) is None
    assert (await claim(deliveries, START + 30)).waiting == again


async def test_nothing_is_kept_for_ever(deliveries: Deliveries, redis: Redis) -> None:
    await deliveries.catch(subscription("desk", webhook=posted("desk").webhook, entries=5), alert(), START)
    await deliveries.settle(
        await claim(deliveries), Settled(free=START, due=START + 5, waiting=Waiting(alert(), START, 1), health="unwell")
    )
    lives = {key: await redis.ttl(key) async for key in redis.scan_iter(f"{PREFIX}*:desk")}
    assert len(lives) == 6
    assert all(0 < life <= LIFE for life in lives.values()), lives


async def test_a_store_that_is_away_is_said_to_be() -> None:
    client = connect(Settings(store="redis://127.0.0.1:1/0"))
    try:
        with pytest.raises(StoreUnavailable, match="COPYTASTER_STORE"):
            await Deliveries(client, "redis://127.0.0.1:1/0").catch(posted("desk"), alert(), START)
    finally:
        await client.aclose()

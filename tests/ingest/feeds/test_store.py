"""Feeds are shared among workers: one polls each, one asks a host, and what is known outlives them all."""

import asyncio

import pytest
from redis.asyncio import Redis

from agents.ingest.feeds.feed import Feed, State, Tally
from agents.ingest.feeds.store import PREFIX, Feeds, Lease, LeaseLost
from streams.errors import StoreUnavailable
from streams.settings import Settings
from streams.store import connect

NOW = 1_790_000_000.0
LEASE, REQUEST = 300.0, 30.0
A, B = Feed("https://a.example/rss", "A", True, "News"), Feed("https://b.example/rss")
SECOND = Feed("https://a.example/second")


@pytest.fixture
def feeds(redis: Redis) -> Feeds:
    return Feeds(redis)


async def follow(feeds: Feeds, *followed: Feed) -> None:
    await feeds.follow([(feed, NOW) for feed in followed])


async def claim(feeds: Feeds, now: float = NOW) -> Lease:
    lease = await feeds.claim(now, LEASE, REQUEST)
    assert lease
    return lease


async def test_a_feed_that_is_due_is_given_to_one_of_many_workers(feeds: Feeds) -> None:
    await follow(feeds, A, B)
    leases = await asyncio.gather(*(feeds.claim(NOW, LEASE, REQUEST) for _ in range(10)))
    assert sorted(lease.url for lease in leases if lease) == [A.url, B.url]


async def test_a_lease_has_all_that_is_known_of_the_feed(feeds: Feeds) -> None:
    await follow(feeds, A)
    lease = await claim(feeds)
    assert (lease.feed, lease.state, lease.tally, lease.host) == (A, State(), Tally(), "a.example")
    await feeds.finish(lease, NOW, NOW + 5, State(etag="1", gaps={3: 4.0}, arrivals=(1.0, 2.0)))
    assert (await claim(feeds, NOW + 5 + REQUEST)).state == State(etag="1", gaps={3: 4.0}, arrivals=(1.0, 2.0))


async def test_a_feed_is_not_given_out_before_it_is_due(feeds: Feeds) -> None:
    await follow(feeds, A)
    await feeds.finish(await claim(feeds), NOW, NOW + 600, State())
    assert await feeds.claim(NOW + 599, LEASE, REQUEST) is None
    assert await feeds.claim(NOW + 600, LEASE, REQUEST)


async def test_a_worker_that_dies_leaves_its_feed_to_the_next_when_its_lease_ends(feeds: Feeds) -> None:
    await follow(feeds, A)
    dead = await claim(feeds)
    assert await feeds.claim(NOW + LEASE - 1, LEASE, REQUEST) is None
    alive = await claim(feeds, NOW + LEASE)
    assert (alive.url, alive.token > dead.token) == (A.url, True)


async def test_a_worker_that_was_thought_dead_can_change_nothing_any_more(feeds: Feeds) -> None:
    await follow(feeds, A)
    late = await claim(feeds)
    await claim(feeds, NOW + LEASE)
    with pytest.raises(LeaseLost):
        await feeds.mark(late, NOW, NOW, b"m", "article")
    with pytest.raises(LeaseLost):
        await feeds.extend(late, NOW, NOW)
    with pytest.raises(LeaseLost):
        await feeds.finish(late, NOW, NOW, State(etag="late"))
    assert await feeds.unseen(A.url, [b"m"]) == {b"m"}
    assert (await feeds.followed())[0].state == State()


async def test_a_worker_that_is_at_it_keeps_its_feed(feeds: Feeds) -> None:
    await follow(feeds, A)
    lease = await claim(feeds)
    await feeds.extend(lease, NOW + 200, NOW + 200 + LEASE)
    assert await feeds.claim(NOW + LEASE + 1, LEASE, REQUEST) is None


async def test_of_two_feeds_at_one_host_the_second_waits_and_others_go_before(feeds: Feeds) -> None:
    await follow(feeds, A, SECOND, B)
    assert {(await claim(feeds)).host, (await claim(feeds)).host} == {"a.example", "b.example"}
    assert await feeds.claim(NOW, LEASE, REQUEST) is None
    await feeds.leave("a.example", NOW + 2)
    assert await feeds.claim(NOW + 1, LEASE, REQUEST) is None
    assert (await claim(feeds, NOW + 2)).host == "a.example"


async def test_a_host_is_given_to_one_request_at_a_time(feeds: Feeds) -> None:
    entered = await asyncio.gather(*(feeds.enter("a.example", NOW, REQUEST) for _ in range(5)))
    assert entered.count(None) == 1
    assert await feeds.enter("a.example", NOW + 1, REQUEST) == NOW + REQUEST
    await feeds.leave("a.example", NOW + 3)
    assert await feeds.enter("a.example", NOW + 2, REQUEST) == NOW + 3
    assert await feeds.enter("a.example", NOW + 3, REQUEST) is None


async def test_a_host_whose_asker_died_is_free_again_after_a_while(feeds: Feeds) -> None:
    await feeds.enter("a.example", NOW, REQUEST)
    assert await feeds.enter("a.example", NOW + REQUEST, REQUEST) is None


async def test_an_entry_is_seen_once_it_is_marked_in_its_own_feed_alone(feeds: Feeds) -> None:
    await follow(feeds, A, B)
    await feeds.mark(await claim(feeds), NOW, NOW, b"m", "article")
    assert await feeds.unseen(A.url, [b"m", b"n"]) == {b"n"}
    assert await feeds.unseen(B.url, [b"m"]) == {b"m"}
    assert await feeds.unseen(A.url, []) == set()


async def test_marks_of_entries_that_left_their_feed_are_dropped_in_the_end(feeds: Feeds) -> None:
    await follow(feeds, A)
    lease = await claim(feeds)
    await feeds.finish(lease, NOW, NOW, State(), [b"old", b"kept"])
    for day in (20, 40):
        later = NOW + day * 86400
        lease = await claim(feeds, later)
        await feeds.finish(lease, later, later, State(), [b"kept"])
        assert await feeds.unseen(A.url, [b"old", b"kept"]) == ({b"old"} if day == 40 else set())


async def test_a_feed_that_answers_304_for_months_forgets_nothing(feeds: Feeds) -> None:
    await follow(feeds, A)
    await feeds.finish(await claim(feeds), NOW, NOW, State(), [b"old"])
    later = NOW + 80 * 86400
    await feeds.finish(await claim(feeds, later), later, later, State())
    assert await feeds.unseen(A.url, [b"old"]) == set()


async def test_of_very_many_marks_the_latest_are_kept(feeds: Feeds) -> None:
    await follow(feeds, A)
    for step in range(5):
        now = NOW + step * REQUEST
        marks = [b"%d:%d" % (step, number) for number in range(9000)]
        await feeds.finish(await claim(feeds, now), now, now, State(), marks)
    assert len(await feeds.unseen(A.url, marks)) == 0
    assert len(await feeds.unseen(A.url, [b"0:%d" % number for number in range(9000)])) == 9000


async def test_a_list_is_followed_and_nothing_else(feeds: Feeds, redis: Redis) -> None:
    await follow(feeds, A, B)
    await feeds.finish(await claim(feeds), NOW, NOW + 5, State(etag="1"))
    lease = await claim(feeds)
    await follow(feeds, Feed(A.url, "renamed"))
    assert [each.feed.text for each in await feeds.followed()] == ["renamed"]
    with pytest.raises(LeaseLost):
        await feeds.finish(lease, NOW, NOW, State())
    assert await redis.ttl(f"{PREFIX}f:{B.url}") > 0


async def test_a_feed_that_comes_back_to_the_list_is_known_still(feeds: Feeds, redis: Redis) -> None:
    await follow(feeds, A)
    await feeds.finish(await claim(feeds), NOW, NOW + 5, State(etag="1"), [b"m"])
    await follow(feeds)
    assert await feeds.followed() == []
    await follow(feeds, A)
    assert (await feeds.followed())[0].state.etag == "1"
    assert await feeds.unseen(A.url, [b"m"]) == set()
    assert await redis.ttl(f"{PREFIX}f:{A.url}") == -1


async def test_reading_the_list_anew_does_not_make_a_feed_due(feeds: Feeds) -> None:
    await follow(feeds, A)
    await feeds.finish(await claim(feeds), NOW, NOW + 600, State())
    await feeds.follow([(A, NOW)])
    assert (await feeds.followed())[0].due == NOW + 600


async def test_verdicts_are_counted_for_the_feed_that_brought_the_article_and_once(feeds: Feeds) -> None:
    await follow(feeds, A)
    lease = await claim(feeds)
    for name, repeats in (("a", True), ("b", False), ("c", True)):
        await feeds.mark(lease, NOW, NOW, name.encode(), name)
        await feeds.tell(name, repeats)
    await feeds.tell("a", True)
    await feeds.tell("another's", True)
    assert (await feeds.followed())[0].tally == Tally(told=3, repeats=2, run=1)


async def test_the_share_of_repeats_is_that_of_the_latest_verdicts(feeds: Feeds) -> None:
    await follow(feeds, A)
    lease = await claim(feeds)
    for number in range(600):
        await feeds.mark(lease, NOW, NOW, b"m", str(number))
        await feeds.tell(str(number), repeats=number < 200)
    tally = (await feeds.followed())[0].tally
    assert tally.told <= 200
    assert tally.repeats / tally.told < 0.2


async def test_a_store_that_is_gone_says_where_it_was_looked_for() -> None:
    nowhere = "redis://127.0.0.1:1/0"
    client = connect(Settings(store=nowhere))
    with pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1:1.*COPYTASTER_STORE"):
        await Feeds(client, nowhere).claim(NOW, LEASE, REQUEST)
    await client.aclose()

"""An alert goes to each subscription that asks for it, once, and to who had what it withdraws."""

from datetime import timedelta

import pytest
from redis.asyncio import Redis

from agents.deliver.desk import Desk, Sent
from agents.deliver.filters import Filter
from agents.deliver.store import Deliveries, Settled
from streams.codec import decode
from streams.records import Alert, Rejected
from streams.settings import Settings
from streams.topics import topics

from .samples import NOW, alert, posted, subscription

START = NOW.timestamp() - 60
AFTER = NOW.timestamp() + 1


@pytest.fixture
def deliveries(redis: Redis) -> Deliveries:
    return Deliveries(redis)


@pytest.fixture
def desk(deliveries: Deliveries) -> Desk:
    return Desk(deliveries, topics(Settings()))


def told(sent: list[Sent]) -> list[tuple[str, str, object]]:
    return [(each.topic.name, each.key, each.record) for each in sent]


async def test_an_alert_goes_to_the_topics_of_those_that_ask_for_it(desk: Desk) -> None:
    desk.follow([subscription("a"), subscription("b", filter=Filter(kind=("update",))), subscription("c")], START)
    sent = await desk.take_all([alert()], AFTER)
    assert told(sent) == [("a.topic", "article-ferry", alert()), ("c.topic", "article-ferry", alert())]


async def test_a_feed_has_the_last_alerts_caught_each_once(desk: Desk, deliveries: Deliveries) -> None:
    desk.follow([subscription("a", topic="", entries=2)], START)
    for name in ("1", "2", "2", "3"):
        await desk.take_all([alert(name)], AFTER)
    assert [each.id for each in await deliveries.entries("a")] == ["3", "2"]


async def test_what_rang_before_a_subscription_began_is_not_caught(desk: Desk) -> None:
    desk.follow([subscription("a")], NOW.timestamp())
    assert await desk.take_all([alert("old", alerted=NOW - timedelta(seconds=1))], AFTER) == []
    assert await desk.take_all([alert("new")], AFTER)


async def test_a_subscription_began_when_any_worker_saw_it_first(desk: Desk, deliveries: Deliveries) -> None:
    desk.follow([subscription("a")], START)
    await desk.take_all([], AFTER)
    other = Desk(deliveries, desk.flow)
    other.follow([subscription("a")], AFTER)
    assert await other.take_all([alert()], AFTER)


async def test_who_had_an_alert_learns_that_it_is_withdrawn_whatever_it_asks_for(desk: Desk) -> None:
    asked = [subscription("had", filter=Filter(kind=("new",))), subscription("not", filter=Filter(kind=("update",)))]
    desk.follow(asked, START)
    await desk.take_all([alert("first")], AFTER)
    kill = alert("kill", kind="withdrawal", recalls=["first"])
    assert told(await desk.take_all([kill], AFTER)) == [("had.topic", "article-kill", kill)]


async def test_a_story_is_followed_under_the_id_that_it_lives_on_with(desk: Desk) -> None:
    desk.follow([subscription("a", filter=Filter(story=("first",)))], START)
    rang = [
        alert("1", story="first"),
        alert("2", story="second"),
        alert("3", story="second", merged=["first"]),
        alert("4", story="second"),
        alert("5", story="third", merged=["second"]),
        alert("6", story="third"),
        alert("7", story="fourth"),
    ]
    sent = await desk.take_all(rang, AFTER)
    assert [each.record for each in sent] == [rang[0], *rang[2:6]]


async def test_a_subscription_that_is_taken_out_catches_nothing_more(desk: Desk) -> None:
    desk.follow([subscription("a")], START)
    desk.follow([], START)
    assert await desk.take_all([alert()], AFTER) == []


async def test_where_too_many_alerts_wait_the_next_is_rejected_and_may_be_redriven(redis: Redis) -> None:
    deliveries = Deliveries(redis, most=2)
    desk = Desk(deliveries, topics(Settings()))
    desk.follow([posted("a")], START)
    assert await desk.take_all([alert("1"), alert("2")], AFTER) == []
    ((topic, _, letter),) = told(await desk.take_all([alert("3")], AFTER))
    assert topic == "wire.rejected"
    assert isinstance(letter, Rejected)
    assert "wait for its webhook already; see to the receiver" in letter.reason
    lease = await deliveries.claim("a", AFTER, 60)
    assert lease
    await deliveries.settle(lease, Settled(free=AFTER))
    assert await desk.take_all([decode(letter.value, Alert)], AFTER) == []
    assert await deliveries.had(["a"], ["3"]) == {"a"}

"""Alerts reach a webhook whatever becomes of its receiver: each once by its id, or they are named as rejected."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

import aiohttp
import pytest
from redis.asyncio import Redis

from agents.deliver.courier import Courier, session
from agents.deliver.courier import post as post_one
from agents.deliver.patience import WAITS, Answer
from agents.deliver.store import Deliveries, Waiting
from agents.deliver.subscriptions import Webhook
from streams.addresses import networks
from streams.codec import decode
from streams.errors import BrokerUnavailable
from streams.logs import JsonLines
from streams.records import Alert, Rejected
from streams.server import free_port
from streams.settings import Settings
from streams.topics import topics

from .receiver import Receiver, hang, hang_up, receiving, status
from .samples import NOW, SECRET, alert, posted

HERE = networks("127.0.0.0/8")
FLOW = topics(Settings())


@dataclass
class Post:
    """A courier with a clock of its own, and what it put on `wire.rejected`."""

    deliveries: Deliveries
    client: aiohttp.ClientSession
    receiver: Receiver
    name: str = "desk"
    now: float = field(default_factory=NOW.timestamp)
    rejected: list[Rejected] = field(default_factory=list)

    def __post_init__(self) -> None:
        async def publish(topic: str, messages: Sequence[tuple[bytes, bytes]]) -> None:
            assert topic == "wire.rejected"
            self.rejected += [decode(value, Rejected) for _, value in messages]

        self.courier = Courier(self.deliveries, self.client, publish, FLOW, self.time, lambda: 0.0, posted_today)
        self.subscription = posted(self.name, self.receiver.url)

    def time(self) -> float:
        """The clock of the courier."""
        return self.now

    async def catch(self, *alerts: Alert) -> None:
        for each in alerts:
            await self.deliveries.catch(self.subscription, each, self.now)
            self.now += 0.001

    async def deliver(self) -> int:
        """Post what is due now; gives how many attempts that took."""
        attempts = 0
        while await self.courier.deliver_next(self.subscription):
            attempts += 1
        return attempts

    async def after(self, seconds: float) -> int:
        self.now += seconds
        return await self.deliver()


async def posted_today(client: aiohttp.ClientSession, webhook: Webhook, waiting: Waiting, now: float) -> Answer:
    """An attempt as it is made, with the day's own time: the receiver's package takes none that is minutes off."""
    return await post_one(client, webhook, waiting, time.time())


@pytest.fixture
async def post(redis: Redis) -> AsyncIterator[Post]:
    async with receiving() as receiver, session(HERE, seconds=0.2) as client:
        yield Post(Deliveries(redis), client, receiver)


async def test_an_alert_is_posted_once_and_signed(post: Post) -> None:
    await post.catch(alert("a"), alert("b"), alert("a"))
    assert await post.deliver() == 2
    assert post.receiver.ids == ["a", "b"]
    assert await post.after(90000) == 0


async def test_a_receiver_that_fails_hangs_and_comes_back_gets_every_alert_once(post: Post) -> None:
    names = [f"alert-{number}" for number in range(12)]
    await post.catch(*(alert(name) for name in names))
    post.receiver.answers = [status(204), status(500), hang, hang_up, status(503), hang, status(302), status(429)]
    await post.deliver()
    for _ in range(60):
        await post.after(60)
    assert sorted(post.receiver.ids) == sorted(names)
    assert len(post.receiver.asked) == len(names) + 7
    assert post.rejected == []


async def test_of_two_workers_one_posts_each_alert_and_one_at_a_time(post: Post) -> None:
    at_once: list[int] = []

    async def counted(client: aiohttp.ClientSession, webhook: Webhook, waiting: Waiting, now: float) -> Answer:
        at_once.append(at_once[-1] + 1 if at_once else 1)
        answer = await posted_today(client, webhook, waiting, now)
        at_once.append(at_once[-1] - 1)
        return answer

    names = [f"alert-{number}" for number in range(20)]
    await post.catch(*(alert(name) for name in names))
    other = Post(post.deliveries, post.client, post.receiver, now=post.now)
    post.courier.send = other.courier.send = counted
    while len(post.receiver.ids) < len(names):
        await asyncio.gather(post.deliver(), other.deliver())
    assert sorted(post.receiver.asked) == sorted(names)
    assert max(at_once) == 1


async def test_a_receiver_that_is_gone_for_hours_gets_what_came_meanwhile_in_its_order(post: Post) -> None:
    away = Post(post.deliveries, post.client, Receiver(port=free_port()))
    await away.catch(*(alert(name) for name in "abc"))
    for _ in range(10):
        await away.after(1800)
    async with receiving(away.receiver.port) as back:
        await away.catch(alert("d"))
        while not back.ids:
            await away.after(60)
        first, *others = back.ids
        assert others == [name for name in "abcd" if name != first]
    assert away.rejected == []


async def test_while_a_receiver_is_unwell_it_is_asked_once_and_not_for_every_alert(post: Post) -> None:
    await post.catch(*(alert(name) for name in "abcdef"))
    post.receiver.answers = [status(503)] * 20
    assert await post.deliver() == 1
    assert await post.after(4) == 0


async def test_an_alert_that_is_not_liked_keeps_no_other_back(post: Post) -> None:
    await post.catch(alert("a"), alert("b"), alert("c"))
    post.receiver.answers = [status(422)]
    assert await post.deliver() == 3
    assert post.receiver.ids == ["b", "c"]
    await post.after(WAITS[0])
    assert post.receiver.ids == ["b", "c", "a"]


async def test_a_receiver_is_left_alone_for_as_long_as_it_asks(post: Post) -> None:
    await post.catch(alert("a"), alert("b"))
    post.receiver.answers = [status(429, **{"Retry-After": "1000"})]
    assert await post.deliver() == 1
    assert await post.after(990) == 0
    await post.after(20)
    assert sorted(post.receiver.ids) == ["a", "b"]


async def test_after_hours_an_alert_is_rejected_with_its_reason_and_may_be_redriven(post: Post) -> None:
    await post.catch(alert("a"))
    post.receiver.answers = [status(400)] * 50
    attempts = await post.deliver()
    while not post.rejected:
        attempts += await post.after(600)
    assert attempts == len(WAITS) + 1
    (letter,) = post.rejected
    assert letter.reason == (
        "subscription desk: its webhook answered 400 Bad Request, at attempt 10; "
        "see to the receiver, then redrive this alert"
    )
    assert (letter.topic, letter.key, letter.article) == ("wire.alerts", b"article-a", "article-a")
    assert decode(letter.value, Alert) == alert("a")
    assert await post.after(90000) == 0

    post.receiver.answers = []
    await post.catch(decode(letter.value, Alert))
    await post.deliver()
    assert post.receiver.ids == ["a"]


async def test_what_waits_for_a_receiver_that_never_comes_back_is_rejected_within_a_day(post: Post) -> None:
    away = Post(post.deliveries, post.client, Receiver(port=free_port()))
    await away.catch(*(alert(str(number)) for number in range(30)))
    for _ in range(26):
        await away.after(3600)
        for _ in range(30):
            await away.after(61)
    assert len(away.rejected) == 30
    assert all("can't be reached" in each.reason for each in away.rejected)


async def test_a_receiver_that_is_gone_for_good_is_asked_no_more_and_its_alerts_are_rejected(post: Post) -> None:
    await post.catch(alert("a"), alert("b"))
    post.receiver.answers = [status(410)]
    await post.deliver()
    await post.after(3600)
    assert post.receiver.asked == ["a"]
    assert ["answered 410 Gone" in each.reason for each in post.rejected] == [True, True]
    assert all("name another address" in each.reason for each in post.rejected)


async def test_another_address_is_asked_though_the_first_was_gone(post: Post) -> None:
    await post.catch(alert("a"))
    post.receiver.answers = [status(410)]
    await post.deliver()
    post.subscription = replace(post.subscription, webhook=Webhook(post.receiver.url + "?new", (SECRET,)))
    await post.catch(alert("b"))
    await post.deliver()
    assert post.receiver.ids == ["b"]


async def test_a_private_address_is_not_posted_to(post: Post) -> None:
    await post.catch(alert("a"))
    async with session() as client:
        post.courier.client = client
        await post.deliver()
        assert post.receiver.asked == []
        post.now += 90000
        await post.deliver()
    assert "private address; COPYTASTER_SUBSCRIPTIONS_NETWORKS" in post.rejected[0].reason


async def test_no_redirect_is_followed(post: Post) -> None:
    await post.catch(alert("a"))
    post.receiver.answers = [status(307, Location=post.receiver.url + "/elsewhere")]
    await post.deliver()
    assert post.receiver.asked == ["a"]
    assert post.receiver.ids == []


async def test_what_could_not_be_put_on_rejected_is_kept(post: Post) -> None:
    async def broken(topic: str, messages: Sequence[tuple[bytes, bytes]]) -> None:
        raise BrokerUnavailable("away")

    await post.catch(alert("a"))
    post.receiver.answers = [status(410)]
    working, post.courier.publish = post.courier.publish, broken
    with pytest.raises(BrokerUnavailable):
        await post.deliver()
    post.courier.publish = working
    post.receiver.answers = [status(410)]
    await post.after(100)
    assert [each.article for each in post.rejected] == ["article-a"]


async def test_the_log_of_a_delivery_names_the_article(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "agents.deliver.courier")
    caplog.handler.setFormatter(JsonLines())
    told = alert("a")
    await post.catch(told)
    post.receiver.answers = [status(500)]
    await post.deliver()
    lines = [json.loads(each) for each in caplog.text.splitlines()]  # others may still say something
    (line,) = [each for each in lines if each["logger"] == "agents.deliver.courier"]
    assert (line["article"], line["message"].split()[2]) == (told.article.id, "waits")

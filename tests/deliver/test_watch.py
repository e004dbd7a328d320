"""The file is followed as it changes, and no receiver keeps another waiting."""

import asyncio
import base64
import logging
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from pathlib import Path

import pytest
from redis.asyncio import Redis

from agents.deliver.courier import Courier, session
from agents.deliver.desk import Desk
from agents.deliver.store import Deliveries
from agents.deliver.subscriptions import SubscriptionsError, load
from agents.deliver.watch import Watch, follow, in_force
from streams.addresses import networks
from streams.settings import Settings
from streams.store import connect
from streams.topics import topics

from .receiver import hang, receiving
from .samples import NOW, SECRET, alert

SETTINGS = Settings()
HERE = networks("127.0.0.0/8")
ENVIRONMENT = {"KEY": base64.b64encode(SECRET).decode()}
PATIENCE = 60.0  # seconds


class Followed:
    """A watch on a file, with the topics that it made."""

    def __init__(self, watch: Watch, path: Path, made: list[Collection[str]]) -> None:
        self.watch, self.path, self.made = watch, path, made
        self.desk = watch.desk

    def write(self, *tables: str) -> None:
        self.path.write_text("".join(f"[[subscription]]\n{table}\n" for table in tables))


@pytest.fixture
async def followed(redis: Redis, tmp_path: Path) -> AsyncIterator[Followed]:
    path, made = tmp_path / "desk.toml", list[Collection[str]]()

    async def make(names: Collection[str]) -> None:
        made.append(names)

    async def publish(topic: str, messages: Sequence[tuple[bytes, bytes]]) -> None:
        raise AssertionError(topic)

    async with session(HERE) as client:
        desk = Desk(Deliveries(redis), topics(SETTINGS))
        courier = Courier(desk.deliveries, client, publish, desk.flow)
        watch = Watch(desk, courier, lambda: load(path, SETTINGS, ENVIRONMENT), make, idle=0.01, reread=0.01)
        yield Followed(watch, path, made)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - what it waits for is outside
            await asyncio.sleep(0.01)


async def test_a_file_that_changes_is_followed_with_its_topics_made_first(followed: Followed) -> None:
    followed.write('name = "a"\ntopic = "a.topic"')
    await followed.watch.look()
    assert list(followed.desk.subscriptions) == ["a"]
    followed.write('name = "b"\ntopic = "b.topic"', 'name = "c"\nfeed = true')
    await followed.watch.look()
    await followed.watch.look()
    assert list(followed.desk.subscriptions) == ["b", "c"]
    assert followed.made == [{"a.topic"}, {"b.topic"}]


async def test_a_file_with_a_mistake_leaves_the_one_before_and_is_told_of_once(
    followed: Followed, caplog: pytest.LogCaptureFixture
) -> None:
    followed.write('name = "a"\nfeed = true')
    running = asyncio.create_task(followed.watch.run())
    await until(lambda: "a" in followed.desk.subscriptions)
    followed.write('name = "b"\nfeed = 0')
    await until(lambda: "feed" in caplog.text)
    followed.write('name = "c"\nfeed = true')
    await until(lambda: "c" in followed.desk.subscriptions)
    running.cancel()
    faults = [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR]
    assert len(faults) == 1
    assert "desk.toml:3: `feed` takes true" in faults[0]
    assert "b" not in followed.desk.subscriptions


async def test_a_receiver_that_hangs_delays_no_other(followed: Followed) -> None:
    async with receiving() as slow, receiving() as fast:
        slow.answers = [hang] * 100
        rows = [
            f'name = "{name}"\nwebhook = "{each.url}"\nsecret = "env:KEY"'
            for name, each in (("slow", slow), ("fast", fast))
        ]
        followed.write(*rows)
        await followed.watch.look()
        names = [f"alert-{number}" for number in range(20)]
        for name in names:
            for each in followed.desk.subscriptions.values():
                await followed.desk.deliveries.catch(each, alert(name), NOW.timestamp())
        running = asyncio.create_task(followed.watch.run())
        await until(lambda: len(fast.ids) == len(names))
        assert sorted(fast.ids) == sorted(names)
        assert len(slow.asked) <= 1
        assert slow.ids == []
        running.cancel()


async def test_an_outage_of_the_store_is_waited_out(followed: Followed, caplog: pytest.LogCaptureFixture) -> None:
    async with receiving() as receiver:
        followed.write(f'name = "a"\nwebhook = "{receiver.url}"\nsecret = "env:KEY"')
        await followed.watch.look()
        (subscription,) = followed.desk.subscriptions.values()
        await followed.desk.deliveries.catch(subscription, alert(), NOW.timestamp())
        courier, away = followed.watch.courier, connect(Settings(store="redis://127.0.0.1:1/0"))
        there, courier.deliveries = courier.deliveries, Deliveries(away)
        running = asyncio.create_task(followed.watch.run())
        await until(lambda: "the webhook of a waits" in caplog.text)
        courier.deliveries = there
        await until(lambda: bool(receiver.ids))
        running.cancel()
        await away.aclose()


async def test_alerts_wait_until_there_are_subscriptions_to_go_by(followed: Followed) -> None:
    taking = asyncio.create_task(followed.desk.take_all([alert()], NOW.timestamp()))
    await asyncio.sleep(0)
    assert not taking.done()
    followed.write('name = "a"\ntopic = "a.topic"')
    await followed.watch.look()
    assert await taking == []  # it rang before the subscription began


async def test_without_a_file_alerts_pass(redis: Redis) -> None:
    desk = Desk(Deliveries(redis), topics(SETTINGS))

    async def never(*_: object) -> None:
        raise AssertionError

    await follow(desk, in_force(SETTINGS), SETTINGS, never, never)
    assert await desk.take_all([alert()], NOW.timestamp()) == []


def test_a_worker_does_not_begin_with_a_file_that_has_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text("[[subscription]]\nfeed = true")
    with pytest.raises(SubscriptionsError, match=r"desk\.toml:1: it has no name"):
        in_force(Settings(subscriptions=str(tmp_path / "desk.toml")))

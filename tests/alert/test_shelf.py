"""What is held, on a real store: until its time, until it is told, until another version takes its place."""

from datetime import timedelta
from typing import Any

from redis.asyncio import Redis

from agents.alert.desk import Desk
from agents.alert.shelf import Shelf, receipt
from agents.alert.store import PREFIX
from streams.records import CleanArticle, TaggedArticle
from streams.settings import Settings

from .samples import FERRY, INQUIRY, NOW, tagged

SETTINGS = Settings()
HOUR = timedelta(hours=1)
UNTIL = NOW + HOUR


def embargoed(**fields: Any) -> TaggedArticle:
    embargo: dict[str, Any] = {"embargoed_until": UNTIL, "compared": False}
    return tagged("ferry", FERRY, **embargo | fields)


def withheld(**fields: Any) -> TaggedArticle:
    return tagged("ferry", FERRY, status="withheld", compared=False, **fields)


async def due(shelf: Shelf, when: timedelta) -> list[CleanArticle]:
    return await shelf.due((NOW + when).timestamp())


async def test_an_embargoed_article_is_released_at_its_time_and_free_to_be_used(desk: Desk, shelf: Shelf) -> None:
    await desk.judge(embargoed(), NOW)
    assert await due(shelf, HOUR - timedelta(seconds=1)) == []
    (released,) = await due(shelf, HOUR)
    assert (released.id, released.status, released.embargoed_until) == ("ferry", "usable", None)
    assert released.doc == embargoed().article.doc


async def test_one_worker_of_many_releases_an_article(desk: Desk, redis: Redis) -> None:
    await desk.judge(embargoed(), NOW)
    workers = [Shelf(redis, SETTINGS) for _ in range(3)]
    assert [len(await due(each, HOUR)) for each in workers] == [1, 0, 0]


async def test_what_a_killed_worker_took_is_released_by_the_next(desk: Desk, shelf: Shelf) -> None:
    await desk.judge(embargoed(), NOW)
    await due(shelf, HOUR)
    assert len(await due(shelf, HOUR + timedelta(seconds=31))) == 1


async def test_what_kafka_has_again_is_held_no_longer(desk: Desk, shelf: Shelf) -> None:
    await desk.judge(embargoed(), NOW)
    (released,) = await due(shelf, HOUR)
    await shelf.let_go([receipt(released)])
    assert await shelf.held() == []


async def test_a_later_version_held_meanwhile_is_not_let_go_with_the_earlier(desk: Desk, shelf: Shelf) -> None:
    await desk.judge(embargoed(version=1), NOW)
    (released,) = await due(shelf, HOUR)
    later = tagged("ferry", INQUIRY, version=2, status="withheld", compared=False)
    await desk.judge(later, NOW)
    await shelf.let_go([receipt(released)])
    assert [each.tagged.article.version for each in await shelf.held()] == [2]


async def test_withheld_copy_waits_until_it_is_told(desk: Desk, shelf: Shelf) -> None:
    await desk.judge(withheld(), NOW)
    assert await due(shelf, 1000 * HOUR) == []
    assert await shelf.release("ferry", NOW.timestamp())
    assert [each.id for each in await due(shelf, timedelta())] == ["ferry"]


async def test_what_is_not_held_can_not_be_released(shelf: Shelf) -> None:
    assert not await shelf.release("ferry", NOW.timestamp())
    assert await due(shelf, HOUR) == []


async def test_a_version_that_may_be_used_takes_the_place_of_the_held_one(desk: Desk, shelf: Shelf) -> None:
    await desk.judge(withheld(version=1), NOW)
    await desk.judge(tagged("ferry", INQUIRY, version=2), NOW)
    assert await shelf.held() == []


async def test_a_kill_takes_the_held_version_off_whatever_its_number(desk: Desk, shelf: Shelf) -> None:
    await desk.judge(withheld(version=7), NOW)
    await desk.judge(tagged("ferry", ["STORY WITHDRAWN"], status="canceled", compared=False), NOW)
    assert await shelf.held() == []


async def test_an_older_version_that_comes_late_leaves_the_held_one(desk: Desk, shelf: Shelf) -> None:
    await desk.judge(embargoed(version=2), NOW)
    await desk.judge(tagged("ferry", INQUIRY, version=1), NOW)
    assert [each.tagged.article.version for each in await shelf.held()] == [2]


async def test_of_two_held_versions_the_later_stays_in_whatever_order_they_come(desk: Desk, shelf: Shelf) -> None:
    for version in (1, 3, 2):
        await desk.judge(embargoed(version=version), NOW)
    assert [each.tagged.article.version for each in await shelf.held()] == [3]


async def test_an_article_judged_before_is_not_held_again(desk: Desk, shelf: Shelf) -> None:
    await desk.judge(tagged("ferry", FERRY), NOW)
    await shelf.hold(embargoed(), NOW.timestamp())
    assert await shelf.held() == []


async def test_everything_held_has_an_end(desk: Desk, redis: Redis) -> None:
    await desk.judge(withheld(), NOW)
    assert await redis.ttl(f"{PREFIX}h:ferry") > 0

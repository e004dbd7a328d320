"""A store bears its river's mark, and without it no script does anything."""

import pytest
from redis.asyncio import Redis

from streams.broker import ensure_topics, producer
from streams.errors import StoreForgot
from streams.mark import mark
from streams.settings import Settings
from streams.store import MARK, REBUILDING, answering, memory
from streams.topics import topics


async def compared(settings: Settings) -> None:
    """Let an article have been looked up in the store."""
    await ensure_topics(settings)
    async with producer(settings) as sender:
        await sender.send_and_wait(topics(settings).urgent.fresh.name, b"{}", key=b"a")


async def test_the_first_worker_of_a_river_marks_its_store(settings: Settings, redis: Redis) -> None:
    await ensure_topics(settings)
    assert await mark(settings)
    assert await redis.get(MARK) == settings.topic_prefix.encode()


async def test_an_empty_store_of_a_river_that_runs_is_not_marked(settings: Settings, redis: Redis) -> None:
    await compared(settings)
    assert not await mark(settings)
    assert await redis.dbsize() == 0


async def test_a_store_that_an_earlier_release_filled_is_kept(settings: Settings, redis: Redis) -> None:
    await compared(settings)
    await redis.set("ct1:s:r", 7)
    assert await mark(settings)
    assert await redis.get(MARK) == settings.topic_prefix.encode()


async def test_another_river_keeps_its_store(settings: Settings, redis: Redis) -> None:
    await ensure_topics(settings)
    await redis.set(MARK, "sports")
    assert await mark(settings)
    assert await redis.get(MARK) == b"sports"


@pytest.mark.parametrize(
    ("borne", "said"),
    [
        (None, "has lost what the river remembers; run `copytaster rebuild`"),
        ("sports", "is river sports's; set COPYTASTER_STORE to its own"),
        (f"{REBUILDING}wire 1f", "is being rebuilt"),
    ],
)
async def test_a_script_does_nothing_without_the_mark(
    redis: Redis, store_url: str, borne: str | None, said: str
) -> None:
    settings = Settings(store=store_url)
    if borne:
        await redis.set(MARK, borne)
    client = memory(settings)
    write = client.register_script("return redis.call('SET', 'key', ARGV[1])")
    with pytest.raises(StoreForgot, match=said), answering(settings):
        await write(args=["value"])
    pipeline = client.pipeline(transaction=False)
    await write(args=["value"], client=pipeline)
    with pytest.raises(StoreForgot, match=said), answering(settings):
        await pipeline.execute()
    assert not await redis.exists("key")

    await redis.set(MARK, "wire")
    await write(args=["value"])
    assert await redis.get("key") == b"value"
    await client.aclose()

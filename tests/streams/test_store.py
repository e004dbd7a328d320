"""What a store that is there, and still can't take what it is given, means to a worker."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError, ResponseError

from streams.embedded import start_store
from streams.errors import StoreUnavailable
from streams.progress import Progress
from streams.settings import Settings
from streams.store import answering, connect


@pytest.fixture
async def store() -> AsyncIterator[Redis]:
    """A client of a store of the test's own."""
    with start_store() as url:
        client = connect(Settings(store=url))
        yield client
        await client.aclose()


async def test_a_full_store_is_waited_for_and_says_what_to_do(store: Redis) -> None:
    await store.config_set("maxmemory", "1")
    with pytest.raises(StoreUnavailable, match=r"is full .* raise its maxmemory"), answering("redis://here"):
        await store.set("key", "value")


async def test_a_script_that_finds_the_store_full_is_waited_for_too(store: Redis) -> None:
    write = store.register_script("return redis.call('SET', 'key', ARGV[1])")
    await store.config_set("maxmemory", "1")
    with pytest.raises(StoreUnavailable, match="is full"), answering("redis://here"):
        await write(args=["value"])


def test_a_store_that_can_not_save_is_waited_for() -> None:
    refused = ResponseError("MISCONF Valkey is configured to save RDB snapshots, but it's unable to persist to disk.")
    with pytest.raises(StoreUnavailable, match="see to its disk"), answering("redis://here"):
        raise refused


def test_a_store_in_protected_mode_is_waited_for() -> None:
    refused = ResponseError("DENIED Running in protected mode because protected mode is enabled and no password is set")
    with pytest.raises(StoreUnavailable, match="set its requirepass"), answering("redis://here"):
        raise refused


async def test_a_fault_of_ours_is_no_outage(store: Redis) -> None:
    await store.set("key", "value")
    with pytest.raises(ResponseError, match="WRONGTYPE"), answering("redis://here"):
        await store.lpush("key", "value")


async def test_an_answer_of_the_store_is_a_sign_that_the_work_at_hand_goes_on() -> None:
    progress, place = Progress(), ("wire.tagged", 1)
    with progress.on({place}):
        with pytest.raises(StoreUnavailable), answering("redis://127.0.0.1:1/0"):
            raise ConnectionError("gone")
        assert progress.signs == {}
        with answering("redis://127.0.0.1:1/0"):
            pass
    assert list(progress.signs) == [place]
    with answering("redis://127.0.0.1:1/0"):
        pass
    assert list(progress.signs) == [place]

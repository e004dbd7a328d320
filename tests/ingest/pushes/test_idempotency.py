"""The same push under the same key is done once, and answered as it was the first time."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from agents.ingest.pushes.idempotency import once, read_key
from agents.ingest.pushes.store import PREFIX, Answers
from streams.errors import StoreUnavailable
from streams.problems import Problem


@pytest.fixture
async def redis(store_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(store_url) as client:
        yield client


@pytest.fixture
def answers(redis: Redis) -> Answers:
    return Answers(redis)


async def first() -> bytes:
    return b"first"


async def second() -> bytes:
    return b"second"


async def test_the_same_request_gets_the_first_answer_again(answers: Answers) -> None:
    assert await once(answers, "key", "digest", first) == b"first"
    assert await once(answers, "key", "digest", second) == b"first"
    assert await once(answers, "other key", "digest", second) == b"second"


async def test_another_request_under_the_key_is_refused(answers: Answers) -> None:
    await once(answers, "key", "digest", first)
    with pytest.raises(Problem, match="another request") as caught:
        await once(answers, "key", "another", second)
    assert caught.value.status == 422


async def test_the_same_request_meanwhile_waits(answers: Answers) -> None:
    begun, leave = asyncio.Event(), asyncio.Event()

    async def slow() -> bytes:
        begun.set()
        await leave.wait()
        return b"slow"

    working = asyncio.create_task(once(answers, "key", "digest", slow))
    await begun.wait()
    with pytest.raises(Problem) as caught:
        await once(answers, "key", "digest", second)
    assert (caught.value.status, caught.value.headers) == (409, {"Retry-After": "1"})
    leave.set()
    assert await working == b"slow"
    assert await once(answers, "key", "digest", second) == b"slow"


async def test_a_request_that_came_to_nothing_may_be_tried_again(answers: Answers) -> None:
    async def refuse() -> bytes:
        raise Problem(503, "away")

    with pytest.raises(Problem, match="away"):
        await once(answers, "key", "digest", refuse)
    assert await once(answers, "key", "mended", second) == b"second"


async def test_an_answer_is_kept_for_a_day_and_a_claim_for_a_minute(answers: Answers, redis: Redis) -> None:
    await answers.claim("begun", "digest")
    (begun,) = await redis.keys(f"{PREFIX}*")
    assert 50 < await redis.ttl(begun) <= 60
    await once(answers, "done", "digest", first)
    (done,) = set(await redis.keys(f"{PREFIX}*")) - {begun}
    assert 86000 < await redis.ttl(done) <= 86400


async def test_without_a_store_no_promise_is_made() -> None:
    async with Redis.from_url("redis://127.0.0.1:1/0") as nowhere:
        with pytest.raises(StoreUnavailable):
            await once(Answers(nowhere, "redis://127.0.0.1:1/0"), "key", "digest", first)


@pytest.mark.parametrize(
    ("header", "key"),
    [
        (None, None),
        ('"8e03978e-40d5"', "8e03978e-40d5"),
        ("8e03978e-40d5", "8e03978e-40d5"),
        (r'"with \"quotes\" and \\"', r'with "quotes" and \ '.strip()),
    ],
)
def test_a_key_is_read_with_quotes_and_without(header: str | None, key: str | None) -> None:
    assert read_key(header) == key


@pytest.mark.parametrize("header", ["", '""', "two words", '"open', "a" * 256, "ключ", 'a"b', '"a", "b"'])
def test_what_is_no_key_is_refused(header: str) -> None:
    with pytest.raises(Problem, match="Idempotency-Key") as caught:
        read_key(header)
    assert caught.value.status == 400

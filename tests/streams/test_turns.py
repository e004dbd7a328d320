"""Work begun together is answered in order."""

import asyncio

import pytest

from streams.turns import Turns, in_turn


async def test_what_is_done_early_is_answered_in_its_turn() -> None:
    turns, answered = Turns(), list[str]()
    first_is_done = asyncio.Event()

    async def work(name: str, done: asyncio.Event) -> None:
        async with turns.taken():
            await done.wait()
            await in_turn()
            answered.append(name)

    at_once = asyncio.Event()
    at_once.set()
    jobs = [asyncio.create_task(work("first", first_is_done)), asyncio.create_task(work("second", at_once))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert answered == []
    first_is_done.set()
    await asyncio.gather(*jobs)
    assert answered == ["first", "second"]


async def test_nothing_is_answered_after_work_that_failed() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="broken"):
        async with turns.taken():
            raise ValueError("broken")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01), turns.taken():
            await in_turn()


async def test_work_without_a_turn_waits_for_nobody() -> None:
    await in_turn()

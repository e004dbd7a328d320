"""What the doors are at is known to who watches them."""

import asyncio

import pytest

from streams.progress import Progress, sign


async def test_a_sign_is_of_the_messages_at_hand_also_from_a_task_begun_with_them() -> None:
    async def work() -> None:
        sign()

    progress = Progress()
    sign()
    with progress.on({("wire.fresh", 0), ("wire.fresh", 1)}):
        task = asyncio.create_task(work())
    await task
    assert set(progress.signs) == {("wire.fresh", 0), ("wire.fresh", 1)}


def test_a_wait_is_over_when_it_ends_however_it_ends() -> None:
    progress = Progress()
    with progress.waiting("the model is being loaded"):
        assert list(progress.waits.values()) == ["the model is being loaded"]
    with pytest.raises(ValueError, match="torn"), progress.waiting("the model is being loaded"):
        raise ValueError("torn")
    assert progress.waits == {}

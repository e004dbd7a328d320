"""Topics followed for people: the last so many, then all that comes, in order, and nobody's place moved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from streams.broker import Outlet, consumer, ensure_topics, start
from streams.following import Batch, Following
from streams.lag import measured
from streams.settings import Settings
from streams.topics import topics

PATIENCE = 120.0


@pytest.fixture
async def outlet(settings: Settings) -> AsyncIterator[Outlet]:
    """A way onto the topics, which exist."""
    await ensure_topics(settings)
    async with Outlet(settings, PATIENCE) as outlet:
        yield outlet


async def put(outlet: Outlet, name: str, *numbers: int) -> None:
    for number in numbers:
        await outlet.send(name, [(str(number).encode(), str(number).encode())])


async def read(batches: AsyncIterator[Batch], count: int) -> tuple[list[int], bool]:
    """The next so many messages, and whether all that was there has come."""
    found: list[int] = []
    batch = Batch([], caught_up=False)
    async with asyncio.timeout(PATIENCE):
        while len(found) < count or not batch.caught_up:
            batch = await anext(batches)
            found += [int(each.value or b"0") for each in batch.messages]
    return found, batch.caught_up


async def test_what_is_there_comes_first_then_what_arrives(settings: Settings, outlet: Outlet) -> None:
    alerts, verdicts = topics(settings).alerts.name, topics(settings).verdicts.name
    await put(outlet, alerts, 1, 2, 3)
    await put(outlet, verdicts, 4)
    batches = Following(settings, [alerts, verdicts], 100).batches()
    assert sorted((await read(batches, 4))[0]) == [1, 2, 3, 4]
    await put(outlet, verdicts, 5)
    assert (await read(batches, 1))[0] == [5]
    await batches.aclose()


async def test_of_much_only_the_last_are_read(settings: Settings, outlet: Outlet) -> None:
    alerts = topics(settings).alerts.name
    await put(outlet, alerts, *range(40))
    batches = Following(settings, [alerts], 8).batches()
    found, _ = await read(batches, 1)
    assert len(found) <= 8 + settings.partitions
    assert 39 in found
    await batches.aclose()


async def lag(settings: Settings, *names: str) -> dict[str, int]:
    async with asyncio.timeout(PATIENCE), aclosing(measured(settings, "workers", names)) as found:
        return (await anext(found))[1]


async def test_the_lag_is_what_a_group_has_not_acknowledged(settings: Settings, outlet: Outlet) -> None:
    raw, clean = topics(settings).raw.name, topics(settings).clean.name
    await put(outlet, raw, *range(6))
    assert await lag(settings, raw, clean) == {raw: 6, clean: 0}
    worker = consumer(settings, raw, group_id="workers")
    await start(worker, settings)
    taken = 0
    async with asyncio.timeout(PATIENCE):
        while taken < 4:
            taken += sum(map(len, (await worker.getmany(timeout_ms=500, max_records=1)).values()))
            await worker.commit()
    await worker.stop()
    assert await lag(settings, raw, clean) == {raw: 6 - taken, clean: 0}

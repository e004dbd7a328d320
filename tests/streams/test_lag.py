"""How far the workers are behind is told of every topic, also by who reads none of them."""

from contextlib import aclosing

from streams.broker import ensure_topics, producer
from streams.lag import measured
from streams.settings import Settings
from streams.topics import group, topics


async def test_what_nobody_answered_is_behind(settings: Settings) -> None:
    flow = topics(settings)
    await ensure_topics(settings)
    sender = producer(settings)
    await sender.start()
    await sender.send_and_wait(flow.raw.name, b"A", key=b"a")
    await sender.stop()
    async with aclosing(measured(settings, group(settings), [flow.raw.name, flow.clean.name])) as taken:
        _, behind = await anext(taken)
    assert behind == {flow.raw.name: 1, flow.clean.name: 0}

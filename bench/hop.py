"""A plain hop, Faust in and Faust out through our door, against aiokafka in and out: what a hop costs by itself."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from statistics import median
from typing import Any, cast

from bench.river import River
from bench.wire import Wire
from streams.broker import ensure_topics
from streams.embedded import EMBEDDED, start_broker
from streams.records import RawArticle
from streams.server import tie
from streams.settings import Settings, variable


def figures(store: str, *, quick: bool) -> dict[str, float]:
    """Messages a second of both, in turns, each a process of its own on topics of its own."""
    count, rounds = (2_000, 3) if quick else (10_000, 5)
    with start_broker() as broker:
        rates: dict[str, list[float]] = {"faust": [], "aiokafka": []}
        for name in rates:
            settings = Settings(broker=broker, store=store, topic_prefix=name, web_port=0, **EMBEDDED)
            asyncio.run(ensure_topics(settings))
        for turn in range(rounds):
            for name, taken in rates.items():
                settings = Settings(broker=broker, store=store, topic_prefix=name, web_port=0, **EMBEDDED)
                taken.append(_rate(settings, name, Wire(turn, words=300).take(count)))
    faust, plain = median(rates["faust"]), median(rates["aiokafka"])
    return {"hop_over_aiokafka": faust / plain, "hop_per_second": faust, "aiokafka_per_second": plain}


def _rate(settings: Settings, name: str, articles: Sequence[RawArticle]) -> float:
    with _running(name, settings):
        river = River(settings, None)
        river.seconds(articles[:20])
        begun = time.perf_counter()
        river.seconds(articles[20:])
        return (len(articles) - 20) / (time.perf_counter() - begun)


@contextmanager
def _running(name: str, settings: Settings) -> Iterator[None]:
    child = subprocess.Popen(  # noqa: S603 - the program is ours
        [sys.executable, "-m", "bench.hop", name],
        env=os.environ | {variable(each): str(getattr(settings, each.name)) for each in fields(settings)},
        stdout=subprocess.DEVNULL,
        preexec_fn=tie(),  # noqa: PLW1509 - see streams.server
    )
    try:
        yield
    finally:
        child.terminate()
        child.wait()


def _faust() -> None:
    """An app with one agent that passes raw articles on, as a door does."""
    from streams.app import application
    from streams.door import Answer, Door
    from streams.settings import from_environment
    from streams.topics import topics

    settings = from_environment()
    app, flow = application(settings), topics(settings)
    cast(Any, app.conf).autodiscover = False

    async def passed(articles: Sequence[RawArticle]) -> list[Answer]:
        return [Answer(flow.verdicts, each.id, each) for each in articles]

    @app.agent(app.plain(flow.raw))
    async def hop(stream: object) -> None:
        await Door(app, RawArticle, passed).carry(stream)  # type: ignore[arg-type]

    sys.argv = ["hop", "worker", "--loglevel", "warn", "--without-web"]
    app.main()


async def _aiokafka() -> None:
    """The same with bare clients: one at a time is read, and sent without waiting."""
    from aiokafka import AIOKafkaConsumer

    from streams.broker import producer
    from streams.settings import from_environment

    settings = from_environment()
    raw, out = f"{settings.topic_prefix}.raw", f"{settings.topic_prefix}.verdicts"
    consumer = AIOKafkaConsumer(
        raw, bootstrap_servers=settings.broker, group_id="hop", auto_offset_reset="earliest", enable_auto_commit=True
    )
    sender = producer(settings)
    await consumer.start()
    await sender.start()
    async for message in consumer:
        await sender.send(out, message.value, key=message.key)


if __name__ == "__main__":
    _faust() if sys.argv[1] == "faust" else asyncio.run(_aiokafka())

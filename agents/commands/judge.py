"""`copytaster judge`: a verdict for each article, in order, with no server to start; it is how quality is measured."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import Literal

import click

from agents.commands import options
from agents.commands.dates import published
from agents.commands.signals import unwinding
from agents.ingest.files import read
from agents.ingest.formats import Found, Input
from streams.codec import encode
from streams.records import Verdict
from streams.settings import Settings

_AT_ONCE = 64  # articles tagged together: enough to fill the model's batches, few enough to see progress


@click.command()
@options.paths()
@options.store
@options.order()
def judge(paths: tuple[str, ...], store: str | None, order: Literal["name", "date"]) -> None:
    """Print one verdict line (JSON) for each article in files, folders, JSON lines or standard input (-).

    Each run begins with an empty store of its own, unless --store names one.
    """
    from streams.embedded import start_store

    with ExitStack() as running:
        running.enter_context(unwinding())
        settings = options.in_force(store=store or running.enter_context(start_store()))
        asyncio.run(_print(read(paths, order, published), settings))


async def _print(inputs: Iterable[Input], settings: Settings) -> None:
    async for verdict in verdicts(inputs, settings):
        sys.stdout.buffer.write(encode(verdict) + b"\n")
        sys.stdout.buffer.flush()


async def verdicts(inputs: Iterable[Input], settings: Settings) -> AsyncIterator[Verdict]:
    """One verdict for each input, in order; what holds no article is `rejected` with its place."""
    from agents.river import rejected, river

    remaining = iter(inputs)
    async with river(settings) as running:
        while batch := list(islice(remaining, _AT_ONCE)):
            judged = iter(await running.judge([each.article for each in _found(batch)]))
            for each in batch:
                if isinstance(each, Found):
                    yield next(judged)
                else:
                    yield rejected(each.key, f"{each.place}: {each.reason}")


def _found(batch: Sequence[Input]) -> list[Found]:
    return [each for each in batch if isinstance(each, Found)]

"""`copytaster judge`: a verdict for each article, in order, with no server to start; it is how quality is measured."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Literal

import click

from agents.commands import options
from agents.commands.dates import published
from agents.commands.signals import unwinding
from agents.ingest.files import read
from agents.ingest.formats import Found, Input
from streams.codec import encode
from streams.errors import CopytasterError
from streams.settings import Settings

if TYPE_CHECKING:
    from agents.river import Judged

_AT_ONCE = 64  # articles tagged together: enough to fill the model's batches, few enough to see progress


@click.command()
@options.paths()
@options.store
@options.order()
@click.option("--explain", is_flag=True, help="a page for a reader instead of JSON: why, what is new, the scores")
@click.option("--article", "only", metavar="ID", multiple=True, help="print this one alone; all are judged")
def judge(
    paths: tuple[str, ...], store: str | None, order: Literal["name", "date"], explain: bool, only: tuple[str, ...]
) -> None:
    """Print one verdict line (JSON) for each article in files, folders, JSON lines or standard input (-).

    Each run begins with an empty store of its own, unless --store names one.
    """
    from streams.embedded import UNGUARDED_STORE, start_store

    with ExitStack() as running:
        running.enter_context(unwinding())
        settings = options.in_force(
            store=store or running.enter_context(start_store()), **({} if store else UNGUARDED_STORE)
        )
        asyncio.run(_print(read(paths, order, published), settings, explain, frozenset(only)))


async def _print(inputs: Iterable[Input], settings: Settings, explain: bool, only: frozenset[str]) -> None:
    show, missing = _as_page() if explain else _as_line, set(only)
    async for each in verdicts(inputs, settings):
        show(each, not only or each.verdict.id in only)
        missing.discard(each.verdict.id)
    if missing:
        raise CopytasterError(f"no article among them has the id {', '.join(sorted(missing))}")


def _as_line(each: "Judged", shown: bool) -> None:
    if shown:
        sys.stdout.buffer.write(encode(each.verdict) + b"\n")
        sys.stdout.buffer.flush()


def _as_page() -> "Callable[[Judged, bool], None]":
    """Prints pages, and keeps in mind who sent what, shown or not: a later page may name it."""
    from agents.commands.bars import ASCII, Ink
    from agents.commands.explain import page
    from agents.commands.lines import console
    from agents.commands.marks import Sent

    screen, sent = console(), dict[str, Sent]()
    ink = ASCII if screen.options.ascii_only else Ink()

    def show(each: "Judged", shown: bool) -> None:
        if each.article:
            sent[each.article.id] = Sent.of(each.article)
        if shown:
            screen.print(*page(each.verdict, each.article, sent, ink), sep="\n")

    return show


async def verdicts(inputs: Iterable[Input], settings: Settings) -> "AsyncIterator[Judged]":
    """One verdict for each input, in order; what holds no article is `rejected` with its place."""
    from agents.river import Judged, rejected, river

    remaining = iter(inputs)
    async with river(settings) as running:
        while batch := list(islice(remaining, _AT_ONCE)):
            judged = iter(await running.judge([each.article for each in _found(batch)]))
            for each in batch:
                if isinstance(each, Found):
                    yield next(judged)
                else:
                    yield Judged(rejected(each.key, f"{each.place}: {each.reason}"))


def _found(batch: Sequence[Input]) -> list[Found]:
    return [each for each in batch if isinstance(each, Found)]

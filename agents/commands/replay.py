"""`copytaster replay`: puts articles onto the first topic; the same input gives the same ids, so twice is harmless."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import click

from agents.commands import options
from agents.commands.dates import published
from agents.commands.messages import bookmark
from agents.commands.outcome import show
from agents.commands.wire import Wire
from agents.ingest.files import read
from agents.ingest.formats import Found, Input
from agents.ingest.replay import Pace, paced, real_time, steady, unhurried
from streams.settings import Settings
from streams.topics import topics

_ABOVE_ZERO = click.FloatRange(min=0, min_open=True)


@dataclass(slots=True)
class Totals:
    """How many inputs went out as articles, went out though unreadable, and stayed because they are too large."""

    articles: int = 0
    unreadable: int = 0
    too_large: int = 0


@click.command()
@options.paths()
@options.broker
@options.order(default=None)
@click.option("--rate", type=_ABOVE_ZERO, metavar="N", help="so many articles a second")
@click.option("--speed", type=_ABOVE_ZERO, metavar="X", help="X times as fast as they were published (by date)")
@click.option("--follow", is_flag=True, help="then show the alerts, until the workers have answered it all")
def replay(
    paths: tuple[str, ...],
    broker: str | None,
    order: Literal["name", "date"] | None,
    rate: float | None,
    speed: float | None,
    follow: bool,
) -> None:
    """Publish articles: files, folders, JSON lines, standard input (-).

    What can't be read is published as it is, and ends in wire.rejected with its reason.
    """
    if rate and speed:
        raise click.UsageError("--rate and --speed exclude each other")
    if speed and order == "name":
        raise click.UsageError("--speed follows the dates; leave --order name away")
    settings = options.in_force(broker=broker)
    flow = topics(settings)
    before = asyncio.run(bookmark(settings, flow.verdicts.name, flow.alerts.name)) if follow else {}
    inputs = read(paths, order or ("date" if speed else "name"), published)
    started = time.monotonic()
    with Wire(settings) as wire, _bar() as advance:
        totals = publish(paced(inputs, _pace(rate, speed)), wire, settings, advance)
    click.echo(_summary(totals, time.monotonic() - started, settings))
    if follow:
        asyncio.run(show(settings, before))
    if totals.too_large:
        raise SystemExit(1)


def publish(inputs: Iterable[Input], wire: Wire, settings: Settings, heard: Callable[[Input], None]) -> Totals:
    """Send every input, keyed by id so that an article's versions keep their order; `heard` is told of each one sent.

    One too large for the broker is named on standard error and stays.
    """
    flow, totals = topics(settings), Totals()
    for each in inputs:
        value = each.value
        if len(value) > settings.max_message_bytes:
            totals.too_large += 1
            click.echo(
                f"{each.place}: not sent, its {len(value):,} bytes are more than the {settings.max_message_bytes:,} "
                "of a message; cut it, or raise COPYTASTER_MAX_MESSAGE_BYTES",
                err=True,
            )
            continue
        wire.send(flow.entrance(value).name, value, each.key.encode("utf-8", "replace"))
        totals.articles += isinstance(each, Found)
        totals.unreadable += not isinstance(each, Found)
        heard(each)
    return totals


def _pace(rate: float | None, speed: float | None) -> Pace:
    if rate:
        return steady(rate)
    return real_time(speed) if speed else unhurried


def _summary(totals: Totals, seconds: float, settings: Settings) -> str:
    flow = topics(settings)
    said = f"{totals.articles} articles to {flow.raw.name} in {seconds:.1f} s ({totals.articles / seconds:.0f}/s)"
    if totals.unreadable:
        said += f"; {totals.unreadable} unreadable, to be found in {flow.rejected.name}"
    if totals.too_large:
        said += f"; {totals.too_large} too large, not sent"
    return said


@contextmanager
def _bar() -> Iterator[Callable[[Input], None]]:
    """A bar on standard error, where that is a terminal; how many articles there are is known at the end alone."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.completed} articles"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda each: progress.advance(task)

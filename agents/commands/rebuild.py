"""`copytaster rebuild`: a store that was lost, made anew from the topics."""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agents.commands import options
from streams.errors import CopytasterError
from streams.settings import Settings

if TYPE_CHECKING:
    from agents.rebuilding import Rebuilding, Told

_AT_ONCE = 1000  # keys looked at in one go


@click.command()
@options.broker
@options.store
def rebuild(broker: str | None, store: str | None) -> None:
    """Make a lost store anew from the topics; nothing rings again.

    Run it with the settings of the workers. They wait until it is done; one that broke off is run again.
    """
    settings, started = options.in_force(broker=broker, store=store), time.monotonic()
    with _bar() as told:
        counts = asyncio.run(_rebuild(settings, told))
    click.echo(_summary(counts, time.monotonic() - started))


async def _rebuild(settings: Settings, told: "Told") -> Counter[str]:
    from streams.broker import ensure_topics
    from streams.store import MARK, REBUILDING, answering, connect

    # Only this run's scripts act on a store that bears this mark: no worker's, and none of a run that broke off.
    mark = f"{REBUILDING}{settings.topic_prefix} {secrets.token_hex(4)}"
    await ensure_topics(settings)
    async with aclosing(connect(settings)) as plain, aclosing(connect(settings, mark)) as redis:
        with answering(settings):
            await _take(plain, mark, settings)
            rebuilding = await _begun(redis, settings)
            await rebuilding.run(told)
            await redis.register_script(f"return redis.call('SET', '{MARK}', ARGV[1])")(args=[settings.topic_prefix])
    return rebuilding.counts


async def _take(redis: Any, mark: str, settings: Settings) -> None:
    """Take the store for this run, and clear it of what is made anew."""
    from agents.alert.store import PREFIX as STORIES
    from agents.dedupe.store import PREFIX as PRINTS
    from streams.store import MARK, REBUILDING

    borne = (await redis.get(MARK) or b"").decode().removeprefix(REBUILDING).partition(" ")[0]
    if borne not in ("", settings.topic_prefix):
        raise CopytasterError(f"the store is river {borne}'s; set COPYTASTER_STORE to this river's own")
    await redis.set(MARK, mark)
    for prefix in (STORIES, PRINTS):
        keys = [key async for key in redis.scan_iter(f"{prefix}*", count=_AT_ONCE)]
        for at in range(0, len(keys), _AT_ONCE):
            await redis.unlink(*keys[at : at + _AT_ONCE])


async def _begun(redis: Any, settings: Settings) -> "Rebuilding":
    from agents.alert.registry import Registry
    from agents.alert.shelf import Shelf
    from agents.alert.store import Ledger
    from agents.dedupe.store import Archive
    from agents.deliver.desk import Desk
    from agents.deliver.store import Deliveries
    from agents.deliver.subscriptions import load
    from agents.ingest.feeds.store import Feeds
    from agents.rebuilding import Rebuilding, silent
    from streams.positions import committed
    from streams.topics import group, topics

    flow, ledger = topics(settings), Ledger(redis, settings)
    since = time.time() - ledger.outcome_life
    await Feeds(redis, settings.store).forgot(since)
    desk = Desk(Deliveries(redis, settings.store), flow)
    desk.follow(silent(load(Path(settings.subscriptions), settings, None) if settings.subscriptions else []), 0.0)
    done = await committed(settings, group(settings), flow.alerts.name)
    return Rebuilding(
        settings,
        Archive(
            redis, window=settings.window_hours * 3600, budget=settings.store_megabytes * 2**20, where=settings.store
        ),
        Registry(ledger, Shelf(redis, settings), settings),
        desk,
        datetime.fromtimestamp(since, UTC),
        lambda message: message.offset < done.get(message.partition, 0),
    )


def _summary(counts: Counter[str], seconds: float) -> str:
    extra = ("alerts", "in flight", "gone", "without article")
    kinds = {name: count for name, count in counts.most_common() if name not in extra}
    told = ", ".join(f"{count:,} {kind}" for kind, count in kinds.items())
    said = [f"{sum(kinds.values()):,} verdicts ({told}), {counts['alerts']:,} alerts, in {seconds:.0f} s"]
    said += [f"{counts['in flight']:,} articles were compared and not judged yet: the workers go on with them"]
    if lost := counts["without article"]:
        said += [f"of {lost:,} the article is no longer kept: what was new in them stands for it"]
    if gone := counts["gone"]:
        said += [f"{gone:,} verdicts are of no use any more: nothing is kept that says what they were on"]
    return "\n".join(said)


@contextmanager
def _bar() -> "Iterator[Told]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks: dict[str, Any] = {}

        def told(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=total)
            progress.update(tasks[name], completed=done, total=total)

        yield told

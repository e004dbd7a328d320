"""`copytaster release`: shows what is held, and sets free what was told."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from math import isinf

import click

from agents.alert.shelf import Held, Shelf
from agents.commands import options
from streams.errors import CopytasterError
from streams.settings import Settings
from streams.store import connect


@click.command()
@click.argument("ids", metavar="[ID...]", nargs=-1)
@options.store
def release(ids: tuple[str, ...], store: str | None) -> None:
    """Free held articles by id, whatever they wait for; without an id, list what is held and until when.

    A running worker sends them through the river within a second.
    """
    asyncio.run(_release(ids, options.in_force(store=store)))


async def _release(ids: Sequence[str], settings: Settings) -> None:
    async with aclosing(connect(settings)) as redis:
        shelf = Shelf(redis, settings)
        if not ids:
            for each in await shelf.held():
                click.echo(row(each))
            return
        missing = [each for each in ids if not await shelf.release(each, time.time())]
    if missing:
        raise CopytasterError(f"not held: {', '.join(missing)}; `copytaster release` lists what is")


def row(held: Held) -> str:
    """A held article in one line: until when, its id, what holds it and its headline."""
    from agents.commands.lines import plain

    article = held.tagged.article
    by = "embargoed" if article.embargoed_until else article.status
    until = "until it is released" if isinf(held.due) else f"{datetime.fromtimestamp(held.due, UTC):%Y-%m-%d %H:%M:%SZ}"
    return "  ".join((f"{until:<20}", plain(article.id), plain(article.notice or by), plain(article.headline)))

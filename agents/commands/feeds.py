"""`copytaster feeds`: the feeds that workers poll, how they do, and their list in and out."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from agents.commands import options
from agents.ingest.feeds import opml
from agents.ingest.feeds.feed import Feed, State, per_day
from agents.ingest.feeds.store import Followed
from streams.codec import encode
from streams.errors import CopytasterError, RejectedCopy, SettingsError
from streams.settings import Settings, masked

_PAUSE = 1.0  # seconds between two pages
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.pass_context
@options.store
@click.option("--json", "as_json", is_flag=True, help="one JSON object a feed and line")
def feeds(context: click.Context, store: str | None, as_json: bool) -> None:
    """List the feeds that are polled, and how they do; or take one of the commands below."""
    if context.invoked_subcommand is None:
        rows = [_row(each, time.time()) for each in asyncio.run(_followed(options.in_force(store=store)))]
        _print_json(rows) if as_json else _print(rows)


async def _followed(settings: Settings) -> list[Followed]:
    from agents.ingest.feeds.store import Feeds
    from streams.store import connect

    redis = connect(settings)
    try:
        return await Feeds(redis, settings.store).followed()
    finally:
        await redis.aclose()


def _row(each: Followed, now: float) -> dict[str, Any]:
    """A feed for people and programs; the share of repeats is that of its latest verdicts."""
    from agents.ingest.feeds.habits import notices

    tally = each.tally
    return {
        "feed": masked(each.feed.url),
        "source": each.feed.text or each.state.title,
        "fetched": _moment(each.state.fetched),
        "next": _moment(each.due),
        "status": each.state.status,
        "per_day": round(per_day(each.state, now), 1),
        "repeats": round(tally.repeats / tally.told, 2) if tally.told else None,
        "notices": dict(notices(each.state, tally, now)),
    }


def _moment(seconds: float) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds else None


def _print_json(rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def _print(rows: Sequence[dict[str, Any]]) -> None:
    from rich.text import Text

    from agents.commands.lines import Row, console, plain

    screen = console()
    for row in rows:
        share = "" if row["repeats"] is None else f", {row['repeats']:.0%} repeats"
        asked = f"asked {row['fetched'] or 'never'}, next {row['next']}: {row['status'] or 'waiting'}"
        lines = [
            Text.assemble((plain(row["source"]) or "(no name yet)", "bold"), f"  {row['per_day']:g} a day{share}"),
            Text(plain(row["feed"]), "dim"),
            Text(plain(asked)),
            *(Text(f"! {plain(words)}", "yellow") for words in row["notices"].values()),
        ]
        screen.print(Row(Text(), lines))
    click.echo(f"{len(rows)} feeds; COPYTASTER_FEEDS names their list", err=True)


@feeds.command("import")
@click.argument("source", metavar="FILE.opml", type=_FILE)
def import_(source: Path) -> None:
    """Add the feeds of an OPML file to the list that COPYTASTER_FEEDS names; workers see it within seconds."""
    settings = options.in_force()
    listed, ours = _list(settings), _listed(settings)
    found = opml.joined(ours, opml.read(source.read_bytes(), str(source)))
    draft = listed.with_name(f".{listed.name}.{os.getpid()}")
    try:
        draft.write_bytes(opml.write(found))
        draft.replace(listed)  # at once, so that no worker reads half a list
    except OSError as error:
        raise CopytasterError(f"{listed}: can't be written: {error.strerror}; check its folder") from error
    finally:
        draft.unlink(missing_ok=True)
    click.echo(f"{len(found) - len(ours)} feeds added to {listed}, which has {len(found)} now")


def _list(settings: Settings) -> Path:
    if not settings.feeds:
        raise SettingsError("COPYTASTER_FEEDS is not set; it names the OPML file that lists the feeds")
    return Path(settings.feeds)


@feeds.command()
@options.store
def export(store: str | None) -> None:
    """Print the list of feeds as OPML, with the names and addresses that they have by now."""
    settings = options.in_force(store=store)
    followed = asyncio.run(_followed(settings))
    states = {each.feed.url: each.state for each in followed}
    listed = _listed(settings) if settings.feeds else sorted((each.feed for each in followed), key=_place)
    click.echo(opml.write([_named(feed, states.get(feed.url, State())) for feed in listed]).decode(), nl=False)


def _listed(settings: Settings) -> list[Feed]:
    listed = _list(settings)
    try:
        return opml.read(listed.read_bytes(), str(listed))
    except FileNotFoundError:
        return []


def _place(feed: Feed) -> tuple[str, str]:
    return feed.folder, feed.url


def _named(feed: Feed, state: State) -> Feed:
    return Feed(state.moved or feed.url, feed.text or state.title, feed.full_text, feed.folder)


@feeds.command("try")
@click.argument("url")
@click.option("--full-text", is_flag=True, help="fetch the page behind each entry")
def try_(url: str, full_text: bool) -> None:
    """Fetch one feed and print what would be published, one JSON article a line; nothing is sent or remembered."""
    asyncio.run(_try(Feed(url, full_text=full_text), options.in_force()))


async def _try(feed: Feed, settings: Settings) -> None:
    from agents.ingest.feeds.documents import read_feed
    from agents.ingest.feeds.entries import entries
    from agents.ingest.feeds.fetch import FetchFailed, Limits, fetch, session
    from agents.ingest.feeds.pages import whole
    from streams.addresses import networks

    async with session(networks(settings.feeds_networks)) as client:
        try:
            found = entries(read_feed((await fetch(client, feed.url)).body), feed, State())
        except (FetchFailed, RejectedCopy) as error:
            raise CopytasterError(f"{masked(feed.url)}: {error}") from error
        for each in found:
            article = each.article
            if article and feed.full_text and article.url:
                article = await whole(client, article, turn=_unhurried, limits=Limits())
            click.echo(encode(article) if article else each.value)


@asynccontextmanager
async def _unhurried(host: str) -> AsyncIterator[None]:
    """A turn, and a pause after it."""
    yield
    await asyncio.sleep(_PAUSE)

"""`copytaster redrive`: puts rejected messages back where they came from, each once."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import click
import msgspec

from agents.commands import options
from agents.commands.messages import stored
from agents.commands.wire import answering
from streams.broker import permitted, producer, start
from streams.codec import decode
from streams.errors import CopytasterError
from streams.records import Rejected
from streams.redriving import put_back
from streams.settings import Settings
from streams.topics import topics


@click.command()
@options.broker
@click.option("--all", "everything", is_flag=True, help="every rejected message")
@click.option("--reason", metavar="TEXT", help="those whose reason contains TEXT, in any case")
@click.option("--id", "ids", metavar="ID", multiple=True, help="of this article, or this rejection; may be repeated")
@click.option("--dry-run", is_flag=True, help="show what would go, and send nothing")
def redrive(broker: str | None, everything: bool, reason: str | None, ids: tuple[str, ...], dry_run: bool) -> None:
    """Send rejected messages back to where they came from."""
    if not (everything or reason or ids or dry_run):
        raise click.UsageError("say which: --all, --reason TEXT or --id ID; --dry-run shows what there is")
    if everything and (reason or ids):
        raise click.UsageError("--all leaves nothing to choose by --reason or --id")
    settings = options.in_force(broker=broker)
    asyncio.run(_redrive(settings, reason, ids, dry_run))


async def _redrive(settings: Settings, reason: str | None, ids: Sequence[str], dry_run: bool) -> None:
    waiting, done = await _survey(settings)
    chosen = {each.id: each for each in waiting.values() if chooses(each, reason, ids)}
    _show(list(chosen.values()))
    if not dry_run:
        _known(list(chosen.values()), settings)
        await _send_back(settings, set(chosen))
    verb = "would go" if dry_run else "went"
    click.echo(f"{len(chosen)} {verb} back, {len(waiting) - len(chosen)} stay, {done} went back before", err=True)


def chooses(rejection: Rejected, reason: str | None, ids: Sequence[str]) -> bool:
    """Whether a rejection is meant: by part of its reason and by its id or its article's, where these are given."""
    if reason and reason.casefold() not in rejection.reason.casefold():
        return False
    return not ids or rejection.id in ids or rejection.article in ids


async def _survey(settings: Settings) -> tuple[dict[str, Rejected], int]:
    """The rejections not yet put back, by id and without their bytes (there may be gigabytes), and how many were."""
    waiting: dict[str, Rejected] = {}
    marked: set[str] = set()
    async for rejection in _rejections(settings):
        if isinstance(rejection, str):
            marked.add(rejection)
        else:
            waiting[rejection.id] = msgspec.structs.replace(rejection, value=b"")
    return {name: each for name, each in waiting.items() if name not in marked}, len(marked)


async def _rejections(settings: Settings) -> AsyncIterator[Rejected | str]:
    """Every rejection kept, and the id of every one that was put back."""
    async for message in stored(settings, topics(settings).rejected.name):
        yield decode(message.value, Rejected) if message.value else (message.key or b"").decode(errors="replace")


def _known(chosen: Sequence[Rejected], settings: Settings) -> None:
    names = {topic.name for topic in topics(settings)}
    for each in chosen:
        if each.topic not in names:
            raise CopytasterError(
                f"rejection {each.id} came from {each.topic}, no topic of this river; "
                "nothing was sent, set COPYTASTER_TOPIC_PREFIX to that of its topics"
            )


async def _send_back(settings: Settings, chosen: set[str]) -> None:
    sender = producer(settings)
    try:
        async with answering(settings):
            await start(sender, settings)
        with permitted(settings):
            async for each in _rejections(settings):
                if isinstance(each, Rejected) and each.id in chosen:
                    chosen.discard(each.id)
                    await put_back(sender, each, settings)
    finally:
        await sender.stop()


def _show(chosen: Sequence[Rejected]) -> None:
    from agents.commands.lines import plain

    for each in sorted(chosen, key=lambda each: each.rejected):
        place = f"{each.topic}/{each.partition}/{each.offset}"
        said = (f"{each.rejected:%Y-%m-%d %H:%M:%S}", place, plain(each.article or "-"), plain(each.reason))
        click.echo("  ".join((each.id, *said)))

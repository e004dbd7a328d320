"""`copytaster tail`: alerts, or verdicts, as they arrive."""

import asyncio
import logging
from datetime import datetime

import click
from aiokafka.structs import ConsumerRecord

from agents.commands import options
from agents.commands.messages import Since, reading
from streams.codec import decode, encode
from streams.errors import RejectedCopy
from streams.records import Alert, Verdict
from streams.settings import Settings
from streams.topics import topics

_log = logging.getLogger(__name__)


def _moment(context: click.Context, option: click.Parameter, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no ISO 8601 time, such as 2026-01-31T18:05+01:00") from error


@click.command()
@options.broker
@click.option("--verdicts", is_flag=True, help="the verdict on every article, not the alerts alone")
@click.option("--from-start", is_flag=True, help="from the oldest that is kept")
@click.option("--since", metavar="TIME", callback=_moment, help="from an ISO 8601 time on; local without a zone")
@click.option("--json", "as_json", is_flag=True, help="one JSON record a line")
@click.option("--count", type=click.IntRange(min=1), metavar="N", help="end after so many")
def tail(
    broker: str | None, verdicts: bool, from_start: bool, since: datetime | None, as_json: bool, count: int | None
) -> None:
    """Show alerts as they arrive."""
    if from_start and since:
        raise click.UsageError("--from-start and --since exclude each other")
    settings = options.in_force(broker=broker)
    place: Since = "start" if from_start else since or "now"
    asyncio.run(_show(settings, Verdict if verdicts else Alert, place, as_json, count))


async def _show(
    settings: Settings, kind: type[Verdict] | type[Alert], since: Since, as_json: bool, count: int | None
) -> None:
    from agents.commands.lines import alert_row, console, verdict_row

    screen, shown, flow = console(), 0, topics(settings)
    name = (flow.alerts if kind is Alert else flow.verdicts).name
    async with reading(settings, name, since=since) as reader:
        if since == "now":
            click.echo(f"waiting for what arrives on {name} at {settings.broker}; Ctrl-C ends", err=True)
        while shown != count:
            if not (record := _record(await reader.getone(), kind)):
                continue
            if as_json:
                click.echo(encode(record))
            else:
                screen.print(alert_row(record) if isinstance(record, Alert) else verdict_row(record))
            shown += 1


def _record(message: ConsumerRecord, kind: type[Verdict] | type[Alert]) -> Verdict | Alert | None:
    try:
        return decode(message.value or b"", kind)
    except RejectedCopy as error:
        _log.warning("skipped %s/%d/%d: %s", message.topic, message.partition, message.offset, error)
        return None

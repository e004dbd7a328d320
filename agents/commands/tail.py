"""`copytaster tail`: alerts, or verdicts, as they arrive."""

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click
from aiokafka.structs import ConsumerRecord

from agents.commands import options
from agents.commands.messages import Since, in_order, reading
from agents.commands.moments import Moment
from agents.commands.sieve import Sieve, conditioned, sieve
from streams.codec import decode, encode
from streams.errors import RejectedCopy
from streams.records import Alert, Verdict
from streams.settings import Settings
from streams.topics import topics

if TYPE_CHECKING:
    from rich.console import Console

_log = logging.getLogger(__name__)

Show = Callable[[Alert | Verdict, datetime], None]


@click.command()
@options.broker
@click.option("--verdicts", is_flag=True, help="the verdict on every article, not the alerts alone")
@click.option("--from-start", is_flag=True, help="from the oldest that is kept")
@click.option("--since", type=Moment(), help="from then on: 08:00, 2h (ago) or an ISO 8601 time, local without a zone")
@conditioned
@click.option("--json", "as_json", is_flag=True, help="one JSON record a line")
@click.option("--count", type=click.IntRange(min=1), metavar="N", help="end after so many")
def tail(
    broker: str | None,
    verdicts: bool,
    from_start: bool,
    since: datetime | None,
    as_json: bool,
    count: int | None,
    **conditions: Any,
) -> None:
    """Show alerts as they arrive, those alone that meet all conditions.

    Conditions are those of subscriptions: one that is given several times holds for any of its values.
    """
    if from_start and since:
        raise click.UsageError("--from-start and --since exclude each other")
    wanted = sieve(conditions, verdicts)
    settings = options.in_force(broker=broker)
    place: Since = "start" if from_start else since or "now"
    asyncio.run(
        _show(settings, Verdict if verdicts else Alert, place, wanted, _as_line if as_json else _as_rows(), count)
    )


async def _show(
    settings: Settings, kind: type[Verdict] | type[Alert], since: Since, wanted: Sieve, show: Show, count: int | None
) -> None:
    shown, flow = 0, topics(settings)
    name = (flow.alerts if kind is Alert else flow.verdicts).name
    async with reading(settings, name, since=since) as reader:
        if since == "now":
            click.echo(f"waiting for what arrives on {name} at {settings.broker}; Ctrl-C ends", err=True)
        async for message in in_order(reader):
            record = _record(message, kind)
            if record and wanted.passes(record):
                show(record, datetime.fromtimestamp(message.timestamp / 1000).astimezone())
                shown += 1
            if shown == count:
                return


def _record(message: ConsumerRecord, kind: type[Verdict] | type[Alert]) -> Verdict | Alert | None:
    try:
        return decode(message.value or b"", kind)
    except RejectedCopy as error:
        _log.warning("skipped %s/%d/%d: %s", message.topic, message.partition, message.offset, error)
        return None


def _as_line(record: Alert | Verdict, _: datetime) -> None:
    click.echo(encode(record))


def _as_rows() -> Show:
    """Rows with the time that they came at, under a line with the day wherever that is another than before."""
    from agents.commands.lines import alert_row, console, verdict_row

    screen, day = console(), datetime.now().astimezone().date()

    def show(record: Alert | Verdict, at: datetime) -> None:
        nonlocal day
        day = _turned(screen, day, at.date())
        screen.print(alert_row(record, at) if isinstance(record, Alert) else verdict_row(record, at=at))

    return show


def _turned(screen: "Console", before: date, day: date) -> date:
    if day != before:
        screen.print(f"{day:%A, %d %B %Y}", style="dim")
    return day

"""`copytaster subscriptions`: checks a file of them, and shows which of the last alerts each would have caught."""

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from agents.commands import options
from agents.commands.sieve import Sieve
from agents.deliver.subscriptions import Subscription, load
from streams.codec import decode
from streams.errors import RejectedCopy
from streams.records import Alert
from streams.settings import Settings
from streams.topics import topics

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def subscriptions() -> None:
    """Check who gets which alerts before a worker goes by it."""


@subscriptions.command()
@click.argument("path", metavar="FILE.toml", type=_FILE)
@click.option("--no-secrets", is_flag=True, help="don't look for the secrets that it names; they are elsewhere")
def check(path: Path, no_secrets: bool) -> None:
    """Name every mistake in a file, with its line and mend."""
    found = load(path, options.in_force(), None if no_secrets else os.environ)
    for each in found:
        click.echo(f"{each.name}  {', '.join(_places(each))}")
    click.echo(f"{len(found)} subscriptions, and no mistake", err=True)


def _places(subscription: Subscription) -> list[str]:
    webhook = f"webhook {subscription.webhook.url}" if subscription.webhook else ""
    feed = f"feed /feeds/{subscription.name}.atom" if subscription.entries else ""
    return [place for place in (subscription.topic and f"topic {subscription.topic}", webhook, feed) if place]


@subscriptions.command()
@click.argument("path", metavar="FILE.toml", type=_FILE)
@options.broker
@click.option("--last", type=click.IntRange(min=1), default=1000, show_default=True, help="how many alerts are tried")
@click.option("--json", "as_json", is_flag=True, help="one JSON object a subscription and line")
def test(path: Path, broker: str | None, last: int, as_json: bool) -> None:
    """Show which of the last alerts each would have caught."""
    settings = options.in_force(broker=broker)
    found = load(path, settings, None)
    alerts = asyncio.run(_alerts(settings))[-last:]
    caught = {each.name: catch(each, alerts) for each in found}
    _print_json(caught) if as_json else _print(caught, len(alerts))


def catch(subscription: Subscription, alerts: Sequence[Alert]) -> list[Alert]:
    """The alerts that a subscription catches, of some in their order, with what withdraws those it had."""
    sieve = Sieve(subscription.filter)
    return list({alert.id: alert for alert in alerts if sieve.passes(alert)}.values())


async def _alerts(settings: Settings) -> list[Alert]:
    """What wire.alerts holds, each alert once, in the order in which they rang."""
    from agents.commands.messages import stored

    found: dict[str, Alert] = {}
    async for message in stored(settings, topics(settings).alerts.name):
        try:
            alert = decode(message.value or b"", Alert)
        except RejectedCopy:
            continue
        found[alert.id] = alert
    return sorted(found.values(), key=lambda alert: alert.alerted)


def _print_json(caught: Mapping[str, Sequence[Alert]]) -> None:
    for name, alerts in caught.items():
        row: dict[str, Any] = {"subscription": name, "caught": len(alerts), "alerts": [each.id for each in alerts]}
        click.echo(json.dumps(row, ensure_ascii=False))


def _print(caught: Mapping[str, Sequence[Alert]], tried: int) -> None:
    from rich.text import Text

    from agents.commands.lines import alert_row, console

    screen = console()
    for name, alerts in caught.items():
        screen.print(Text(f"{name}: {len(alerts)} of the last {tried} alerts", "bold"))
        for each in alerts:
            screen.print(alert_row(each))

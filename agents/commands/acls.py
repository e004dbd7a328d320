"""`copytaster acls`: the commands that give a user of Kafka the rights of its role, and no more."""

from pathlib import Path

import click

from agents.commands import options
from agents.deliver.subscriptions import load
from streams.rights import ROLES, commands, rights
from streams.settings import Settings

_ABOUT = "; ".join(f"{name}: {about}" for name, about in ROLES.items())


@click.command(help=f"Print the `kafka-acls.sh` commands for one role. {_ABOUT}.")
@click.argument("role", type=click.Choice(list(ROLES)))
@click.option("--principal", metavar="User:NAME", help="whom to give the rights; User: and the role without it")
@click.option("--group", default="", metavar="NAME", help="a subscriber's consumer group; tail needs none")
@click.option("--topic", "own", metavar="NAME", multiple=True, help="a subscription's topic, which a subscriber reads")
@options.broker
def acls(role: str, principal: str | None, group: str, own: tuple[str, ...], broker: str | None) -> None:
    """Nothing is asked of the broker: the rights follow from the settings."""
    settings = options.in_force(broker=broker)
    more = [*own, *(_subscribed(settings) if role == "worker" else [])]
    needed = rights(role, settings, group=group, more=more)
    for line in commands(needed, principal or f"User:{role}", settings.broker):
        click.echo(line)


def _subscribed(settings: Settings) -> list[str]:
    """The topics that the file of subscriptions names; its secrets may be elsewhere."""
    if not settings.subscriptions:
        return []
    return sorted({each.topic for each in load(Path(settings.subscriptions), settings, None) if each.topic})

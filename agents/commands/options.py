"""The arguments that several commands share, and the settings in force under them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from agents.commands.logs import log_to_stderr
from streams.settings import Settings, from_environment, masked

C = TypeVar("C", bound=Callable[..., Any])

_PATH = click.Path(exists=True, allow_dash=True)


def paths(required: bool = True) -> Callable[[C], C]:
    """Files, folders, or `-` for standard input."""
    return click.argument("paths", metavar="PATH...", nargs=-1, required=required, type=_PATH)


def order(default: str | None = "name") -> Callable[[C], C]:
    """The order in which articles are taken."""
    about = "by name: as given, and by file name within folders; by date: as published, what has no date last"
    return click.option("--order", type=click.Choice(["name", "date"]), default=default, show_default=True, help=about)


def broker(command: C) -> C:
    """Another broker than the settings name."""
    return click.option("--broker", metavar="HOST:PORT", help="Kafka's bootstrap servers (COPYTASTER_BROKER)")(command)


def store(command: C) -> C:
    """Another store than the settings name; what is typed is seen by all on the machine, so no password."""
    about = "the Redis that workers share (COPYTASTER_STORE)"
    return click.option("--store", metavar="URL", callback=_without_password, help=about)(command)


def _without_password(context: click.Context, option: click.Parameter, url: str | None) -> str | None:
    if url and masked(url) != url:
        raise click.BadParameter("a password shows in the list of processes; set COPYTASTER_STORE_PASSWORD_FILE")
    return url


def in_force(**given: Any) -> Settings:
    """The settings from the environment, what was given on the command line before them; logs go to standard error."""
    settings = replace(from_environment(), **{name: value for name, value in given.items() if value is not None})
    log_to_stderr(settings.log_level)
    return settings

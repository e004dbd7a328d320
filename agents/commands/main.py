"""The console script `copytaster`: Faust's command line for our app, with our own commands beside it.

Ours are found by name and imported when called, so that `copytaster judge` doesn't wait for Faust to load.
"""

import importlib
import io
import sys
from typing import Any, NoReturn

import click

from streams.errors import CopytasterError, SettingsError

OURS = [
    "demo",
    "replay",
    "read",
    "judge",
    "tail",
    "release",
    "redrive",
    "rebuild",
    "feeds",
    "subscriptions",
    "contract",
    "acls",
    "settings",
]

_INTERRUPTED = 130  # 128 and SIGINT, as shells count


class Commands(click.Group):
    """Our commands from their modules, every other name from Faust."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Ours first, in the order in which a newcomer needs them."""
        return [*OURS, *_faust().list_commands(ctx)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command `name`, in a module of the same name, or a door to Faust's."""
        if name in OURS:
            command: click.Command = getattr(importlib.import_module(f"agents.commands.{name}"), name)
            return command
        theirs = _faust().get_command(ctx, name)
        return _door(name, theirs) if theirs else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options before the command's name are Faust's (`copytaster --json agents`), but for ours."""
        if args and args[0].startswith("-") and args[0] not in (*ctx.help_option_names, "--version"):
            hand_over(args)
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Ours and Faust's under headings of their own."""
        for title, names in (("Commands", OURS), ("Faust's commands", _faust().list_commands(ctx))):
            commands = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(title):
                formatter.write_dl([(name, command.get_short_help_str(60)) for name, command in commands if command])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="copytaster")
def commands() -> None:
    """Read the wires first: each new fact once, at once, with what changed shown."""


def _faust() -> click.Group:
    from faust.cli.faust import cli

    group: click.Group = cli
    return group


def _door(name: str, theirs: click.Command) -> click.Command:
    """A command that passes everything on, `--help` too."""
    return click.Command(
        name,
        callback=lambda: hand_over([name, *click.get_current_context().args]),
        help=theirs.help,
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "allow_interspersed_args": False},
    )


def hand_over(args: list[str]) -> NoReturn:
    """Run Faust's command line for our app; it ends the process with its own exit code."""
    from agents.commands.logs import plain_worker_errors
    from streams.app import app, settings

    plain_worker_errors()
    if "worker" in args and not any(each.startswith(("-l", "--loglevel")) for each in args):
        args = ["--loglevel", settings.log_level.replace("warning", "warn"), *args]
    extra: dict[str, Any] = {"app": app}
    _faust().main(args=args, prog_name="copytaster", **extra)
    sys.exit()


def main() -> NoReturn:
    """Run the command line."""
    run(commands)


def run(command: click.Command) -> NoReturn:
    """Run a command. Exit codes: 1 for a failure, 2 for what was typed or set wrongly, 130 for Ctrl-C."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that can't show a letter still shows the rest
    try:
        code = command.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except CopytasterError as error:
        click.echo(f"copytaster: {error}", err=True)
        code = 2 if isinstance(error, SettingsError) else 1
    except (click.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()

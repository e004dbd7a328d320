"""`copytaster read`: shows what is understood of wire copy, and names what isn't; nothing is sent anywhere."""

import sys

import click

from agents.commands import options
from agents.ingest.files import parts_of
from agents.ingest.formats import Found, Unreadable, unused
from streams.codec import encode


@click.command()
@options.paths()
def read(paths: tuple[str, ...]) -> None:
    """Print what is understood of wire copy: one raw article (JSON) a line.

    Takes files, folders and standard input (-) in any format, told by their bytes: ninjs, NITF, NewsML, IPTC 7901,
    ANPA 1312, AP's JSON, e-mail, feeds, pages, plain text, and articles of our own. What can't be used is named on
    standard error with its file and place; the exit code is 1 where something could not be read at all.
    """
    options.in_force()
    unreadable = False
    for part in parts_of(paths):
        if isinstance(part, Found):
            sys.stdout.buffer.write(encode(part.article) + b"\n")
            sys.stdout.buffer.flush()
        if isinstance(part, Unreadable):
            unreadable = True
            click.echo(f"{part.place}: {part.reason}", err=True)
        elif reason := unused(part):
            click.echo(f"{part.place}: not used: {reason}", err=True)
    if unreadable:
        raise SystemExit(1)

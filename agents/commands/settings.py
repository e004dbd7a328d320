"""`copytaster settings`: what is in force, what each setting does, and in which unit; secrets masked."""

import json

import click

from agents.commands.options import in_force
from streams.settings import describe


@click.command()
@click.option("--json", "as_json", is_flag=True, help="one JSON list of objects")
def settings(as_json: bool) -> None:
    """Print the settings in force."""
    rows = describe(in_force())
    if as_json:
        names = ("name", "value", "unit", "about")
        click.echo(json.dumps([dict(zip(names, row, strict=True)) for row in rows], indent=2, ensure_ascii=False))
        return
    name, value, unit = (max(len(row[column]) for row in rows) for column in range(3))
    for row in rows:
        click.echo(f"{row[0]:<{name}}  {row[1]:<{value}}  {row[2]:<{unit}}  {row[3]}")

"""`copytaster contract`: what is promised to those who write to the topics and read from them, for their tools."""

import json

import click

from agents.commands.options import in_force
from streams.contract import PUBLIC, asyncapi, schema


@click.command()
@click.argument("topic", required=False, type=click.Choice(list(PUBLIC)))
def contract(topic: str | None) -> None:
    """Print the AsyncAPI 3 document of the topics, or the JSON Schema of what TOPIC carries."""
    said = schema(topic) if topic else asyncapi(in_force())
    click.echo(json.dumps(said, indent=2, ensure_ascii=False))

"""Runs the measures and prints their figures; see scripts/bench."""

import json
import sys

import click

from bench import dedupe, growth, hop, river, rooms, stories
from streams.embedded import start_store

MEASURES = {each.__name__.split(".")[-1]: each.figures for each in (dedupe, river, hop, growth, stories, rooms)}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="one line of JSON")
@click.option("--quick", is_flag=True, help="fewer articles and runs: some five minutes")
@click.argument("only", nargs=-1, type=click.Choice(list(MEASURES)))
def main(as_json: bool, quick: bool, only: tuple[str, ...]) -> None:
    """Measure the river against its yardsticks, all of it or what is named."""
    found: dict[str, float] = {}
    for name in only or MEASURES:
        print(f"bench: {name}", file=sys.stderr, flush=True)
        with start_store() as store:
            found |= MEASURES[name](store, quick=quick)
    if as_json:
        print(json.dumps({name: round(value, 4) for name, value in found.items()}))
    else:
        for name, value in found.items():
            print(f"{name:32} {value:12,.3f}")


if __name__ == "__main__":
    main()

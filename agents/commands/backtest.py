"""Measures verdicts on labelled copy, and compares two versions of the judge; `scripts/backtest` calls it.

    python -m agents.commands.backtest FOLDER VERDICTS [EARLIER]

FOLDER has `gold.jsonl` (see `agents.measure.gold`); VERDICTS and EARLIER are what `copytaster judge` printed.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from agents.commands.lines import console, plain
from agents.commands.main import run
from agents.measure.clusters import story_figures
from agents.measure.gold import Gold, read_gold, read_verdicts
from agents.measure.lift import fact_figures
from agents.measure.minds import Change, changed_minds
from agents.measure.repeats import repeat_figures, right_by_kind
from streams.records import Verdict

_SHOWN = 40  # changed minds printed; --all prints every one
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("verdicts", type=_FILE)
@click.argument("earlier", type=_FILE, required=False)
@click.option("--all", "everything", is_flag=True, help=f"every article judged differently, not {_SHOWN}")
def backtest(folder: Path, verdicts: Path, earlier: Path | None, everything: bool) -> None:
    """Print the figures of one version, or those of two beside each other and what changed its mind."""
    gold, later = read_gold(folder), read_verdicts(verdicts)
    before = read_verdicts(earlier) if earlier else None
    for row in table(figures(gold, later), figures(gold, before) if before is not None else None):
        click.echo(row)
    if before is not None:
        _show(list(changed_minds(before, later, gold)), everything)


def figures(gold: Sequence[Gold], verdicts: Mapping[str, Verdict]) -> dict[str, float]:
    """Every figure that the labels allow: counts as whole numbers, shares from 0 to 1 as floats."""
    articles = {label.id for label in gold}
    return {
        "articles": len(articles),
        "unanswered": len(articles - verdicts.keys()),
        **repeat_figures(gold, verdicts),
        **{f"right: {kind}": share for kind, share in right_by_kind(gold, verdicts).items()},
        **story_figures(gold, verdicts),
        **fact_figures(gold, verdicts),
    }


def table(now: Mapping[str, float], before: Mapping[str, float] | None) -> list[str]:
    """Lines of name, figure, and with an earlier version its figure and the difference."""
    width = max(map(len, now))
    rows = []
    for name, value in now.items():
        row = f"{name:<{width}}  {_number(value):>7}"
        if before is not None and name in before:
            row += f"  was {_number(before[name]):>7}  {value - before[name]:+.4g}"
        rows.append(row)
    return rows


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.4f}"


def _show(changes: Sequence[Change], everything: bool) -> None:
    marks = {True: ("better", "green"), False: ("worse", "red"), None: ("other", "dim")}
    counts = {mark: sum(each.better is mark for each in changes) for mark in marks}
    screen = console()
    said = ", ".join(f"{count} {marks[mark][0]}" for mark, count in counts.items())
    screen.print(f"\njudged differently: {len(changes)} ({said})")
    ordered = sorted(changes, key=lambda each: [False, True, None].index(each.better))
    for each in ordered if everything else ordered[:_SHOWN]:
        word, style = marks[each.better]
        screen.print(f"{word:<6}  {plain(each.article)}: {plain('; '.join(each.told))}", style=style, markup=False)
        for name, (old, new) in each.reasons.items():
            screen.print(f"          {name}: {old} → {new}", style="dim", markup=False)


if __name__ == "__main__":
    run(backtest)

"""Draws the curves of docs/performance.md from the lines that scripts/bench --json wrote.

A point of a curve is a figure named NAME_at_X. Pictures are SVG on no background, in one grey that is read on white and
on black, and the curves in middle tones of blue and vermilion, which the colour-blind tell apart (Okabe and Ito 2008).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

_GREY = "#808890"
_COLOURS = ("#3B8EDE", "#E0762F", "#2BA67A", "#C678B0")
_POINT = re.compile(r"(.+)_at_(\d+)$")


@dataclass(frozen=True, slots=True)
class Picture:
    """What one shows: curves by the names of their figures, and what its axes say."""

    name: str
    title: str
    x: str
    y: str
    curves: Mapping[str, str]
    log: bool = False


PICTURES = (
    Picture(
        "capacity",
        "Capacity by workers",
        "workers",
        "articles a second",
        {"capacity": "the river"},
    ),
    Picture(
        "growth",
        "Cost of an article by what is stored",
        "articles stored",
        "milliseconds of processors",
        {"growth_ms": "dedupe room and store", "growth_store_ms": "the store alone"},
        log=True,
    ),
    Picture(
        "growth-bytes",
        "Memory of an article by what is stored",
        "articles stored",
        "bytes",
        {"growth_index_bytes": "index of fingerprints", "growth_text_bytes": "its text"},
        log=True,
    ),
    Picture(
        "stories",
        "Cost of a verdict by running stories",
        "running stories",
        "milliseconds of processors",
        {"stories_ms": "alert room and store", "stories_store_ms": "the store alone"},
        log=True,
    ),
    Picture(
        "latency",
        "Latency by load",
        "load, % of capacity",
        "milliseconds from raw to alert",
        {"latency_p50_ms": "median", "latency_p99_ms": "99 in 100 are quicker"},
    ),
)


def points(figures: Mapping[str, float]) -> dict[str, dict[int, float]]:
    """The curves among the figures: by name, what stands at each x."""
    curves: dict[str, dict[int, float]] = {}
    for name, value in figures.items():
        if found := _POINT.match(name):
            curves.setdefault(found[1], {})[int(found[2])] = value
    return curves


def draw(picture: Picture, curves: Mapping[str, Mapping[int, float]], folder: Path) -> Path | None:
    """Draw a picture; None where nothing was measured for it."""
    import matplotlib.pyplot as plt

    shown = {label: curves[name] for name, label in picture.curves.items() if name in curves}
    if not shown:
        return None
    with plt.rc_context(_style()):
        figure, axes = plt.subplots(figsize=(6, 3.4), layout="constrained")
        for (label, curve), colour in zip(shown.items(), _COLOURS, strict=False):
            places = sorted(curve)
            axes.plot(places, [curve[at] for at in places], marker="o", color=colour, label=label)
        axes.set(title=picture.title, xlabel=picture.x, ylabel=picture.y, xscale="log" if picture.log else "linear")
        axes.set_ylim(bottom=0)
        if not picture.log:
            axes.set_xticks(sorted({at for curve in shown.values() for at in curve}))
        axes.legend(frameon=False)
        path = folder / f"{picture.name}.svg"
        figure.savefig(path, transparent=True, metadata={"Date": None})
        plt.close(figure)
    return path


def _style() -> dict[str, Any]:
    grey = {f"{part}.color": _GREY for part in ("text", "xtick", "ytick", "grid")}
    axes = {"axes.edgecolor": _GREY, "axes.labelcolor": _GREY, "axes.titlecolor": _GREY, "axes.grid": True}
    plain = {"axes.spines.top": False, "axes.spines.right": False, "grid.alpha": 0.3, "grid.linewidth": 0.5}
    # Text stays text, in the reader's own font; the salt makes ids that are the same each time.
    return {**grey, **axes, **plain, "svg.fonttype": "none", "font.family": "sans-serif", "svg.hashsalt": "copytaster"}


@click.command()
@click.argument("figures", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def main(figures: Path, folder: Path) -> None:
    """Draw into FOLDER what FIGURES has, the lines of scripts/bench --json; of a figure told twice the later counts."""
    measured: dict[str, float] = {}
    for line in figures.read_text().splitlines():
        measured |= json.loads(line)
    folder.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        if path := draw(picture, points(measured), folder):
            print(path)


if __name__ == "__main__":
    main()

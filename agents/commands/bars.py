"""Scores drawn as bars in a line of text, with a tick where the threshold stands."""

from dataclasses import dataclass

from rich.text import Text

WIDTH = 24  # columns of a bar


@dataclass(frozen=True, slots=True)
class Ink:
    """What bars are drawn with."""

    full: str = "█"
    empty: str = "·"
    tick: str = "│"
    least: str = "≥"


ASCII = Ink("#", ".", "|", ">=")  # for a terminal that has no other letters


def bar(value: float, needed: float | None, ink: Ink, most: float = 1.0) -> Text:
    """A bar from 0 to `most` (longer values fill it), green from the threshold on, which is a tick in it."""
    filled = round(WIDTH * min(1.0, max(0.0, value / most)))
    drawn = [(ink.full, "green" if needed is None or value >= needed else "yellow")] * filled
    drawn += [(ink.empty, "dim")] * (WIDTH - filled)
    if needed is not None:
        drawn.insert(min(WIDTH, round(WIDTH * needed / most)), (ink.tick, "bold"))
    return Text.assemble(*drawn)

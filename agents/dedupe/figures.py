"""Figures as they are compared: counts, sums, shares, clock times and dates, each with all that it may mean.

"1,200" is twelve hundred, and in German copy one and a fifth; "9:30" is before or after noon. So a figure has
readings, and two figures are one where a reading of the one agrees with a reading of the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from agents.dedupe.numerals import DAYS, HAN_DIGITS, HAN_TENS, LARGE, MONTHS, ONES, ORDINALS, TENS, WEAK
from agents.dedupe.quantities import Text, Value, clock, date, quantity
from agents.dedupe.words import Copy

_CONFUSED = str.maketrans("oilszbg", "0115286")  # letters that a poor scan puts for digits
_PARTING = re.compile(r"[.,:\s-]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the words `first:last` of its copy; the number proper ends at `bare`, before its unit.

    `weak` ones are words like "one" or "second", which count only beside another figure.
    """

    first: int
    bare: int
    last: int
    readings: frozenset[Value]
    dated: bool = False
    weak: bool = False
    unit: str = ""


def figures(copy: Copy) -> tuple[Figure, ...]:
    """All figures of a copy, in order; none overlaps another."""
    found: list[Figure] = []
    text, end = Text(copy), 0
    for at in np.flatnonzero(_roles_of(copy.words)).tolist():
        if at >= end and (figure := _figure(text, at)):
            found.append(figure)
            end = figure.last
    return tuple(found)


def counts(words: Sequence[str]) -> list[int]:
    """The places of words that by themselves are figures: digits or number words."""
    places: list[int] = np.flatnonzero(_roles_of(words) == _COUNT).tolist()
    return places


_COUNT, _BEGINNING = 2, 1
_COUNTS = frozenset({*ONES, *TENS} - WEAK)
_BEGINNINGS = frozenset({*ONES, *TENS, *ORDINALS, *LARGE, *MONTHS, *DAYS, *HAN_DIGITS, *HAN_TENS})
_MET = 100_000  # words whose role is kept at hand


class _Roles(dict[str, int]):
    """Of each word met whether it is a figure by itself, or one may begin with it."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MET:
            self.clear()
        role = _COUNT if word[0].isdigit() or word in _COUNTS else _BEGINNING if word in _BEGINNINGS else 0
        self[word] = role
        return role


_roles = _Roles()


def _roles_of(words: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer(bytes(map(_roles.__getitem__, words)), dtype=np.uint8)


def _figure(text: Text, at: int) -> Figure | None:
    dated = date(text, at) or clock(text, at)
    if dated:
        return Figure(at, dated.last, dated.last, dated.readings, dated=True)
    found = quantity(text, at)
    if found is None:
        return None
    unit, last = text.unit(at, found.last)
    return Figure(
        at, found.last, last, found.readings, weak=text.copy.words[at] in WEAK and found.last == at + 1, unit=unit
    )


def same(a: Figure, b: Figure) -> bool:
    """Whether two figures can mean the same: a reading in common, and no two units."""
    if a.unit and b.unit and a.unit != b.unit:
        return False
    return any(_agree(x, y) for x in a.readings for y in b.readings)


def _agree(a: Value, b: Value) -> bool:
    """Equal, a part that one side leaves out (the year of a date) aside."""
    return len(a) == len(b) and all(x == y or x is None or y is None for x, y in zip(a, b, strict=True))


def rounds(old: Figure, new: Figure, hedged: bool) -> bool:
    """Whether the new figure is the old one rounded: to two digits at least, or by a word such as "about".

    "1,203" may become "about 1,200" and 1,234,567 "1.2 million"; "12" becomes "10" by no rounding.
    """
    if old.dated or new.dated or (old.unit and new.unit and old.unit != new.unit):
        return False
    scaled = new.bare - new.first > 1
    return (hedged or scaled) and any(
        _rounded(float(x[1]), float(y[1])) for x in old.readings for y in new.readings if x[1] and y[1]
    )


def _rounded(old: float, new: float) -> bool:
    digits = len(f"{new:.12g}".replace(".", "").strip("0"))
    return digits < len(f"{old:.12g}".replace(".", "").strip("0")) and float(f"{old:.{max(2, digits)}g}") == new


def is_slip(old: str, new: str) -> bool:
    """Whether `new` reads like `old` mistyped: a character lost, doubled, swapped or turned into a letter.

    One digit put for another is what a changed figure looks like, and is no slip.
    """
    if OSA.distance(old, new) > 1:
        return False
    swapped = sorted(old) == sorted(new)
    return len(old) != len(new) or swapped or not new.isdigit()


def joined(words: Sequence[str]) -> str:
    """The digits of some words in a row, however they are parted, with the letters a scan puts for digits mended."""
    together = _PARTING.sub("", "".join(words))
    return together.translate(_CONFUSED) if any(map(str.isdigit, together)) else together

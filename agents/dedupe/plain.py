"""Where the words of plain text stand: ASCII in small letters, as most copy is, read in compiled code at once."""

import re

import numpy as np
from numpy.typing import NDArray

_LETTER, _DIGIT = 2, 1
_KINDS = np.zeros(128, dtype=np.int8)
_KINDS[ord("a") : ord("z") + 1] = _LETTER
_KINDS[ord("0") : ord("9") + 1] = _DIGIT
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Spans = tuple[tuple[int, ...], tuple[int, ...]]  # where words start and end, in characters


def plain_spans(text: str) -> Spans:
    """The words of a text of ASCII without capitals: letters with digits after them, or a number.

    Letters and digits are told apart all at once; only what begins with a digit is looked at by itself, for "1,200"
    is one word and "12th" two.
    """
    kinds = np.zeros(len(text) + 2, dtype=np.int8)
    kinds[1:-1] = _KINDS[np.frombuffer(text.encode(), dtype=np.uint8)]
    inside = kinds > 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    numbers = np.flatnonzero(kinds[starts + 1] == _DIGIT).tolist()
    return _parted(text, starts, ends, numbers)


def _parted(text: str, starts: NDArray[np.intp], ends: NDArray[np.intp], numbers: list[int]) -> Spans:
    """The runs of letters and digits as words, given which of them begin with a digit."""
    firsts, lasts = starts.tolist(), ends.tolist()
    begins: list[int] = []
    finishes: list[int] = []
    done = 0
    for at in numbers:
        if at < done:
            continue  # the decimals of the number before
        found = _NUMBER.match(text, firsts[at])
        end = found.end() if found else lasts[at]
        begins += firsts[done : at + 1]
        finishes += lasts[done:at]
        finishes.append(end)
        done = at
        while lasts[done] < end:
            done += 1
        if lasts[done] > end:  # letters right after it
            begins.append(end)
            finishes.append(lasts[done])
        done += 1
    return (*begins, *firsts[done:]), (*finishes, *lasts[done:])

"""Tells a page's furniture (menus, buttons, lists of other stories, small print) from copy, by many weak signs."""

import re
from enum import IntEnum
from itertools import pairwise

from agents.clean.lines import Line
from agents.clean.phrases import CALLS, CLOSERS, LABELS, RIGHTS, SMALL_PRINT

SURE = 4  # of this weight, a line is furniture wherever it stands
_LINK = 3  # words of a link, and sentences that show a text to be longer
LIKELY = 2  # of this weight, beside other furniture or outside the copy
_FURNITURE = ("furniture", "closer")
_SIGNS_AT_ENDS = " \t.,:;!?*•·|»«›‹>+-–—()[]0123456789"
_SEPARATORS = re.compile(r"\s[|•·»›>/]\s")
_WORDS = re.compile(r"[^\W\d_]+")


class Sign(IntEnum):
    """What a line's words say of it."""

    NONE = 0
    LABEL = 1
    CALL = 2
    CLOSER = 3


def mark_furniture(lines: list[Line]) -> None:
    """Mark what is furniture wherever it stands, then what is likely to be, beside it or outside the copy."""
    _mark_sure(lines)
    for row in (lines, lines[::-1]):
        _mark_neighbours(row)
    _mark_lists(lines)
    _mark_around(lines)


def _mark_sure(lines: list[Line]) -> None:
    """Weigh each line, and mark what needs no neighbour's word. In a list that a colon announces nothing is doubted."""
    listed = False
    for line in lines:
        if line.is_copy:
            said = sign(line)
            line.doubt = weight(line, said)
            if line.doubt >= SURE:
                line.kind = "closer" if said is Sign.CLOSER else "furniture"
            elif listed:
                line.doubt = 0
        announces = line.text.endswith(":") and line.doubt < LIKELY
        listed = line.is_copy and (announces or (listed and not line.prose))


def _mark_neighbours(lines: list[Line]) -> None:
    for before, line in pairwise(lines):
        if before.kind in _FURNITURE or (_is_likely(before) and _is_likely(line)):
            _mark_likely(line)


def _mark_lists(lines: list[Line]) -> None:
    """Under a closer ("Most read"), up to an empty line or a sentence, stand the titles of other stories."""
    listed = False
    for before, line in pairwise(lines):
        listed = before.kind == "closer" or (listed and before.kind == "furniture" and before.block == line.block)
        if line.is_copy and listed and before.block == line.block and not line.prose and not line.ended:
            line.kind = "furniture"


def _mark_around(lines: list[Line]) -> None:
    """Mark what is likely before the first and after the last line of running copy, or all over where there is none."""
    prose = [at for at, line in enumerate(lines) if line.is_copy and line.prose]
    if prose:
        for line in lines[: prose[0]]:
            _mark_likely(line)
        _mark_tail(lines[prose[-1] :])
        _mark_last(lines, len(prose))
    elif sum(line.doubt >= LIKELY for line in lines) * 2 > len(lines):
        for line in lines:
            _mark_likely(line)


def _mark_tail(lines: list[Line]) -> None:
    """After the copy, a short line under furniture is furniture too, save figures."""
    for before, line in pairwise(lines):
        under = before.kind in _FURNITURE and before.block == line.block
        if under and line.is_copy and line.words <= 6 and not (line.ended or line.figures or line.bullet):
            line.kind = "furniture"
        else:
            _mark_likely(line)


def _mark_last(lines: list[Line], sentences: int) -> None:
    """A word or three alone at the end of a longer text is a link ("Dive deeper")."""
    last, before = lines[-1], lines[-2:-1]
    alone = last.words <= _LINK and not (last.ended or last.quoted or last.figures or last.bullet)
    if last.is_copy and alone and sentences > _LINK and before and before[0].prose and before[0].ended:
        last.kind = "furniture"


def _mark_likely(line: Line) -> None:
    if _is_likely(line):
        line.kind = "furniture"


def _is_likely(line: Line) -> bool:
    return line.is_copy and line.doubt >= LIKELY and not (line.prose and line.ended)


def sign(line: Line) -> Sign:
    """The kind of furniture that the line's words name."""
    text = line.text
    if line.words <= 4 and text.casefold().strip(_SIGNS_AT_ENDS) in LABELS:
        return Sign.CALL if CALLS.match(text) else Sign.LABEL
    if CLOSERS.match(text) and not (line.prose and line.ended and not RIGHTS.match(text)):
        return Sign.CLOSER
    if line.words <= 12 and RIGHTS.search(text):
        return Sign.CLOSER
    return Sign.CALL if CALLS.match(text) else Sign.NONE


def weight(line: Line, said: Sign) -> int:
    """How many signs speak for furniture, from 0; a quotation or much text speaks against it."""
    if not said and line.prose and line.ended:
        return 0
    if not any(map(str.isalnum, line.text[:200])):
        return SURE  # a rule or a row of stars
    small_print = SMALL_PRINT.search(line.text[:400]) is not None
    if not said and not small_print:
        return SURE if is_menu(line) else 0
    total = {Sign.NONE: 0, Sign.LABEL: 1, Sign.CALL: 3, Sign.CLOSER: 4}[said] + 2 * small_print
    bare = not line.ended or line.words <= 3
    total += bare + (bare and line.words <= 4)
    if line.quoted and line.ended:
        total -= 3
    return max(0, total - 2 * (line.words > 45) - 2 * (line.bullet and line.words > 4))


def is_menu(line: Line) -> bool:
    """Whether the line is a row of links: four words or more, capitalised or parted by signs, many of them labels."""
    if line.ended or line.words < 4 or line.figures * 3 > line.words:
        return False
    parts = _SEPARATORS.split(line.text[:600])
    if len(parts) >= 4 and len(line.text) <= 25 * len(parts):
        return True
    words = [word.casefold() for word in _WORDS.findall(line.text[:600])]
    labels = sum(word in LABELS for word in words)
    return labels >= 3 and line.small * 4 <= line.words and labels * 10 >= len(words) * 3

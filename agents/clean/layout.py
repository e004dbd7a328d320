"""Turns text into lines that are whole: wrapped lines and end-of-line hyphens joined, bullets told apart."""

import re
from dataclasses import dataclass
from itertools import pairwise

from agents.clean.credits import split_dateline
from agents.clean.lines import Line, ends_sentence, measure

_BULLET = re.compile(r"(?:[•‣◦▪▫●○■□➤►▶∙]\s*|[·*–-]\s+)(?=[^\s*·–-])")
_PLAIN_BULLETS = frozenset("·*–-")  # signs that also stand inside sentences, so that a wrapped line may begin with one
_BYLINE = re.compile(r"(?:By|BY) [^\W\d_a-z]")
_COLUMNS = re.compile(r"\S {2,}(?=\S)")
_UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uff60]")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
_SUSPENDED = re.compile(r"(?:and|or|to|und|oder|et|y)\b")  # "pre- and post-war" has its hyphen and its space
_NARROWEST, _WIDEST = 25, 130  # columns; longer lines are paragraphs, not wrapped ones
_LONG_ENOUGH = 30  # columns; a shorter line that stops in mid-sentence may be a label

# An end-of-line hyphen beside one of these belongs to the word (self-defence, state-run, ten-day).
_FIRST_HALVES = frozenset(
    "self ex non well long short high low first second third one two three four five six seven eight nine ten"
    " half mid all cross vice so anti post pre counter pro multi semi co full part old new late"
    " north south east west".split()
)
_LAST_HALVES = frozenset("run led backed based made born owned held related elect minded sized".split())


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as it stands in the text, with the spaces at its ends taken off."""

    text: str
    block: int
    indent: int
    columns: bool  # a row of a table


def read_lines(text: str) -> list[Line]:
    """The text's lines in order, each a whole paragraph, title, bullet or odd bit of a page."""
    rows = _rows(text)
    width = _wrap_width(rows)
    lines: list[tuple[list[str], _Row, bool]] = []
    bullet = False
    for at, row in enumerate(rows):
        before = rows[at - 1] if at and rows[at - 1].block == row.block else None
        unfinished = before is not None and not ends_sentence(before.text) and before.text[-1] not in ":;"
        fresh = _starts_bullet(row, before, unfinished and not bullet, width)
        if before is not None and not fresh and _continues(before, row, unfinished, width, bullet):
            _append(lines[-1][0], row.text)
        else:
            bullet = fresh
            lines.append(([_BULLET.sub("", row.text, count=1) if fresh else row.text], row, fresh))
    return [measure("".join(parts), row.block, fresh, row.indent) for parts, row, fresh in lines]


def _rows(text: str) -> list[_Row]:
    rows, block = [], 0
    for raw in text.split("\n"):
        words = raw.split()
        if words:
            indent = len(raw) - len(raw.lstrip())
            rows.append(_Row(" ".join(words), block, indent, _is_row(raw.strip())))
        else:
            block += 1
    return rows


def _is_row(text: str) -> bool:
    return "  " in text and len(_COLUMNS.findall(text[:200])) >= 2


def _wrap_width(rows: list[_Row]) -> int | None:
    """The column at which the text was wrapped, or None where it wasn't.

    A line wrapped by the usual greedy rule is full: the next line's first word wouldn't have fitted. So the text is
    wrapped when most lines that stop in mid-sentence are full for the longest of them (bar one in twenty).
    """
    broken = [(a, b) for a, b in pairwise(rows) if _breaks_a_sentence(a, b)]
    lengths = sorted(len(a.text) for a, _ in broken)
    if len(lengths) < 2:
        return None
    width = lengths[(len(lengths) - 1) * 19 // 20]
    if width < (_NARROWEST // 2 if _UNSPACED.search(broken[0][0].text) else _NARROWEST):
        return None
    full = sum(_full(a, b, width) for a, b in broken)
    return width if full * 5 >= len(broken) * 3 else None


def _breaks_a_sentence(a: _Row, b: _Row) -> bool:
    starts = b.text[0]
    runs_on = starts.islower() or (starts.isalpha() and not starts.isupper())
    return a.block == b.block and runs_on and len(a.text) <= _WIDEST and not a.columns and not ends_sentence(a.text)


def _full(a: _Row, b: _Row, width: int) -> bool:
    return width <= len(a.text) + 1 + len(b.text[:_WIDEST].split(None, 1)[0])


def _starts_bullet(row: _Row, before: _Row | None, unfinished: bool, width: int | None) -> bool:
    match = _BULLET.match(row.text)
    if not match or before is None or row.text[0] not in _PLAIN_BULLETS or not unfinished:
        return match is not None
    return not row.text[match.end()].islower() and not (width and _full(before, row, width))


def _continues(a: _Row, b: _Row, unfinished: bool, width: int | None, in_bullet: bool) -> bool:
    """Whether line `b` goes on with the paragraph that line `a` belongs to."""
    if (a.columns and b.columns) or (b.indent >= a.indent + 2 and width and not in_bullet):
        return False
    if _begins_anew(a, b, unfinished):
        return False
    if width and len(a.text) <= _WIDEST and _full(a, b, width):
        return True
    if unfinished and b.text[0].isalpha() and _BROKEN_WORD.search(a.text, max(0, len(a.text) - 40)):
        return True
    long_enough = len(a.text) >= _LONG_ENOUGH and sum(map(str.islower, a.text)) * 2 > len(a.text)
    return unfinished and long_enough and b.text.lstrip("·*–- ")[:1].islower()


def _begins_anew(a: _Row, b: _Row, unfinished: bool) -> bool:
    """Whether line `b` is no running text under `a`: a note in brackets, copy under a title in capitals, a credit."""
    if not unfinished:
        return b.text[0] in "(["
    under_title = a.text.isupper() and len(a.text) > _LONG_ENOUGH // 2 and not b.text.isupper()
    return under_title or _BYLINE.match(b.text) is not None or split_dateline(b.text)[0] is not None


def _append(parts: list[str], text: str) -> None:
    """Add a line's text to the paragraph's parts, mending a word that the line's end has cut."""
    last = parts[-1]
    cut = _BROKEN_WORD.search(last, max(0, len(last) - 40))
    if cut and text[0].isalpha() and not _SUSPENDED.match(text):
        parts[-1] = last if _is_compound(cut[1], text) else last[:-1]
    elif not (_UNSPACED.match(last[-1]) and _UNSPACED.match(text[0])):
        parts.append(" ")
    parts.append(text)


def _is_compound(first: str, rest: str) -> bool:
    last = re.match(r"([^\W\d_]+)(-?)", rest)
    known = first.casefold() in _FIRST_HALVES or (last is not None and (last[1] in _LAST_HALVES or last[2] == "-"))
    return known or rest[0].isupper()

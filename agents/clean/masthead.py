"""Reads the block over an article: headline, standfirst, byline, date, and the menus before them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from agents.clean import credits, headlines
from agents.clean.dates import Stamp, read_stamp, split_leading
from agents.clean.lines import Line, measure

_REACH = 300  # lines; a menu may be long, but no article begins further down
_STANDFIRST = 24  # words; a longer line under a headline is the lead
_STANDFIRST_OVER_PICTURE = 16  # the same, where no byline or date but only a caption parts it from the copy


@dataclass(slots=True)
class Masthead:
    """What stands over (or just under) the copy: `published` is the first date given, `edited` that of an edit."""

    headline: str = ""
    standfirst: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: datetime | None = None
    edited: datetime | None = None


def read_masthead(lines: list[Line], headline: str) -> Masthead:
    """Mark the lines of the masthead and say what they hold; `headline` is what is known of it, or ""."""
    head = Masthead()
    start = _find_headline(lines, headline, head)
    read_credits(lines[:start], head)
    for line in lines[:start]:
        if line.is_copy and not line.prose:
            line.kind = "furniture"
    read_credits(lines[start : _nth_prose(lines, start, 2)], head)
    head.standfirst = _read_standfirst(lines, start) if start else None
    return head


def read_credits(lines: list[Line], head: Masthead) -> None:
    """Mark the lines that are bylines, dates or datelines and nothing else, and note what they say."""
    for before, line in pairwise([None, *lines]):
        if line is None or not line.is_copy:
            continue
        stamp: Stamp | None = None
        if before and before.kind == "byline" and credits.is_affiliation(line):
            line.kind = "byline"
        elif stamp := read_stamp(line.text):
            line.kind = "date"
        elif byline := credits.read_byline(line):
            line.kind, stamp = "byline", byline.stamp
            head.byline = head.byline or byline.name
        elif dateline := credits.read_dateline(line.text):
            line.kind, head.dateline = "dateline", head.dateline or dateline.place
            head.published = head.published or dateline.moment
        _note(stamp, head)


def _note(stamp: Stamp | None, head: Masthead) -> None:
    if stamp and stamp.newer:
        head.edited = head.edited or stamp.moment
    elif stamp:
        head.published = head.published or stamp.moment


def _nth_prose(lines: list[Line], start: int, nth: int) -> int:
    """The index of the nth line of running copy from `start`, or how many lines there are to look at."""
    for at in range(start, min(len(lines), _REACH)):
        nth -= lines[at].is_copy and lines[at].prose
        if not nth:
            return at
    return min(len(lines), _REACH)


def _find_headline(lines: list[Line], headline: str, head: Masthead) -> int:
    """Mark the headline's lines and give the index of the line below, 0 where there is no headline.

    A known headline is looked for among the lines before the third of running copy. Without one, the first line that
    could be a headline is it, if copy follows and it isn't part of a menu.
    """
    if headline:
        return _mark_known(lines, headline, head)
    first = _nth_prose(lines, 0, 1)
    menus = {line.block for line in lines[:first] if line.kind == "furniture"}
    for at, line in enumerate(lines[:first] if first < min(len(lines), _REACH) else []):
        if line.is_copy and line.text.endswith(":"):
            break  # what follows is a list
        apart = line.block not in menus or line.words > 4
        if line.is_copy and not line.doubt and apart and headlines.could_be(line) and not read_stamp(line.text):
            line.kind, head.headline = "headline", line.text
            return at + 1
    return 0


def _mark_known(lines: list[Line], headline: str, head: Masthead) -> int:
    names, start = headlines.forms(headline), 0
    for at, line in enumerate(lines[: _nth_prose(lines, 0, 3) + 1]):
        if line.kind == "caption":
            continue
        if headlines.says(line, names):
            start = at + 1
            if not _is_lead(lines, at):
                line.kind = "headline"
        elif rest := headlines.cut_glued(line.text, headline):
            stamp, rest = split_leading(rest)
            _note(stamp, head)
            lines[at] = measure(rest, line.block)
            start = max(start, at)
    return start


def _is_lead(lines: list[Line], at: int) -> bool:
    """Whether a line that says the headline is a sentence of the copy too, and doesn't come again below."""
    line = lines[at]
    if not (line.prose and line.ended) or line.title_like or headlines.could_be(line):
        return False
    return not any(other.text.startswith(line.text) for other in lines[at + 1 :])


def _read_standfirst(lines: list[Line], start: int) -> str | None:
    """The line between the headline and what parts it from the copy (byline, date, caption), if that is all it is."""
    signed = any(line.kind == "byline" for line in lines[:start])
    below = [line for line in lines[start : start + 12] if line.kind not in ("furniture", "closer")]
    if len(below) < 3 or not below[0].is_copy or below[0].bullet:
        return None
    parted = below[1].kind
    over_picture = 0 if signed else _STANDFIRST_OVER_PICTURE
    longest = {"byline": _STANDFIRST, "date": _STANDFIRST, "caption": over_picture}.get(parted, 0)
    sentences = below[0].prose + (2 if parted == "caption" else 1)
    if below[0].words > longest or _nth_prose(lines, start, sentences) == min(len(lines), _REACH):
        return None
    below[0].kind = "standfirst"
    return below[0].text

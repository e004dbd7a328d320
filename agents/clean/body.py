"""Reads plain text as copy: what is headline, paragraph or caption, and what is only the page around it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile

from agents.clean.captions import mark_captions
from agents.clean.credits import is_sign_off, split_dateline, strip_sign_off
from agents.clean.dates import split_glued
from agents.clean.furniture import mark_furniture
from agents.clean.headlines import could_be
from agents.clean.layout import read_lines
from agents.clean.lines import Line
from agents.clean.masthead import Masthead, read_credits, read_masthead
from agents.clean.notes import mark_notes, strip_end
from agents.clean.notices import mark_notice

_MOST_LINES = 20_000  # no article has more; judging each would hold up the articles behind
_CREDITS = 3  # lines under the last sentence may tell who wrote it, and when; more are a table or list

_ASIDE = ("headline", "standfirst", "byline", "date", "dateline")

# What a line adds to the running sum that says where the copy ends: copy its words, a sentence within bounds; furniture
# takes away the more, the longer it runs. One line of it takes no more than a sentence gives, and so cuts no copy off.
_LEAST, _MOST = 8, 40
_FURNITURE, _LONGEST_RUN = -4, 5
_TITLE = -4  # of another story, once a closer was met


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What a text holds. `paragraphs` is empty where it holds no copy at all."""

    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)  # the lines that gave what follows, as they stood
    headline: str = ""
    standfirst: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: datetime | None = None
    notice: str = ""  # the line that says until when the copy must not be used
    notes: list[str] = field(default_factory=list)  # the lines for editors, and what a correction says


def read_copy(text: str, headline: str = "") -> Copy:
    """Read mended text; `headline` is what is known of it from elsewhere, "" if nothing."""
    glued, text = split_glued(text)
    if text.count("\n") > _MOST_LINES:
        blocks = (" ".join(block.split()) for block in text.split("\n\n"))
        return Copy(paragraphs=[block for block in blocks if block], published=glued)
    lines = read_lines(text)
    notice, notes = mark_notice(lines), mark_notes(lines)
    captions = mark_captions(lines)
    mark_furniture(lines)
    head = read_masthead(lines, headline)
    _cut_tail(lines, head)
    dateline, paragraphs = _paragraphs(lines)
    copy = Copy(
        paragraphs=paragraphs,
        captions=captions,
        credits=[line.text for line in lines if line.kind in _ASIDE],
        headline=head.headline or _flash(lines),
        standfirst=head.standfirst,
        byline=head.byline,
        dateline=head.dateline or dateline,
        published=head.published or glued or head.edited,
        notice=notice,
        notes=notes,
    )
    return copy if paragraphs else _last_resort(copy, lines)


def _flash(lines: list[Line]) -> str:
    """A text of one line that could be a headline is its own headline."""
    copy = [line for line in lines if line.is_copy]
    return copy[0].text if len(copy) == 1 and could_be(copy[0]) else ""


def _last_resort(copy: Copy, lines: list[Line]) -> Copy:
    """Where nothing else is left, the headline or the captions are the copy."""
    titles = [line.text for line in lines if line.kind in ("headline", "standfirst")]
    return replace(copy, paragraphs=titles or copy.captions, captions=copy.captions if titles else [], standfirst=None)


def _paragraphs(lines: list[Line]) -> tuple[str | None, list[str]]:
    """The copy's paragraphs, and the dateline taken off the first."""
    paragraphs = [line.text for line in lines if line.is_copy]
    if not paragraphs:
        return None, []
    paragraphs[-1] = strip_sign_off(strip_end(paragraphs[-1]))
    dateline, paragraphs[0] = split_dateline(paragraphs[0])
    return dateline, paragraphs if paragraphs[0] else paragraphs[1:]


def _cut_tail(lines: list[Line], head: Masthead) -> None:
    """Mark what follows the copy as furniture, after reading the credits there."""
    for line in lines:
        if line.is_copy and is_sign_off(line):
            line.kind = "furniture"
    last = max((at for at, line in enumerate(lines) if line.is_copy and line.prose), default=len(lines))
    below = [line for line in takewhile(lambda line: line.kind != "closer", lines[last + 1 :]) if line.is_copy]
    if len(below) <= _CREDITS:
        read_credits(below, head)
    for line in lines[_copy_end(lines) :]:
        if line.is_copy:
            line.kind = "furniture"


def _copy_end(lines: list[Line]) -> int:
    """The number of lines up to the copy's end.

    The copy is the stretch of lines with the highest sum of what speaks for copy (maximum subsequence segmentation,
    Pasternack and Roth 2009), so that one odd line amid copy cuts nothing, and a caption amid lists doesn't begin it
    anew. A tie keeps more.
    """
    total, best, end = 0, 0, 0
    run, closed = 0, False
    for at, line in enumerate(lines, 1):
        run = run + 1 if line.kind in ("furniture", "closer") else 0 if line.is_copy and line.prose else run
        total = max(total, 0) + _gain(line, run, closed)
        closed = closed or line.kind == "closer"
        if total >= best:
            best, end = total, at
    return end


def _gain(line: Line, run: int, closed: bool) -> int:
    if line.kind in ("furniture", "closer"):
        return _FURNITURE * min(run, _LONGEST_RUN) * (2 if line.kind == "closer" else 1)
    if not line.is_copy:
        return 0
    if line.prose:
        return max(_LEAST, min(line.words, _MOST))
    if line.figures * 3 >= line.words and not line.text.isdigit():
        return line.words  # a table's row
    tells = not line.text.isdigit() and (line.figures or (line.bullet and (line.ended or line.words > 4)))
    if closed:
        return line.words // 3 if tells else _TITLE if line.words > 3 or line.figures else -1
    return line.words if tells else 0

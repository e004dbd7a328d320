"""An article's text in pieces as a reader is to see them: what is new, what was told before, which figure changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from agents.console.origins import Told
from streams.records import Change, Novel

_BREAK = "\n\n"  # between paragraphs, as in CleanArticle.text


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one kind.

    `old` is what stood there before, where a fact changed; `first` the article that told it first, where it was seen.
    """

    text: str
    kind: Literal["new", "seen", "changed"]
    old: str = ""
    first: str = ""


def pieces(
    text: str, novel: Sequence[Novel], changes: Sequence[Change], told: Sequence[Told] = ()
) -> list[list[Piece]]:
    """The paragraphs of a clean text, each in its pieces; `told` says of seen passages who told them first.

    Offsets count characters in Python's way, so they are applied here: a browser counts in another.
    """
    spans = [(each.start, each.end) for each in novel]
    changed = sorted(filter(None, (_place(text, each) for each in changes)), key=lambda each: each[0])
    found, start = [], 0
    for paragraph in text.split(_BREAK):
        found.append(_joined(list(_pieces(text, start, start + len(paragraph), spans, changed, told))))
        start += len(paragraph) + len(_BREAK)
    return [each for each in found if each]


Changed = tuple[int, int, str]


def _pieces(
    text: str,
    start: int,
    end: int,
    spans: Sequence[tuple[int, int]],
    changed: Sequence[Changed],
    told: Sequence[Told],
) -> Iterator[Piece]:
    told = [each for each in told if each.start < end and each.end > start]
    edges = {start, end}
    for first, last in (*spans, *(each[:2] for each in changed), *((each.start, each.end) for each in told)):
        edges |= {min(max(first, start), end), min(max(last, start), end)}
    for first, last in pairwise(sorted(edges)):
        old = next((old for begins, ends, old in changed if begins <= first and last <= ends), None)
        if old is not None:
            yield Piece(text[first:last], "changed", old)
        elif any(begins <= first and last <= ends for begins, ends in spans):
            yield Piece(text[first:last], "new")
        else:
            teller = next((each.first for each in told if each.start <= first and last <= each.end), "")
            yield Piece(text[first:last], "seen", first=teller)


def _joined(found: Sequence[Piece]) -> list[Piece]:
    """Passages of one kind with nothing but a space between them are one to the eye."""
    joined: list[Piece] = []
    for number, piece in enumerate(found):
        before = joined[-1] if joined else None
        follows = found[number + 1].kind if number + 1 < len(found) else None
        if piece.kind == "seen" and piece.text.isspace() and before and before.kind in (follows, "seen"):
            piece = replace(before, text=piece.text) if before.kind != "changed" else piece
        if before and before.kind == piece.kind != "changed" and before.first == piece.first:
            piece = replace(piece, text=joined.pop().text + piece.text)
        joined.append(piece)
    return joined


def _place(text: str, change: Change) -> Changed | None:
    """Where the changed words stand: in the sentence that the change names, as words of their own."""
    sentence = text.find(change.context) if change.context else -1
    if sentence < 0 or not change.new:
        return None
    found = re.compile(rf"(?<!\w){re.escape(change.new)}(?!\w)").search(text, sentence, sentence + len(change.context))
    return (*found.span(), change.old) if found else None


def fits(text: str, novel: Sequence[Novel]) -> bool:
    """Whether these passages are this text's: an article's id alone doesn't tell which of its versions was judged."""
    return all(text[each.start : each.end] == each.text for each in novel)

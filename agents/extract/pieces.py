"""Cuts copy into pieces that the model reads at a bounded cost, whatever is sent.

A spaCy doc takes memory by its length, and its tokeniser takes quadratic time where signs follow one
another without a space: 10,000 brackets in a row cost it ten seconds.
"""

import re
from collections.abc import Iterable, Iterator

LENGTH = 10_000  # characters of a piece at most: some 1,600 words
_RUN = re.compile(r"\S{400}")  # no word of any language; Chinese copy loses a name in hundreds of characters at worst
_BREAKS = ("\n\n", "\n", ". ", " ")


def pieces(passages: Iterable[str]) -> Iterator[str]:
    """The passages of one article as paragraphs of one text, in pieces cut at paragraph ends where there are any.

    They are read together because a name is known by its surroundings: read alone, more of the surnames
    that begin a paragraph are taken for firms.
    """
    text = _RUN.sub(r"\g<0> ", "\n\n".join(passages)).strip()
    start = 0
    while start < len(text):
        end = _end(text, start)
        yield text[start:end]
        start = end


def _end(text: str, start: int) -> int:
    """Where the piece from `start` ends: at the best kind of break in reach, the last of that kind."""
    limit = start + LENGTH
    if limit >= len(text):
        return len(text)
    for mark in _BREAKS:
        found = text.rfind(mark, start + 1, limit)
        if found > 0:
            return found + len(mark)
    return limit

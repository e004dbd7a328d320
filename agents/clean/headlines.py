"""Tells whether a line says what a headline says, past wire markers, capitals and a site's name."""

import re
from collections.abc import Iterator
from itertools import islice, zip_longest

from agents.clean.lines import Line, key

_MARKER = re.compile(r"\s*[A-Z]{3,}[A-Z ]{0,20}\s?\d{0,2}\s?[-–—:]\s*(?=\S)")
_LABEL = re.compile(r"\s*[\w.]+(?:\s[\w.]+)?\s*:\s+(?=\S)")
_SITE = re.compile(r"\s+[-–—|·»]\s+[^\s|]+(?:\s[^\s|]+){0,4}$")
_LONGEST = 300  # characters of a headline
_CUT_SHORT = 100  # characters; a longer headline may be a lead that was cut
_FRESH = re.compile(r"\s+[\"“‘'(]?(?:\d|[^\W\d_])(?<![a-z])")
_SHORTEST = 3  # words; fewer may be a label


def says(line: Line, headlines: frozenset[str]) -> bool:
    """Whether the line is one of the headlines, given as `forms`."""
    return len(line.text) <= _LONGEST and not headlines.isdisjoint(_forms(line.text))


def forms(headline: str) -> frozenset[str]:
    """The headline's words as they may stand elsewhere: without `UPDATE 1-`, `Wire:` or ` | The Daily Example`."""
    return frozenset(_forms(headline)) if headline else frozenset()


def cut_glued(text: str, headline: str) -> str | None:
    """A text without the headline that a scraper has glued before it, if it begins so and a new sentence follows.

    None otherwise, so for a headline that is the lead itself, cut short.
    """
    words = re.findall(r"\w+", headline.casefold())
    if len(words) < _SHORTEST or len(headline) > _CUT_SHORT or headline.rstrip().endswith("."):
        return None
    end = 0
    for word, match in zip_longest(words, islice(re.finditer(r"\w+", text), len(words))):
        if match is None or match[0].casefold() != word:
            return None
        end = match.end()
    rest = text[end:].lstrip("?!\"'”’»)")
    return rest.lstrip() if _FRESH.match(rest) else None


def _forms(text: str) -> Iterator[str]:
    text = text[:_LONGEST]
    yield key(text)
    for part in (_MARKER.sub("", text, count=1), _LABEL.sub("", text, count=1), _SITE.sub("", text)):
        if part != text and len(key(part).split()) >= _SHORTEST:
            yield key(part)


def could_be(line: Line) -> bool:
    """Whether a line has a headline's shape: three words or more, no full stop, no row of figures, not in brackets."""
    stopped = line.ended and not line.text.rstrip("\"'”’»").endswith(("?", "!"))
    stopped = stopped or line.text.endswith((":", ";", ","))
    short = len(line.text) <= _LONGEST and 3 <= line.words <= 30
    bracketed = line.text[0] in "([" and line.text[-1] in ")]"
    return short and not stopped and not bracketed and not line.bullet and line.figures * 3 <= line.words

"""Tells whether a line says what a headline says, past wire markers, capitals and a site's name."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest

from agents.clean.lines import Line, key
from streams.thresholds import ROOT

_MARKER = re.compile(r"\s*[A-Z]{3,}[A-Z ]{0,20}\s?\d{0,2}\s?[-–—:]\s*(?=\S)")
_LABEL = re.compile(r"\s*[\w.]+(?:\s[\w.]+)?\s*:\s+(?=\S)")
_SITE = re.compile(r"\s+[-–—|·»]\s+[^\s|]+(?:\s[^\s|]+){0,4}$")
_LONGEST = 300  # characters of a headline
_CUT_SHORT = 100  # characters; a longer headline may be a lead that was cut
_FRESH = re.compile(r"\s+[\"“‘'(]?(?:\d|[^\W\d_])(?<![a-z])")
_SHORTEST = 3  # words; fewer may be a label
_LONG = 4  # letters of a word that says something
_GOES_ON = frozenset(  # no headline ends with these
    "a an the of in on at to by for from with and or but as after before since during over under into amid against "
    "near than that who which when while where its his her their".split()
)


def says(line: Line, headlines: frozenset[str]) -> bool:
    """Whether the line is one of the headlines, given as `forms`."""
    return len(line.text) <= _LONGEST and not headlines.isdisjoint(_forms(line.text))


def forms(headline: str) -> frozenset[str]:
    """The headline's words as they may stand elsewhere: without `UPDATE 1-`, `Wire:` or ` | The Daily Example`."""
    return frozenset(_forms(headline)) if headline else frozenset()


def cut_glued(text: str, headline: str) -> str | None:
    """A text without the headline that a scraper has glued before it, if it begins so and a new sentence follows.

    None otherwise, so for a headline that is the lead itself, cut short: before a name ("Biden meets | Xi Jinping")
    the sentence may go on. What follows is a new one where all words of the headline have a capital, or where it says
    one of them again.
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
    fresh = _FRESH.match(rest) and words[-1] not in _GOES_ON and (_is_titled(text[:end]) or _returns(words, rest))
    return rest.lstrip() if fresh else None


def _is_titled(headline: str) -> bool:
    return all(word[0].isupper() for word in re.findall(r"\w+", headline) if len(word) >= _LONG)


def _returns(words: Sequence[str], rest: str) -> bool:
    """Whether the first sentence of what follows says a long word of the headline again, in any form."""
    sentence = re.split(r"[.!?](?:\s|$)", rest, maxsplit=1)[0].casefold()
    roots = {word[:ROOT] for word in re.findall(r"\w+", sentence) if len(word) >= _LONG}
    return any(len(word) >= _LONG and word[:ROOT] in roots for word in words)


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

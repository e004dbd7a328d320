"""Reads the lines of a page that say when it was published, and nothing else."""

import re
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from dateutil import parser, tz

_MONTHS = frozenset(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september"
    " october november december".split()
)
_WORDS = _MONTHS | frozenset(
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday"
    " et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest eet eest ist msk jst sgt hkt aest z uk"
    " am pm a p m h t at on of the st nd rd th hrs hours local time date dated by first last"
    " published publish posted post updated update edited modified created filed issued released".split()
)
_NEWER = re.compile(r"updated?\b|edited|modified", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_ISO = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_ENDS_A_DATE = re.compile(r"(?:\d|\b[ap]|[ap]?\.?m\.?|\b(?-i:[A-Z]{2,4}))\W?$", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d\d)(?!\d)")
_LOOSE_TIME = re.compile(r"(\d)\s*:\s*(\d\d)")
_DOTTED_TIME = re.compile(r"(?<![\d.])([01]?\d|2[0-3])\.\s?([0-5]\d)(?![\d.])")
_NOISE = re.compile(r"\b(?:last|first|by|date|uk|local|time|hrs|hours|post)\b|[|•–—]", re.IGNORECASE)
_SECTION = re.compile(r"\s+[-–—|•/]\s+[^\W\d_][\w&'-]*(?:\s[^\W\d_][\w&'-]*){0,2}$")
_GLUED = re.compile(
    r"\s*(?:date|dated|published|posted|updated|created)\s*:?\s+(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?)"
    r"(?:\s+[-–—|:])?(?:\s+|$)",
    re.IGNORECASE,
)
_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)  # what fills the gaps of a date, and shows where no year was read
_LONGEST = 120  # characters of a date line
_OFFSETS = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BST": 1, "CET": 1}
_OFFSETS |= {"CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "SGT": 8, "HKT": 8, "AEST": 10}
_PLACES = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}


class Stamp(NamedTuple):
    """A date line: `moment` is None where it can't be read for sure, `newer` when it tells of a later edit."""

    moment: datetime | None
    newer: bool


def read_stamp(text: str) -> Stamp | None:
    """The date that a line consists of (`Published: MARCH 3, 2026 23:56`, `Mar 3, 2026 - World`), or None.

    A line with any other word in it is no date line. Without a zone the time counts as UTC.
    """
    if len(text) > _LONGEST or not (_YEAR.search(text) or _NUMERIC.search(text)):
        return None
    for bare in (text, _SECTION.sub("", text)):
        tokens = _tokens(bare)
        if all(token in _WORDS or token.isdigit() for token in tokens) and _names_a_day(bare, tokens):
            return Stamp(read_moment(bare), _NEWER.search(text) is not None)
    return None


def _names_a_day(text: str, tokens: list[str]) -> bool:
    """A row of figures is no date: that names its month and a day of it, or is written as one number with signs."""
    named = not _MONTHS.isdisjoint(tokens) and any(token.isdigit() and 0 < int(token) < 32 for token in tokens)
    return named or _ISO.search(text) is not None or _NUMERIC.search(text) is not None


def read_moment(text: str) -> datetime | None:
    """The moment that a date names, in UTC; None when it can't be read for sure (03/04/2022 may be two days)."""
    numeric = _NUMERIC.search(text)
    if numeric and numeric[2] != "." and int(numeric[1]) < 13 and int(numeric[3]) < 13:
        return None
    text = _LOOSE_TIME.sub(r"\1:\2", _NOISE.sub(" ", text[:_LONGEST]))
    if not numeric and not _ISO.search(text):
        text = _DOTTED_TIME.sub(r"\1:\2", text)
    try:
        moment = parser.parse(text, fuzzy=True, dayfirst=numeric is not None, default=_NO_DATE, tzinfos=_zone)
        return moment.astimezone(UTC) if moment.year > _NO_DATE.year else None
    except (ValueError, OverflowError):
        return None


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    return tz.tzoffset(name, offset) if offset is not None else zone(name or "") or tz.UTC


def zone(name: str) -> tzinfo | None:
    """The zone of an abbreviation as newsrooms use it (EST, BST, ET, GMT); None where it is none."""
    if name in _PLACES:
        return tz.gettz(_PLACES[name])
    if name in ("GMT", "UTC"):
        return tz.UTC
    return tz.tzoffset(name, _OFFSETS[name] * 3600) if name in _OFFSETS else None


def split_leading(text: str) -> tuple[Stamp | None, str]:
    """The date that a text begins with, if a new sentence follows it, and the text without it."""
    words = text[: 2 * _LONGEST].split(" ")
    count = 0
    while count < len(words) - 1 and all(each in _WORDS or each.isdigit() for each in _tokens(words[count])):
        count += 1
    while count and not (words[count][:1].isupper() and _ENDS_A_DATE.search(words[count - 1])):
        count -= 1
    stamp = read_stamp(" ".join(words[:count])) if count else None
    return (stamp, text.split(" ", count)[-1]) if stamp else (None, text)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())


def split_glued(text: str) -> tuple[datetime | None, str]:
    """A date that a scraper has glued before a text (`date 2026-03-03 The minister ...`), and the text without it."""
    match = _GLUED.match(text)
    return (read_moment(match[1]), text[match.end() :]) if match else (None, text)

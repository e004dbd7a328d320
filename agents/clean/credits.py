"""Reads who wrote a piece and where: bylines, datelines and agencies' sign-offs."""

import re
from datetime import datetime
from typing import NamedTuple

from agents.clean.dates import Stamp, read_stamp
from agents.clean.lines import Line

_BY = re.compile(r"(?:(?:written|story|report|text)\s+)?(?:by|von|par|por|door|автор:?)\s+(?=\S)", re.IGNORECASE)
_STAMPED = re.compile(
    r"\s*[|•·,–—-]?\s*\b(?=published\b|updated\b|posted\b|last\s+updated\b)|\s+[|•·]\s+", re.IGNORECASE
)
_JOINING = frozenset(
    "and of the in for at with to de la le van von der den al bin ben el y e und et en & our own staff agencies"
    " reporter reporters correspondent correspondents writer writers".split()
)
_EMPLOYED = re.compile(r"\b(?:writer|reporter|correspondent|staff|editor|press|news|reuters|afp)s?\b", re.IGNORECASE)
_REPORTED = (
    r"(?:additional\s+|further\s+)?(?:reporting|writing|editing|compiled|translated|translation)\b[^.()]{0,60}?\bby\s"
)
_GLUED_SIGN_OFF = re.compile(rf"\s*\({_REPORTED}[^()]{{1,300}}\)$", re.IGNORECASE)
_SIGN_OFF = re.compile(
    rf"[(\[]?\s*(?:{_REPORTED}"
    r"|(?:with\s+)?(?:files|assistance|contributions?|inputs?)\s+from\s|--\s?(?:with|by)\s|to\s+contact\s+the\s+"
    r"(?:reporter|editor|author|writer)|[^.]{2,80}\bcontributed\s+to\s+th(?:is|e)\s+(?:report|story|article))",
    re.IGNORECASE,
)

_KNOWN = frozenset(
    "reuters ap afp upi dpa cnn bbc xinhua tass efe ani pti ians bloomberg kyodo yonhap interfax anadolu ansa apa"
    " agencies agency newswires wires".split()
)
_AGENCY = re.compile(r"\(([^()]{2,40})\)\s*$|/\s*([^/]{2,30}?)\s*/\s*$")
_DASH = re.compile(r"\s*(?:--|[—–])(?:\s+|$)|\s-(?:\s+|$)")
_DATE = re.compile(
    r",?\s*\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:,?\s*\d{4})?\s*,?\s*$"
    r"|,?\s*\b\d{1,2}\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?(?:,?\s*\d{4})?\s*,?\s*$",
    re.IGNORECASE,
)
_LONGEST = 100  # characters of a dateline


class Byline(NamedTuple):
    """Who wrote it, and the date where it stood on the same line."""

    name: str
    stamp: Stamp | None


class Dateline(NamedTuple):
    """Where (and by which agency) it was written, and the date where it has a year."""

    place: str
    moment: datetime | None


def read_byline(line: Line) -> Byline | None:
    """The name in a line that is nothing but a byline (`By JANE ROE`, `By Staff`), or None."""
    if line.words > 16 or line.quoted:
        return None
    match = _BY.match(line.text)
    if not match:
        name, _, desk = line.text.partition(", ")
        employed = _EMPLOYED.search(desk) and line.title_like and not line.figures and line.words <= 7
        return Byline(line.text, None) if employed and 2 <= len(name.split()) <= 4 and not line.ended else None
    parts = _STAMPED.split(line.text[match.end() :], maxsplit=1)
    name = parts[0].strip(" ,|")
    words = name.split()
    named = all(word[0].isupper() or word.casefold().strip(",") in _JOINING or not word[0].isalpha() for word in words)
    if not named or not 0 < len(words) <= 10 or any(map(str.isdigit, name)) or (line.ended and len(words) > 4):
        return None
    return Byline(name, read_stamp(parts[1].strip(" ,|–—-")) if len(parts) > 1 else None)


def bare_byline(text: str) -> str:
    """A byline field without the word before the name."""
    return _BY.sub("", text, count=1) if _BY.match(text) else text


def is_sign_off(line: Line) -> bool:
    """Whether the line is an agency's note of who reported and edited, or the like."""
    return line.words <= 40 and not line.quoted and _SIGN_OFF.match(line.text) is not None


def strip_sign_off(text: str) -> str:
    """A paragraph without the agency's note of who reported that stands in brackets at its end."""
    return _GLUED_SIGN_OFF.sub("", text) if text.endswith(")") else text


def is_affiliation(line: Line) -> bool:
    """Whether a line under a byline tells the writer's desk (`Associated Press Writer`)."""
    return line.words <= 5 and line.title_like and not line.ended and _EMPLOYED.search(line.text) is not None


def split_dateline(text: str) -> tuple[str | None, str]:
    """The dateline before a paragraph (`LONDON, March 3 (Reuters)`, `(Agencies)`, `BUENOS AIRES`), and the rest."""
    dash = _DASH.search(text, 0, _LONGEST)
    if dash and dash.start():
        head, rest = text[: dash.start()], text[dash.end() :]
        if _is_dateline(head.strip(), rest, plain_hyphen="-" in dash[0] and "--" not in dash[0]):
            return head.strip(), rest
    return None, text


def read_dateline(text: str) -> Dateline | None:
    """A line that is a dateline and nothing else (`WASHINGTON, DC, May 4, 2011`, `(Agencies) —`), or None."""
    place, rest = split_dateline(text)
    if place and not rest:
        return Dateline(place, None)
    dated = _DATE.search(text) if len(text) <= _LONGEST else None
    if not dated or not text[: dated.start()] or not _is_place(text[: dated.start()]):
        return None
    stamp = read_stamp(dated[0].strip(" ,"))
    return Dateline(text, stamp.moment if stamp else None)


def _is_dateline(head: str, rest: str, plain_hyphen: bool) -> bool:
    agency = _AGENCY.search(head)
    place = head[: agency.start()] if agency else head
    dated = _DATE.search(place)
    place = place[: dated.start()].strip(" ,") if dated else place.strip(" ,")
    if agency:
        name = (agency[1] or agency[2]).casefold()
        known = not _KNOWN.isdisjoint(re.findall(r"\w+", name))
        return len(place.split()) <= 7 and (known or (_is_place(place) if place else len(name.split()) <= 3))
    if not _is_place(place) or rest[:40].isupper() or not rest:
        return False
    return dated is not None or (not rest[0].islower() and (not plain_hyphen or "," in place))


def _is_place(text: str) -> bool:
    """Up to four words in capitals (LONDON, NEW YORK), then perhaps a region with a comma before it."""
    city, _, region = text.strip(" ,").partition(",")
    letters = sum(map(str.isalpha, city))
    return city.isupper() and letters >= 4 and len(city.split()) <= 4 and len(region.split()) <= 4

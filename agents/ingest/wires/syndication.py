"""RSS, Atom and RDF feeds. feedparser knows their many dialects; what it gets is XML that was made safe first."""

import logging
import re
import time
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any

import feedparser
from lxml import etree

from agents.ingest.wires.bodies import close
from agents.ingest.wires.draft import Draft, Piece, Pieces, digest, one_line, quoted
from agents.ingest.wires.trees import bare, salvage_xml
from streams.errors import RejectedCopy

_log = logging.getLogger(__name__)
FEEDS = frozenset(("rss", "RDF", "feed"))
_ENTRIES = ("item", "entry")
_TOMBS = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_AS_UTF8 = {"content-type": "application/xml; charset=utf-8"}
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_MAILED = re.compile(r"[^\s()]+@[^\s()]+ \((.+)\)")


def read_syndication(data: bytes, identity: str) -> Pieces:
    """Every entry of a feed, and every withdrawal of one (`deleted-entry`, RFC 6721).

    A feed that breaks off gives what stands before the break, and says where that is. Nothing is fetched, and HTML
    comes through as it is. Raises RejectedCopy for what is no feed.
    """
    root, broken = salvage_xml(data)
    if bare(root.tag) not in FEEDS:
        raise RejectedCopy(f"the XML begins with <{bare(root.tag)[:60]}>; a feed does with <rss>, <RDF> or <feed>")
    return _read(root, broken, identity)


def _read(root: Any, broken: str, identity: str) -> Pieces:
    found = False
    for tomb in root.iter(_TOMBS):
        found = True
        yield _read_tomb(tomb)
    for feed in _parsed(root):
        if isinstance(feed, Piece):
            yield feed
        for entry in [] if isinstance(feed, Piece) else feed.entries:
            found = True
            yield _read_entry(dict(entry), dict(feed.feed), identity)
    if broken:
        yield Piece(None, (f"the feed is broken, {broken}; what stands after it may be lost",))
    elif not found:
        yield Piece(None, ("the feed has no entries",))


def _read_tomb(tomb: Any) -> Piece:
    draft = Draft()
    draft.status("canceled")
    draft.moment("published", tomb.get("when"))
    named = one_line(tomb.get("ref"))
    return draft.finish(named) if named else Piece(None, ("a deleted entry isn't named; `ref` does it",))


def _parsed(root: Any) -> Iterator[Any]:
    """The feed as feedparser reads it; where that fails, a feed for each entry, and a piece for those at fault."""
    try:
        yield _parse(root)
        return
    except Exception as error:  # it trusts elements to stand where they belong
        _log.debug("feedparser fails on a whole feed", exc_info=error)
    entries = [each for each in root.iter(etree.Element) if bare(each.tag) in _ENTRIES]
    for entry in entries:
        entry.getparent().remove(entry)
    holder = next((each for each in root if bare(each.tag) == "channel" and bare(root.tag) == "rss"), root)
    for number, entry in enumerate(entries, 1):
        holder.append(entry)
        try:
            yield _parse(root)
        except Exception as error:
            yield Piece(None, (f"entry {number} can't be read: {type(error).__name__} {quoted(str(error))}",))
        holder.remove(entry)


def _parse(root: Any) -> Any:
    return feedparser.parse(
        BytesIO(etree.tostring(root, encoding="utf-8")),
        response_headers=_AS_UTF8,
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _read_entry(entry: dict[str, Any], feed: dict[str, Any], identity: str) -> Piece:
    draft = Draft()
    draft.line("headline", _bare(entry.get("title_detail")), entry.get("title"))
    said, link = one_line(entry.get("id")), one_line(entry.get("link"))
    draft.line("url", link if link != said or "://" in link else "")  # feedparser takes any guid for a link
    draft.line("byline", ", ".join(dict.fromkeys(_authors(entry))) or entry.get("author"))
    draft.line("source", _field(entry.get("source"), "title"), feed.get("title"))
    published = "updated" if entry.get("updated") else "published"
    _date(draft, "published", entry, published)
    _date(draft, "created", entry, "published" if published == "updated" else "created")
    if any(key.rpartition("_")[2] == "draft" and value == "yes" for key, value in entry.items()):
        draft.status("withheld")  # `app:draft` of RFC 5023, under whichever prefix the feed has for it
    draft.names("subjects", (each.get("label") or each.get("term") for each in _details(entry.get("tags"))))
    contents = _details([*_details(entry.get("content")), entry.get("summary_detail")])
    copy: dict[str, Any] = next((each for each in contents if one_line(each.get("value"))), {})
    _copy(draft, copy)
    draft.line("language", entry.get("language"), copy.get("language"), feed.get("language"))
    own = f"{identity}#" if identity else ""
    unnamed = own + digest(draft.values.get("headline") or "", one_line(copy.get("value")))
    return close(draft, said, draft.values.get("url"), unnamed)


def _authors(entry: dict[str, Any]) -> Iterator[str]:
    """The names; RSS has them in brackets after an address, which feedparser parts wrongly where its domain is long."""
    whole = _MAILED.fullmatch(one_line(entry.get("author")))
    people = _details(entry.get("authors"))
    if whole and len(people) < 2:
        yield whole[1]
        return
    for each in people:
        name = one_line(each.get("name") or each.get("email"))
        mailed = _MAILED.fullmatch(name)
        if name:
            yield mailed[1] if mailed else name


def _date(draft: Draft, name: str, entry: dict[str, Any], key: str) -> None:
    """A date as feedparser reads it, since feeds write them in many ways."""
    parsed = entry.get(f"{key}_parsed")
    iso = time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed) if isinstance(parsed, time.struct_time) else None
    draft.moment(name, iso or entry.get(key))


def _copy(draft: Draft, detail: dict[str, Any]) -> None:
    """The copy as HTML, as feeds mean it, but for lines without a tag: HTML would join them."""
    value = str(detail.get("value") or "").strip()
    plain = detail.get("type") == "text/plain" or ("\n" in value and not _TAG.search(value))
    draft.copy("text" if plain else "html", value)


def _bare(detail: Any) -> str:
    """A title without its markup."""
    value = str(_field(detail, "value") or "")
    return value if _field(detail, "type") == "text/plain" else unescape(_TAG.sub("", value))


def _details(found: Any) -> list[dict[str, Any]]:
    """The parts of a field; an element that a feed names as feedparser names its results is a string in their place."""
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _field(detail: Any, name: str) -> Any:
    return detail.get(name) if isinstance(detail, dict) else None

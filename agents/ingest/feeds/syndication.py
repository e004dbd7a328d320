"""RSS, Atom and JSON Feed to articles, by what every one of them has: an id, a link, a title, a date and copy."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import blake2b

import msgspec
from dateutil import parser as dates
from lxml import etree

from agents.ingest.formats import Found, Input
from streams.errors import RejectedCopy
from streams.records import RawArticle

_ENTRIES = ("item", "entry")
_COPY = ("encoded", "content", "description", "summary")


class _Item(msgspec.Struct):
    id: str | int | float = ""
    url: str = ""
    title: str = ""
    content_html: str = ""
    content_text: str = ""
    summary: str = ""
    date_published: str = ""


class _JsonFeed(msgspec.Struct):
    version: str
    items: list[_Item]
    title: str = ""


def read_feed(data: bytes) -> list[Input]:
    """Every entry of a feed. Raises RejectedCopy for what is none; no external entity is read, none is expanded."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return list(_json(data))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RejectedCopy(f"no feed: {error}") from error
    if root is None or _name(root) not in ("rss", "RDF", "feed"):
        raise RejectedCopy("no feed: it has no <rss>, <RDF> or <feed>")
    return list(_xml(root))


def _json(data: bytes) -> Iterator[Input]:
    try:
        feed = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RejectedCopy(f"no JSON Feed: {error}") from error
    for number, each in enumerate(feed.items, 1):
        copy = each.content_html or None
        text = each.content_text or each.summary or None
        yield _found(number, str(each.id), each.url, each.title, each.date_published, feed.title, copy, text)


def _xml(root: etree._Element) -> Iterator[Input]:
    elements = (each for each in root.iter() if isinstance(each.tag, str))
    title = next((_text(each) for each in elements if _name(each) == "title"), "")
    items = [each for each in root.iter() if isinstance(each.tag, str) and _name(each) in _ENTRIES]
    for number, item in enumerate(items, 1):
        said = {_name(each): each for each in reversed(item) if isinstance(each.tag, str)}
        copy = next((_text(said[name]) for name in _COPY if name in said), "")
        link = said.get("link")
        url = "" if link is None else link.get("href") or _text(link)
        date = next((_text(said[name]) for name in ("updated", "pubDate", "date", "published") if name in said), "")
        identity = next((_text(said[name]) for name in ("guid", "id") if name in said), "")
        headline = _text(said["title"]) if "title" in said else ""
        yield _found(number, identity, url, headline, date, title, copy or None, None)


def _found(
    number: int, identity: str, url: str, headline: str, date: str, source: str, html: str | None, text: str | None
) -> Found:
    said = f"{headline}\0{html or text}"
    article = RawArticle(
        id=identity.strip() or url or blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest(),
        source=source or None,
        url=url or None,
        published=_moment(date),
        headline=headline or None,
        html=html,
        text=text if text or html else headline,
    )
    return Found(f"entry {number}", article)


def _moment(text: str) -> datetime | None:
    try:
        moment = dates.parse(text) if text else None
    except (ValueError, OverflowError):
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _text(element: etree._Element) -> str:
    return "".join(str(each) for each in element.itertext()).strip()

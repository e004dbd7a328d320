"""JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""

from typing import Any

import msgspec

from agents.ingest.wires.bodies import close
from agents.ingest.wires.draft import Draft, Piece, Pieces, digest, one_line, plain, quoted
from streams.errors import RejectedCopy


def is_json_feed(value: object) -> bool:
    """Whether a JSON value says that it is a JSON Feed."""
    return isinstance(value, dict) and "jsonfeed.org/version/" in str(value.get("version"))


def read_json_feed(data: bytes, identity: str) -> Pieces:
    """Every item of a JSON Feed. Raises RejectedCopy for what is none."""
    try:
        feed = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RejectedCopy(f"no JSON Feed: {error}; send it as whole JSON in UTF-8") from error
    if not is_json_feed(feed):
        raise RejectedCopy("no JSON Feed: its version names none; send what jsonfeed.org describes")
    if not isinstance(feed.get("items"), list):
        raise RejectedCopy("no JSON Feed: its items are no list; send what jsonfeed.org describes")
    return _read(feed, identity)


def _read(feed: dict[str, Any], identity: str) -> Pieces:
    for number, item in enumerate(feed["items"], 1):
        if isinstance(item, dict):
            yield _read_item(item, feed, identity)
        else:
            yield Piece(None, (f"item {number} {quoted(plain(item))} is no object; items are",))
    if not feed["items"]:
        yield Piece(None, ("the feed has no items",))


def _read_item(item: dict[str, Any], feed: dict[str, Any], identity: str) -> Piece:
    draft = Draft()
    draft.line("headline", item.get("title"))
    draft.line("url", item.get("url"), item.get("external_url"))
    draft.line("byline", ", ".join(_authors(item)) or ", ".join(_authors(feed)))
    draft.line("source", feed.get("title"))
    draft.moment("published", item.get("date_modified") or item.get("date_published"))
    draft.moment("created", item.get("date_published") if item.get("date_modified") else None)
    draft.names("subjects", _list(item.get("tags")))
    draft.line("language", item.get("language"), feed.get("language"))
    draft.copy("html", item.get("content_html"))
    draft.copy("text", item.get("content_text") or item.get("summary"))
    own = f"{identity}#" if identity else ""
    copy = draft.values.get("html") or draft.values.get("text") or ""
    unnamed = own + digest(draft.values.get("headline") or "", copy)
    said = item.get("id")
    return close(draft, str(said) if isinstance(said, float) else said, draft.values.get("url"), unnamed)


def _authors(value: dict[str, Any]) -> list[str]:
    """The names in `authors` (1.1) or `author` (1)."""
    people = [*_list(value.get("authors")), value.get("author")]
    return list(dict.fromkeys(filter(None, (one_line(each.get("name")) for each in people if isinstance(each, dict)))))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []

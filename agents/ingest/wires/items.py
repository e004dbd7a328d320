"""News items in JSON: their values as strangers write them, taken for what they surely are."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from agents.ingest.wires.draft import Draft
from streams.errors import RejectedCopy

_MOST_BYTES = 16 * 2**20
_NAMES = ("name", "value", "title", "literal", "code", "qcode", "uri")
_MARKUP = ("</", "<p", "<br", "<h", "<div", "/>")


def parse_json(data: bytes) -> Any:
    """The value of a JSON document. Raises RejectedCopy for what is broken, too large or nested too deep."""
    if len(data) > _MOST_BYTES:
        raise RejectedCopy(f"the JSON is larger than {_MOST_BYTES:,} bytes; send its items one by one")
    try:
        return msgspec.json.decode(data)
    except RecursionError as error:
        raise RejectedCopy("nested too deep to be read; send the fields of one article") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RejectedCopy(f"not JSON: {error}; send one JSON document") from error


def said(value: object) -> str:
    """A value as a word, "" for None and false; a list or object is named as such, so that it counts as unknown."""
    if value is None or value is False or isinstance(value, str):
        return value or ""
    if isinstance(value, int | float) and abs(value) < 2**53:
        return str(int(value)) if value == int(value) else str(value)
    return "a list" if isinstance(value, list) else "an object" if isinstance(value, Mapping) else "a number"


def dicts(value: object) -> list[Mapping[str, Any]]:
    """The objects in a value: a list of them, one alone, or those an object holds under names of its own."""
    if isinstance(value, Mapping):
        inner = [each for each in value.values() if isinstance(each, Mapping)]
        return inner if inner and len(inner) == len(value) else [value]
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def names(value: object) -> Iterable[str]:
    """The names in a value, be it a list of words or objects, or one of them."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            yield next((word for key in _NAMES if isinstance(word := each.get(key), str) and word.strip()), "")
        else:
            yield said(each)


def put_issue(draft: Draft, item: Mapping[str, Any]) -> None:
    """Put which version an item is, when it was sent, and whether and from when it may be used."""
    draft.number("version", said(item.get("version")), 0, 2**53)
    draft.number("urgency", said(item.get("urgency")), 1, 9)
    draft.moment("published", said(item.get("versioncreated")))
    draft.moment("created", said(item.get("firstcreated")))
    if item.get("embargoed") is not None and item["embargoed"] is not False:
        draft.embargo(said(item["embargoed"]))
    if item.get("pubstatus") is not None:
        draft.status(said(item["pubstatus"]) or "empty")


def is_markup(text: str) -> bool:
    """Whether a text of no stated type is HTML."""
    start = text[:2000].lower()
    return any(mark in start for mark in _MARKUP)

"""What the bytes of a file or a request hold: by how they begin, else by the name or type they came under."""

import logging
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import PurePosixPath

from agents.ingest.formats import Input, Part, Unreadable, told
from agents.ingest.readers import (
    READERS,
    Reader,
    html_page,
    json_document,
    json_lines,
    plain_text,
    wire,
)
from agents.ingest.wires.recognition import read_mails, recognised, recognised_in_json

_log = logging.getLogger(__name__)
Read = Callable[[bytes, str], Iterable[Input]]


def read(data: bytes, place: str) -> Iterator[Input]:
    """Every article in `data`; `place` is a file's name, whose suffix may tell the format and the rest of it the id."""
    name = PurePosixPath(place)
    known = name.suffix.lower() in READERS
    return told(parts(data, place, name.suffix, str(name.with_suffix("")) if known else place))


def parts(data: bytes, place: str, suffix: str, identity: str) -> Iterator[Part]:
    """Every part of `data`, whatever format it is in; the suffix counts where the bytes leave it open."""
    reader = READERS.get(suffix.lower())
    if reader in (None, plain_text) and is_json(data) and (reader is None or recognised_in_json(data)):
        reader = json_lines if _is_lines(data) else json_document
    return _read(reader or _by_start(data), data, place, identity)


def attempt(read: Read, data: bytes, place: str, most: int) -> list[Input]:
    """What `read` makes of the bytes: no more than `most` and one, so that countless scraps don't fill the memory.

    Where a reader itself fails the bytes are unreadable, and nothing else is harmed.
    """
    try:
        return list(islice(read(data, place), most + 1))
    except RecursionError:
        return [Unreadable(place, data, "nested too deep to be read; send the fields of one article")]
    except Exception as error:
        _log.exception("a reader failed on %s", place)
        return [Unreadable(place, data, f"{type(error).__name__} in its reader: {error}; the worker's log tells more")]


def is_json(start: bytes) -> bool:
    """Whether data begins as a JSON object or list does."""
    return _first(start) in (b"{", b"[")


def is_marked_up(start: bytes) -> bool:
    """Whether data begins as XML and HTML do."""
    return _first(start) == b"<"


def _first(start: bytes) -> bytes:
    return start.lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n")[:1]


def _read(reader: Reader, data: bytes, place: str, identity: str) -> Iterator[Part]:
    """The trade's formats go before what name or type say."""
    if found := recognised(data):
        return wire(found, data, place, identity)
    return reader(BytesIO(data), place, identity)


def _by_start(data: bytes) -> Reader:
    if is_json(data):
        return json_lines if _is_lines(data) else json_document
    return html_page if is_marked_up(data) else plain_text


def _is_lines(data: bytes) -> bool:
    """More than one line, and each an object: a document is broken within its objects."""
    objects = 0
    for line in filter(None, map(bytes.strip, BytesIO(data))):
        if not (line.startswith(b"{") and line.endswith(b"}")):
            return False
        objects += 1
    return objects > 1


def _under(reader: Reader) -> Read:
    return lambda data, place: told(_read(reader, data, place, place))


_BY_BYTES = (
    "",
    "application/octet-stream",
    "application/x-www-form-urlencoded",  # what curl says of any --data
    "application/xml",
    "text/xml",
    "application/nitf+xml",
    "application/vnd.iptc.g2.newsitem+xml",
    "application/vnd.iptc.g2.packageitem+xml",
    "application/vnd.iptc.g2.newsmessage+xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/xhtml+xml",
)
# How a body of a media type is read, unless its bytes are clearly of another format. What isn't here is no copy.
READ_AS: dict[str, Read] = {
    "application/json": _under(json_document),
    "application/feed+json": _under(json_document),
    "application/x-ndjson": _under(json_lines),
    "application/jsonl": _under(json_lines),
    "text/plain": _under(plain_text),
    "text/html": _under(html_page),
    "message/rfc822": lambda data, place: told(wire(read_mails, data, place, place)),
    "application/mbox": lambda data, place: told(wire(read_mails, data, place, place)),
    **dict.fromkeys(_BY_BYTES, read),
}

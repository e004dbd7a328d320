"""What the bytes of a file or a request hold: by the name or type they came under, else by how they begin."""

import logging
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import PurePosixPath

from agents.ingest.formats import READERS, Input, Reader, Unreadable, html_page, json_document, json_lines, plain_text

_log = logging.getLogger(__name__)
Read = Callable[[bytes, str], Iterable[Input]]


def read(data: bytes, place: str) -> Iterator[Input]:
    """Every article in `data`; `place` is a file's name, whose suffix tells the format and the rest of it the id."""
    name = PurePosixPath(place)
    if reader := READERS.get(name.suffix.lower()):
        return reader(BytesIO(data), place, str(name.with_suffix("")))
    return _by_start(data)(BytesIO(data), place, place)


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


def _by_start(data: bytes) -> Reader:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start.startswith((b"{", b"[")):
        return json_lines if _is_lines(data) else json_document
    return html_page if start.startswith(b"<") else plain_text


def _is_lines(data: bytes) -> bool:
    """More than one line, and each an object: a document is broken within its objects."""
    objects = 0
    for line in filter(None, map(bytes.strip, BytesIO(data))):
        if not (line.startswith(b"{") and line.endswith(b"}")):
            return False
        objects += 1
    return objects > 1


def _under(reader: Reader) -> Read:
    return lambda data, place: reader(BytesIO(data), place, place)


# How a body of a media type is read; of the last three the bytes tell. What isn't here is no copy.
READ_AS: dict[str, Read] = {
    "application/json": _under(json_document),
    "application/x-ndjson": _under(json_lines),
    "application/jsonl": _under(json_lines),
    "text/plain": _under(plain_text),
    "text/html": _under(html_page),
    "": read,
    "application/octet-stream": read,
    "application/x-www-form-urlencoded": read,  # what curl says of any --data
}

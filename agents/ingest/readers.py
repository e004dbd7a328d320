"""Readers of what a file may hold: our own JSON, the trade's formats, an HTML page, plain text."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import IO

import msgspec

from agents.ingest.encoding import in_utf8, read_text
from agents.ingest.formats import Found, Part, Unreadable, Unused
from agents.ingest.wires.draft import Piece, Pieces
from agents.ingest.wires.recognition import recognised_in_json
from streams.codec import decode
from streams.errors import RejectedCopy
from streams.records import RawArticle

_NAMED = 20  # reasons, where a message holds no article

Reader = Callable[[IO[bytes], str, str], Iterator[Part]]  # bytes, where they are, the id to fall back to
WireReader = Callable[[bytes, str], Pieces]


def wire(read: WireReader, data: bytes, place: str, identity: str) -> Iterator[Part]:
    """What a reader of one of the trade's formats makes of the bytes; of several parts the place has the number."""
    waiting: list[Unused] = []  # until an article shows that the message holds one
    found = False
    try:
        for part in _numbered(read(data, identity), place):
            found = found or isinstance(part, Found)
            if isinstance(part, Unused) and not found:
                waiting.append(part)
                continue
            yield from waiting
            waiting.clear()
            yield part
    except RejectedCopy as error:
        waiting.append(Unused(place, str(error)))
    if found:
        yield from waiting
    else:
        yield Unreadable(place, data, "; ".join(each.reason for each in waiting[:_NAMED]) or "it holds no article")


def _numbered(pieces: Iterator[Piece], place: str) -> Iterator[Part]:
    """Each piece as a part; one alone stands at the place itself."""
    first, second = next(pieces, None), next(pieces, None)
    for number, piece in enumerate(chain(filter(None, (first, second)), pieces), 1):
        where = f"{place}[{number}]" if second else place
        if piece.article:
            yield Found(where, piece.article, unused=piece.unused)
        else:
            yield Unused(where, "; ".join(piece.unused))


def _article(data: bytes, place: str, identity: str) -> Iterator[Part]:
    """One of our own articles, or a news item in another JSON."""
    try:
        yield Found(place, decode(data, RawArticle))
    except RejectedCopy as error:
        if reader := recognised_in_json(data):
            yield from wire(reader, data, place, identity)
        else:
            yield Unreadable(place, data, str(error))


def json_lines(stream: Iterable[bytes], place: str, identity: str) -> Iterator[Part]:
    """One article a line; empty lines are passed over."""
    for number, line in enumerate(stream, 1):
        if data := line.strip():
            yield from _article(data, f"{place}:{number}", f"{identity}:{number}")


def json_document(stream: IO[bytes], place: str, identity: str) -> Iterator[Part]:
    """One article, or a list of them; the place of one in a list is its index, from 1."""
    data = in_utf8(stream.read()).strip()
    try:
        articles = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError):
        yield from _article(data, place, identity)
        return
    for number, each in enumerate(articles, 1):
        yield from _article(bytes(each), f"{place}[{number}]", f"{identity}#{number}")


def plain_text(stream: IO[bytes], place: str, identity: str) -> Iterator[Part]:
    """The whole file is the text of one article."""
    yield from _whole(stream.read(), place, lambda text: RawArticle(id=identity, text=text))


def html_page(stream: IO[bytes], place: str, identity: str) -> Iterator[Part]:
    """The whole file is the page of one article."""
    yield from _whole(stream.read(), place, lambda text: RawArticle(id=identity, html=text))


def _whole(data: bytes, place: str, article: Callable[[str], RawArticle]) -> Iterator[Part]:
    try:
        yield Found(place, article(read_text(data)))
    except RejectedCopy as error:
        yield Unreadable(place, data, str(error))


READERS: dict[str, Reader] = {
    ".jsonl": json_lines,
    ".ndjson": json_lines,
    ".json": json_document,
    ".txt": plain_text,
    ".html": html_page,
    ".htm": html_page,
}

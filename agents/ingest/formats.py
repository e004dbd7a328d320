"""What a file may hold: JSON lines, JSON, plain text, an HTML page. Readers give articles and what was unreadable."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

import msgspec

from agents.ingest.encoding import read_text
from streams.codec import decode, encode
from streams.errors import RejectedCopy
from streams.records import RawArticle


@dataclass(frozen=True, slots=True)
class Found:
    """An article, where it was found (`file`, `file:line`), and its time where copy is sorted by it."""

    place: str
    article: RawArticle
    dated: datetime | None = None

    @property
    def key(self) -> str:
        """What the message is keyed by: the article's id."""
        return self.article.id

    @property
    def value(self) -> bytes:
        """The message that carries the article."""
        return encode(self.article)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes that hold no article, as they were found: sent on as they are, so that they end in `wire.rejected`."""

    place: str
    value: bytes
    reason: str

    @property
    def key(self) -> str:
        """The id where one can be made out, else the place, so that the rejection can be traced."""
        try:
            return msgspec.json.decode(self.value, type=_Identified).id or self.place
        except (msgspec.DecodeError, UnicodeDecodeError):
            return self.place


class _Identified(msgspec.Struct):
    id: str


Input = Found | Unreadable
Reader = Callable[[IO[bytes], str, str], Iterator[Input]]


def _article(data: bytes, place: str) -> Input:
    try:
        return Found(place, decode(data, RawArticle))
    except RejectedCopy as error:
        return Unreadable(place, data, str(error))


def json_lines(stream: IO[bytes], place: str, identity: str) -> Iterator[Input]:
    """One raw article a line; empty lines are passed over."""
    for number, line in enumerate(stream, 1):
        if data := line.strip():
            yield _article(data, f"{place}:{number}")


def json_document(stream: IO[bytes], place: str, identity: str) -> Iterator[Input]:
    """One raw article, or a list of them; the place of one in a list is its index, from 1."""
    data = stream.read().strip()
    try:
        articles = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError):
        yield _article(data, place)
        return
    for number, each in enumerate(articles, 1):
        yield _article(bytes(each), f"{place}[{number}]")


def plain_text(stream: IO[bytes], place: str, identity: str) -> Iterator[Input]:
    """The whole file is the text of one article."""
    yield _whole(stream.read(), place, lambda text: RawArticle(id=identity, text=text))


def html_page(stream: IO[bytes], place: str, identity: str) -> Iterator[Input]:
    """The whole file is the page of one article."""
    yield _whole(stream.read(), place, lambda text: RawArticle(id=identity, html=text))


def _whole(data: bytes, place: str, article: Callable[[str], RawArticle]) -> Input:
    try:
        return Found(place, article(read_text(data)))
    except RejectedCopy as error:
        return Unreadable(place, data, str(error))


READERS: dict[str, Reader] = {
    ".jsonl": json_lines,
    ".ndjson": json_lines,
    ".json": json_document,
    ".txt": plain_text,
    ".html": html_page,
    ".htm": html_page,
}

"""What readers give of a file or a body: articles, bytes that are unreadable, and parts that hold no copy."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec

from streams.codec import encode
from streams.records import RawArticle

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """An article, where it was found (`file`, `file:line`), and its time where copy is sorted by it.

    `unused` names what its source said and we could not use.
    """

    place: str
    article: RawArticle
    dated: datetime | None = None
    unused: tuple[str, ...] = ()

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


@dataclass(frozen=True, slots=True)
class Unused:
    """A part of a message beside its articles that holds no copy, a picture's for one; it goes no further."""

    place: str
    reason: str


class _Identified(msgspec.Struct):
    id: str


Input = Found | Unreadable
Part = Input | Unused


def told(parts: Iterable[Part]) -> Iterator[Input]:
    """What goes further of the parts; what is not used is logged, once for each."""
    for part in parts:
        if reason := unused(part):
            _log.warning("%s: not used: %s", part.place, reason)
        if not isinstance(part, Unused):
            yield part


def unused(part: Part) -> str:
    """In words, what was not used of a part that is no error as a whole."""
    match part:
        case Found():
            return "; ".join(part.unused)
        case Unused():
            return part.reason
        case Unreadable():
            return ""

"""The entries of a feed as messages: whose they are, in which order they go, and what each is known again by."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

import msgspec

from agents.ingest.feeds.feed import Feed, State, host
from agents.ingest.formats import Found, Input
from streams.codec import encode
from streams.records import RawArticle

_GLOBAL = ("tag:", "urn:")  # schemes of ids that are nobody else's (RFC 4151, RFC 8141), beside those with ://
_END = re.compile(rb"</(?:\w+:)?(?:rss|rdf|feed)\s*>|\}\s*$", re.IGNORECASE)
_TAIL = 4096  # bytes: what hosts append to a document, comments and scripts, is shorter
_LONGEST = 512  # characters of an id


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its article, or bytes that hold none. `mark` names its content, so that a changed entry has another.

    What the feed is called is no part of the content: a new name must not send all its entries anew.
    """

    key: str
    mark: bytes
    article: RawArticle | None
    value: bytes = b""

    @property
    def published(self) -> float | None:
        """Seconds since 1970, where it is dated."""
        return self.article.published.timestamp() if self.article and self.article.published else None

    def message(self, now: float) -> bytes:
        """What goes onto the topic."""
        if self.article is None:
            return self.value
        return encode(msgspec.structs.replace(self.article, received=datetime.fromtimestamp(now, UTC)))


def entries(inputs: Sequence[Input], feed: Feed, state: State) -> list[Entry]:
    """What a feed's document holds, the oldest first, each content once.

    Documents have the newest first; where every entry is dated, the dates decide.
    """
    shared = Counter(each.key for each in inputs)
    found: dict[bytes, Entry] = {}
    for each in reversed(inputs):
        entry = _entry(each, feed, state, alone=shared[each.key] == 1)
        found.setdefault(entry.mark, entry)
    ordered = list(found.values())
    dates = {id(entry): entry.published for entry in ordered}
    return sorted(ordered, key=lambda entry: dates[id(entry)] or 0.0) if all(dates.values()) else ordered


def breaks_off(body: bytes) -> bool:
    """Whether a document lacks its end, so that the last of its entries may be half of one."""
    return not _END.search(body[-_TAIL:].replace(b"\0", b""))  # without the zeros of UTF-16


def _entry(each: Input, feed: Feed, state: State, alone: bool) -> Entry:
    if not isinstance(each, Found):
        return Entry(_own(each.key, feed), _digest(each.value), None, each.value)
    article = each.article
    identity = _own(article.id, feed)
    if not alone:  # an id that several entries of one document have names none of them
        identity = f"{identity[:480]}#{_digest(repr((article.url, article.headline)).encode()).hex()[:16]}"
    source = feed.text or article.source or state.title or host(feed.url)
    mark = _digest(encode(msgspec.structs.replace(article, source=None)))
    article = msgspec.structs.replace(article, id=identity, source=source)
    return Entry(article.id, mark, article)


def _own(identity: str, feed: Feed) -> str:
    """An id of one feed's own, such as `4711`, with the feed's address before it; too long a one by its digest."""
    if "://" not in identity and not identity.startswith(_GLOBAL):
        identity = f"{feed.url} {identity}"
    return identity if len(identity) <= _LONGEST else f"{identity[:400]}#{_digest(identity.encode()).hex()}"


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()

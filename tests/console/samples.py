"""Messages as the river sends them, for the console to take in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from agents.console.desk import Desk
from streams.codec import encode
from streams.records import Alert, ArticleRef, CleanArticle, Kind, Match, Novel, Record, Rejected, Verdict
from streams.settings import Settings
from streams.topics import topics

NOON = 1_790_000_000.0  # seconds since 1970
FLOW = topics(Settings())


@dataclass
class Sent:
    """A message on a topic; its time in milliseconds."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None


def desk(most: int = 1000) -> Desk:
    """A console that knows nothing yet."""
    return Desk(Settings(console_articles=most))


def sent(record: Record, at: float = NOON, partition: int = 0, offset: int = 0) -> Sent:
    """A record on its topic."""
    names = {CleanArticle: FLOW.clean, Verdict: FLOW.verdicts, Alert: FLOW.alerts, Rejected: FLOW.rejected}
    return Sent(names[type(record)].name, partition, offset, int(at * 1000), b"key", encode(record))


def take(into: Desk, *messages: Sent) -> None:
    """Take messages in, at once."""
    for each in messages:
        into.intake.take(each)
    into.index.forget()


def clean(
    name: str, *paragraphs: str, headline: str = "", source: str | None = "Harbour Post", **more: Any
) -> CleanArticle:
    return CleanArticle(
        id=name, doc=f"doc of {name}", paragraphs=list(paragraphs), headline=headline, source=source, **more
    )


def verdict(name: str, kind: Kind = "new", story: str | None = "s1", **more: Any) -> Verdict:
    rings = kind in ("new", "development", "update", "correction", "withdrawal")
    return Verdict(id=name, verdict=kind, alert=rings, story=story, **more)


def repeat(name: str, of: str, overlap: float = 1.0, story: str = "s1") -> Verdict:
    return verdict(name, "repeat", story, matches=[Match(id=of, overlap=overlap)])


def novel(article: CleanArticle, *passages: str) -> list[Novel]:
    """These passages of the article, with their places."""
    found = [(each, article.text.index(each)) for each in passages]
    return [Novel(text=each, start=start, end=start + len(each)) for each, start in found]


def alert(
    name: str, headline: str = "Ferry sinks", kind: Kind = "new", story: str = "s1", article: str = "", **more: Any
) -> Alert:
    source = more.pop("source", "Harbour Post")
    return Alert(
        id=name,
        kind=kind,
        story=story,
        headline=headline,
        summary=more.pop("summary", ["A ferry sank."]),
        article=ArticleRef(id=article or f"article of {name}", source=source),
        alerted=datetime.fromtimestamp(NOON, UTC),
        **more,
    )


def rejection(name: str, reason: str = "not JSON", value: bytes = b"\xff{}", topic: str = FLOW.raw.name) -> Rejected:
    return Rejected(
        id=name,
        reason=reason,
        topic=topic,
        partition=1,
        offset=7,
        rejected=datetime.fromtimestamp(NOON, UTC),
        value=value,
        key=b"ferry",
        article="ferry",
    )


def words(pieces: Sequence[Any], kind: str) -> list[str]:
    """The pieces of one kind, in all paragraphs."""
    return [piece.text for paragraph in pieces for piece in paragraph if piece.kind == kind]

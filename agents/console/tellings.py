"""One article of a story: what was new in it and what changed, or that it carried what another told."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agents.console.index import Index
from agents.console.origins import Told
from agents.console.passages import Piece, fits, pieces
from streams.codec import decode
from streams.records import Alert, Change, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A source that carried an article too: `share` of its words stood there."""

    article: str
    at: float
    source: str | None
    headline: str
    url: str | None
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One article of a story. Times `at` are when Kafka got the verdict, in seconds since 1970."""

    article: str
    at: float
    kind: str
    alert: str | None
    recalled: bool
    source: str | None
    headline: str
    byline: str | None
    url: str | None
    published: str | None
    changes: list[Change]
    paragraphs: list[list[Piece]]
    named: list[str]
    carriers: list[Carrier] = field(default_factory=list)


def _article(index: Index, row: sqlite3.Row, verdict: Verdict) -> sqlite3.Row | None:
    """The version that was judged: its passages fit; of several the last before the verdict."""
    question = """SELECT articles.*, copy.body AS body FROM articles JOIN copy ON copy.rowid = articles.n
        WHERE id = ? ORDER BY at > ?, abs(at - ?)"""
    found = index.rows(question, row["id"], row["at"], row["at"])
    return next((each for each in found if fits(each["body"], verdict.novel)), None)


def carrier(index: Index, row: sqlite3.Row, verdict: Verdict) -> Carrier:
    """A repeat, from its row of verdicts."""
    article = _article(index, row, verdict)
    return Carrier(
        article=row["id"],
        at=row["at"],
        source=row["source"],
        headline=article["headline"] if article else "",
        url=article["url"] if article else None,
        share=verdict.matches[0].overlap if verdict.matches else 0.0,
    )


def telling(index: Index, row: sqlite3.Row, verdict: Verdict, told: Sequence[Told], carriers: list[Carrier]) -> Telling:
    """Any other article, from its row of verdicts, with who told its seen passages first and those that carried it."""
    article = _article(index, row, verdict)
    asked = "SELECT * FROM alerts WHERE article = ? AND kind = ? ORDER BY abs(at - ?)"
    rung = index.row(asked, row["id"], row["kind"], row["at"])
    alert = decode(rung["record"], Alert) if rung and verdict.alert else None
    if article:
        paragraphs = pieces(article["body"], verdict.novel, verdict.changes, told)
    else:  # its text is kept for a day only
        paragraphs = [[Piece(each.text, "new")] for each in verdict.novel]
    return Telling(
        article=row["id"],
        at=row["at"],
        kind=row["kind"],
        alert=alert.id if alert else None,
        recalled=bool(alert and rung and rung["recalled"]),
        source=row["source"],
        headline=(article["headline"] if article else "") or (alert.headline if alert else ""),
        byline=article["byline"] if article else None,
        url=article["url"] if article else None,
        published=article["published"] if article else None,
        changes=verdict.changes,
        paragraphs=paragraphs,
        named=[each.name for each in alert.entities if each.new] if alert else [],
        carriers=carriers,
    )


def alone(index: Index, name: str, most: int) -> Iterator[Telling]:
    """Tellings of the latest alerts whose verdict is not here: it comes a moment later, or went before."""
    question = """SELECT * FROM alerts WHERE story = ? AND NOT EXISTS
        (SELECT 1 FROM verdicts WHERE verdicts.id = alerts.article AND verdicts.kind = alerts.kind)
        ORDER BY at DESC LIMIT ?"""
    for row in index.rows(question, name, most):
        alert = decode(row["record"], Alert)
        yield Telling(
            article=alert.article.id,
            at=row["at"],
            kind=alert.kind,
            alert=alert.id,
            recalled=bool(row["recalled"]),
            source=alert.article.source,
            headline=alert.headline,
            byline=None,
            url=alert.article.url,
            published=alert.published.isoformat() if alert.published else None,
            changes=alert.changes,
            paragraphs=[[Piece(each, "new")] for each in alert.summary],
            named=[each.name for each in alert.entities if each.new],
        )

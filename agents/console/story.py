"""A story as it was told: each article with what was new in it, and who else carried it."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from agents.console.index import Index
from agents.console.passages import Piece, fits, pieces
from streams.codec import decode
from streams.records import Alert, Change, Verdict

_MOST = 200  # articles of a story shown with their text, the latest


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles of a story, the latest first; repeats stand with the article that they repeat."""

    id: str
    headline: str
    first: float
    last: float
    sources: int
    articles: int
    repeats: int
    tellings: list[Telling]


def story(index: Index, name: str) -> Story | None:
    """The story of this id, as far as it is kept."""
    rows = index.rows("SELECT * FROM verdicts WHERE story = ? ORDER BY at", name)
    if not rows:
        return None
    tellings: list[Telling] = []
    carriers: dict[str, list[Carrier]] = defaultdict(list)
    latest = {row["n"] for row in [row for row in rows if row["kind"] != "repeat"][-_MOST:]}
    for row in rows:
        verdict = decode(row["record"], Verdict)
        if row["kind"] == "repeat":
            carriers[_repeated(verdict, tellings)].append(_carrier(index, row, verdict))
        elif row["n"] in latest:
            tellings.append(_telling(index, row, verdict, carriers[row["id"]]))
    told = [each for each in tellings if each.headline]
    return Story(
        id=name,
        headline=told[-1].headline if told else "",
        first=rows[0]["at"],
        last=rows[-1]["at"],
        sources=len({row["source"] for row in rows if row["source"]}),
        articles=len(rows),
        repeats=sum(row["kind"] == "repeat" for row in rows),
        tellings=tellings[::-1],
    )


def _repeated(verdict: Verdict, tellings: Sequence[Telling]) -> str:
    """The article of the story that a repeat carries: the closest told here, else the latest."""
    told = {each.article for each in tellings}
    closest = next((each.id for each in verdict.matches if each.id in told), None)
    return closest or (tellings[-1].article if tellings else "")


def _article(index: Index, row: sqlite3.Row, verdict: Verdict) -> sqlite3.Row | None:
    """The version that was judged: its passages fit; of several the last before the verdict."""
    question = """SELECT articles.*, copy.body AS body FROM articles JOIN copy ON copy.rowid = articles.n
        WHERE id = ? ORDER BY at > ?, abs(at - ?)"""
    found = index.rows(question, row["id"], row["at"], row["at"])
    return next((each for each in found if fits(each["body"], verdict.novel)), None)


def _carrier(index: Index, row: sqlite3.Row, verdict: Verdict) -> Carrier:
    article = _article(index, row, verdict)
    return Carrier(
        article=row["id"],
        at=row["at"],
        source=row["source"],
        headline=article["headline"] if article else "",
        url=article["url"] if article else None,
        share=verdict.matches[0].overlap if verdict.matches else 0.0,
    )


def _telling(index: Index, row: sqlite3.Row, verdict: Verdict, carriers: list[Carrier]) -> Telling:
    article = _article(index, row, verdict)
    rung = index.row("SELECT * FROM alerts WHERE article = ? AND kind = ? ORDER BY abs(at - ?)", *_key(row))
    alert = decode(rung["record"], Alert) if rung and verdict.alert else None
    if article:
        paragraphs = pieces(article["body"], verdict.novel, verdict.changes)
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


def _key(row: sqlite3.Row) -> tuple[str, str, float]:
    return row["id"], row["kind"], row["at"]

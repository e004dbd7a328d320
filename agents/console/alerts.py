"""Alerts for a list: pages of them, the latest first, and those that have come since a place in the topic."""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from agents.console.index import Index
from agents.console.search import matching
from streams.codec import decode
from streams.problems import Problem
from streams.records import Alert, Change

_PASSAGES = 3  # new passages sent with a row; the story has them all
_LETTERS = 400  # of each
_AT_ONCE = 200  # rows read from the index at a time
_POSITION = re.compile(r"(\d{1,9}:\d{1,18}(,\d{1,9}:\d{1,18})*)?")
_CURSOR = re.compile(r"\d{1,12}(\.\d{1,6})?:\d{1,18}")

Position = Mapping[int, int]  # the last offset by partition


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An alert as a list shows it. `at` is when Kafka got it, in seconds since 1970; `recalled` after a withdrawal."""

    id: str
    at: float
    kind: str
    story: str
    headline: str
    source: str | None
    url: str | None
    sources: int
    urgency: int | None
    summary: list[str]
    more: int
    changes: list[Change]
    recalls: list[str]
    recalled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows, the cursor of what is older (None at the end), and of how many all in all."""

    alerts: list[Row]
    older: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Told:
    """An alert with its place on wire.alerts."""

    partition: int
    offset: int
    row: Row


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which alerts a list is: of a kind, from a source, that have the words, that name the entity."""

    kind: str | None = None
    source: str | None = None
    words: str = ""
    entity: str = ""

    @property
    def told(self) -> str | None:
        """The question for their words (FTS5), None where there are none."""
        name = matching(f'"{self.entity.replace(chr(34), " ")}"')
        asked = [f"names : {name}" if name else "", matching(self.words)]
        return " AND ".join(f"({each})" for each in asked if each) or None


def page(index: Index, before: str | None, limit: int, wanted: Wanted = Wanted()) -> Page:
    """The latest alerts before a cursor that are wanted; raises Problem 400 for what is no cursor."""
    at, number = _cursor(before)
    where = """(?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR source = ?2)
        AND (?3 IS NULL OR n IN (SELECT rowid FROM told WHERE told MATCH ?3))"""
    asked = (wanted.kind, wanted.source, wanted.told)
    question = f"""SELECT * FROM alerts WHERE {where} AND (at < ?4 OR at = ?4 AND n < ?5)
        ORDER BY at DESC, n DESC LIMIT ?6"""  # noqa: S608 - the words are ours
    rows = index.rows(question, *asked, at, number, limit + 1)
    total = index.row(f"SELECT count(*) AS total FROM alerts WHERE {where}", *asked)  # noqa: S608
    last = rows[limit - 1] if len(rows) > limit else None
    older = f"{last['at']:.3f}:{last['n']}" if last else None
    return Page(alerts=[_row(index, each) for each in rows[:limit]], older=older, total=total["total"] if total else 0)


def one(index: Index, name: str) -> Row | None:
    """The alert of this id."""
    found = index.row("SELECT * FROM alerts WHERE id = ?", name)
    return _row(index, found) if found else None


def since(index: Index, position: Position, number: int) -> tuple[list[Told], int]:
    """Alerts behind a position of the topic, among the rows behind a number, in the order they were read.

    Gives as many as are sent at once, and the number of the last row looked at.
    """
    found = index.rows("SELECT n, partition, offset FROM alerts WHERE n > ? ORDER BY n", number)
    wanted = [row["n"] for row in found if row["offset"] > position.get(row["partition"], -1)][:_AT_ONCE]
    told = index.rows(f"SELECT * FROM alerts WHERE n IN ({', '.join(map(str, wanted))}) ORDER BY n")  # noqa: S608
    last = wanted[-1] if len(wanted) == _AT_ONCE else found[-1]["n"] if found else number
    return [Told(row["partition"], row["offset"], _row(index, row)) for row in told], last


def missed(index: Index, position: Position) -> bool:
    """Whether alerts behind a position are not kept here any more."""
    kept = index.rows("SELECT partition, min(offset) AS first, count(*) AS count FROM alerts GROUP BY partition")
    full = sum(row["count"] for row in kept) >= index.most
    return full and any(position.get(row["partition"], row["first"]) + 1 < row["first"] for row in kept)


def read_position(text: str) -> dict[int, int]:
    """A position from its text, `partition:offset,...`; raises Problem 400 for one that is none."""
    if not _POSITION.fullmatch(text):
        raise Problem(400, "the place to go on from is none; send the id of the last event, or leave it out")
    pairs = (each.split(":") for each in text.split(",") if each)
    return {int(partition): int(offset) for partition, offset in pairs}


def write_position(position: Position) -> str:
    """The text of a position: an event's id, after which any worker's console can go on."""
    return ",".join(f"{partition}:{offset}" for partition, offset in sorted(position.items()))


def _cursor(text: str | None) -> tuple[float, int]:
    if text is None:
        return float("inf"), 0
    if not _CURSOR.fullmatch(text):
        raise Problem(400, "`before` is no cursor; send what `older` said, or leave it out")
    at, number = text.split(":")
    return float(at), int(number)


def _headline(index: Index, alert: Alert) -> str:
    """Its own; a withdrawal without one has that of what it withdraws, other copy its first new words."""
    if alert.headline:
        return alert.headline
    recalled = index.row("SELECT record FROM alerts WHERE id = ?", alert.recalls[0]) if alert.recalls else None
    withdrawn = decode(recalled["record"], Alert).headline if recalled else ""
    return withdrawn or next(iter(alert.summary), "")[:_LETTERS]


def _row(index: Index, row: sqlite3.Row) -> Row:
    alert = decode(row["record"], Alert)
    return Row(
        id=alert.id,
        at=row["at"],
        kind=alert.kind,
        story=row["story"],
        headline=_headline(index, alert),
        source=alert.article.source,
        url=alert.article.url,
        sources=len(alert.sources),
        urgency=alert.urgency,
        summary=[each[:_LETTERS] for each in alert.summary[:_PASSAGES]],
        more=max(0, len(alert.summary) - _PASSAGES),
        changes=alert.changes,
        recalls=alert.recalls,
        recalled=bool(row["recalled"]),
    )

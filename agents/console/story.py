"""A story as it was told: each article with what was new in it, and who else carried it."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from agents.console.index import Index
from agents.console.origins import Origins
from agents.console.tellings import Carrier, Telling, alone, carrier, telling
from streams.codec import decode
from streams.records import Verdict

_MOST = 200  # articles of a story shown with their text, the latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Who told a passage first, and when, in seconds since 1970; `story` is where."""

    source: str | None
    at: float
    story: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles of a story, the latest first; repeats stand with the article that they repeat.

    `tellers` has the articles, of this story and others, that told something here first.
    """

    id: str
    headline: str
    first: float
    last: float
    sources: int
    articles: int
    repeats: int
    tellings: list[Telling]
    tellers: dict[str, Teller]


def story(index: Index, name: str) -> Story | None:
    """The story of this id, as far as it is kept."""
    name = index.living(name) or name
    rows = index.rows("SELECT * FROM verdicts WHERE story = ? ORDER BY at", name)
    judged = [(row, decode(row["record"], Verdict)) for row in rows]
    carriers: dict[str, list[Carrier]] = defaultdict(list)
    origins = Origins(cache(lambda article: _verdict(index, article)))
    told = [each for each in judged if each[0]["kind"] != "repeat"][-_MOST:]
    tellings = [telling(index, row, verdict, origins.of(verdict), carriers[row["id"]]) for row, verdict in told]
    tellings = sorted([*tellings, *alone(index, name, _MOST)], key=lambda each: each.at)
    for row, verdict in judged:
        if row["kind"] == "repeat":
            carriers[_repeated(verdict, row["at"], tellings)].append(carrier(index, row, verdict))
    return _summed(name, rows, tellings, _tellers(index, tellings)) if tellings or rows else None


def _verdict(index: Index, article: str) -> Verdict | None:
    row = index.row("SELECT record FROM verdicts WHERE id = ? ORDER BY at DESC", article)
    return decode(row["record"], Verdict) if row else None


def _tellers(index: Index, tellings: Sequence[Telling]) -> dict[str, Teller]:
    named = {piece.first for each in tellings for paragraph in each.paragraphs for piece in paragraph if piece.first}
    asked = "SELECT source, at, story FROM verdicts WHERE id = ? ORDER BY at"
    found = {each: index.row(asked, each) for each in named}
    return {each: Teller(source=row["source"], at=row["at"], story=row["story"]) for each, row in found.items() if row}


def _summed(name: str, rows: Sequence[sqlite3.Row], tellings: Sequence[Telling], tellers: dict[str, Teller]) -> Story:
    told = [each.headline for each in tellings if each.headline]
    times = [*(row["at"] for row in rows), *(each.at for each in tellings)]
    heard = {(row["id"], row["source"]) for row in rows} | {(each.article, each.source) for each in tellings}
    return Story(
        id=name,
        headline=told[-1] if told else "",
        first=min(times),
        last=max(times),
        sources=len({source for _, source in heard if source}),
        articles=len({article for article, _ in heard}),
        repeats=sum(row["kind"] == "repeat" for row in rows),
        tellings=list(reversed(tellings)),
        tellers=tellers,
    )


def _repeated(verdict: Verdict, at: float, tellings: Sequence[Telling]) -> str:
    """The article of the story that a repeat carries: the closest told here, else what was told last before it."""
    told = {each.article for each in tellings}
    before = [each.article for each in tellings if each.at <= at] or [each.article for each in tellings[:1]]
    return next((each.id for each in verdict.matches if each.id in told), before[-1] if before else "")

"""A story as it was told: each article with what was new in it, and who else carried it."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from agents.console.index import Index
from agents.console.tellings import Carrier, Telling, alone, carrier, telling
from streams.codec import decode
from streams.records import Verdict

_MOST = 200  # articles of a story shown with their text, the latest


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
    name = index.living(name) or name
    rows = index.rows("SELECT * FROM verdicts WHERE story = ? ORDER BY at", name)
    judged = [(row, decode(row["record"], Verdict)) for row in rows]
    carriers: dict[str, list[Carrier]] = defaultdict(list)
    told = [each for each in judged if each[0]["kind"] != "repeat"][-_MOST:]
    tellings = [telling(index, row, verdict, carriers[row["id"]]) for row, verdict in told]
    tellings = sorted([*tellings, *alone(index, name, _MOST)], key=lambda each: each.at)
    for row, verdict in judged:
        if row["kind"] == "repeat":
            carriers[_repeated(verdict, row["at"], tellings)].append(carrier(index, row, verdict))
    return _summed(name, rows, tellings) if tellings or rows else None


def _summed(name: str, rows: Sequence[sqlite3.Row], tellings: Sequence[Telling]) -> Story:
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
    )


def _repeated(verdict: Verdict, at: float, tellings: Sequence[Telling]) -> str:
    """The article of the story that a repeat carries: the closest told here, else what was told last before it."""
    told = {each.article for each in tellings}
    before = [each.article for each in tellings if each.at <= at] or [each.article for each in tellings[:1]]
    return next((each.id for each in verdict.matches if each.id in told), before[-1] if before else "")

"""Finds articles by their words."""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from agents.console.index import Index
from streams.problems import Problem

_MOST = 60  # found articles shown
_WORDS = 12  # of a question; more only slow the search
_LOOKED_THROUGH = 20_000  # letters of an article, for the place that is shown
_BEFORE, _AFTER = 60, 160  # letters shown around the first word found
_SECONDS = 2.0  # for a search
_TERM = re.compile(r'"([^"]+)"|([^\s"]+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article found. `words` is the place in its text, every second piece a word that was looked for."""

    article: str
    at: float
    kind: str | None
    story: str | None
    source: str | None
    headline: str
    words: list[str]


def search(index: Index, words: str) -> list[Hit]:
    """The articles that have all the words (or beginnings of words, or "words in a row"), the latest first."""
    terms = _terms(words)
    if not terms:
        return []
    rows = _rows(index, matching(words))
    return sorted((_hit(index, row, [term for term, _ in terms]) for row in rows), key=lambda hit: -hit.at)


def matching(words: str) -> str:
    """The question to FTS5 for text that has all of them; empty where no word is among them."""
    # Each term is quoted, so that no letter of it is an operator. One letter begins too many words.
    return " ".join(f'"{term}"' + ("" if row or len(term) == 1 else "*") for term, row in _terms(words))


def _terms(words: str) -> list[tuple[str, bool]]:
    """The words, and whether each is a row of words that must stand so."""
    terms = [(row or word, bool(row)) for row, word in _TERM.findall(words.replace("\x00", " "))][:_WORDS]
    return [each for each in terms if any(map(str.isalnum, each[0]))]


def _rows(index: Index, asked: str) -> list[sqlite3.Row]:
    try:
        with index.within(_SECONDS):
            return index.rows(
                """SELECT articles.*, substr(copy.body, 1, ?) AS body
                FROM copy JOIN articles ON articles.n = copy.rowid
                WHERE copy MATCH ? ORDER BY copy.rowid DESC LIMIT ?""",
                _LOOKED_THROUGH,
                asked,
                _MOST,
            )
    except TimeoutError as error:
        raise Problem(422, "too much begins with these letters; write more of them") from error


def _hit(index: Index, row: sqlite3.Row, terms: Sequence[str]) -> Hit:
    asked = "SELECT kind, story FROM verdicts WHERE id = ? ORDER BY at < ?, abs(at - ?)"
    verdict = index.row(asked, row["id"], row["at"], row["at"])
    return Hit(
        article=row["id"],
        at=row["at"],
        kind=verdict["kind"] if verdict else None,
        story=verdict["story"] if verdict else None,
        source=row["source"],
        headline=row["headline"],
        words=place(row["body"], terms),
    )


def place(text: str, terms: Sequence[str]) -> list[str]:
    """The text around the first term found, every second piece one of them; its beginning where none is.

    FTS5 has this too (`snippet`), but takes seconds where one word stands thousands of times.
    """
    wanted = re.compile(r"\b(" + "|".join(map(re.escape, terms)) + ")", re.IGNORECASE)
    found = wanted.search(text)
    first = found.start() if found else 0
    start = max(0, first - _BEFORE)
    if start:
        start = max(start, text.find(" ", start, first))
    end = first + _AFTER
    shown = " ".join(text[start:end].split())
    return wanted.split(("… " if start else "") + shown + (" …" if end < len(text) else ""))

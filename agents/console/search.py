"""Finds articles by their words."""

import re
from dataclasses import dataclass

from agents.console.index import Index

_MOST = 60  # found articles shown
_WORDS = 12  # of a question; more only slow the search
_MARKS = ("\x02", "\x03")  # around a word found: no copy holds them, the clean room takes them out
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
    question = _question(words)
    if not question:
        return []
    begins, ends = _MARKS
    rows = index.rows(
        """SELECT articles.*, snippet(copy, 1, ?, ?, '…', 24) AS words,
            (SELECT kind || ' ' || ifnull(story, '') FROM verdicts WHERE verdicts.id = articles.id
             ORDER BY verdicts.at < articles.at, abs(verdicts.at - articles.at) LIMIT 1) AS verdict
        FROM copy JOIN articles ON articles.n = copy.rowid WHERE copy MATCH ? ORDER BY articles.at DESC LIMIT ?""",
        begins,
        ends,
        question,
        _MOST,
    )
    hits = []
    for row in rows:
        kind, _, story = (row["verdict"] or "").partition(" ")
        hits.append(
            Hit(
                article=row["id"],
                at=row["at"],
                kind=kind or None,
                story=story or None,
                source=row["source"],
                headline=row["headline"],
                words=re.split(f"[{begins}{ends}]", row["words"]),
            )
        )
    return hits


def _question(words: str) -> str:
    """What FTS5 is asked: each term quoted, so that no letter of it is an operator; the last may be a beginning."""
    terms = [(row or word, bool(row)) for row, word in _TERM.findall(words)][:_WORDS]
    known = [(term.replace("\x00", ""), row) for term, row in terms if any(map(str.isalnum, term))]
    return " ".join(f'"{term}"' + ("" if row else "*") for term, row in known)

"""Articles for the tests of this room, as they come from the rooms before it."""

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from streams.records import Change, CleanArticle, Comparison, Entity, Match, Passage, TaggedArticle

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
FERRY = [
    "At least 12 people died when the ferry Ondine capsized off the port of Marrow on Tuesday, the coast guard said.",
    "Fishing boats pulled 97 survivors from the water before nightfall, and divers will resume the search.",
]
INQUIRY = ["Prosecutor Maren Quist seized the logbooks of the ferry Ondine in Marrow and questioned its captain."]
BUDGET = [
    "The finance ministry of Oland raised its forecast for the deficit to 4.3 percent of output on Monday.",
    "Minister Pia Kron told parliament that revenue from the harbour tax had fallen short again.",
]


def name(article: str, paragraphs: list[str]) -> str:
    """A doc for this content."""
    return blake2b(repr((article, paragraphs)).encode(), digest_size=8).hexdigest()


def tagged(
    article: str, paragraphs: list[str], *earlier: TaggedArticle, new: list[str] | None = None, **more: Any
) -> TaggedArticle:
    """An article that shares text with earlier ones; `new` are its novel paragraphs, all of them where none is given."""
    fresh = (paragraphs if not earlier else []) if new is None else new
    overlap = 1 - sum(map(len, fresh)) / sum(map(len, paragraphs)) if earlier else 0.0
    changes: list[Change] = more.pop("changes", [])
    entities: list[Entity] = more.pop("entities", [])
    compared: bool = more.pop("compared", True)
    passages, start = [], 0
    for paragraph in paragraphs:
        where = earlier[0].article.id if earlier and paragraph not in fresh else None
        passages.append(Passage(start=start, end=start + len(paragraph), where=where, novel=paragraph in fresh))
        start += len(paragraph) + 2
    clean = CleanArticle(id=article, doc=name(article, paragraphs), paragraphs=paragraphs, language="en", **more)
    matches = [Match(id=each.article.id, doc=each.article.doc, overlap=round(overlap, 4)) for each in earlier]
    comparison = Comparison(compared=compared, matches=matches, passages=passages, changes=changes)
    return TaggedArticle(article=clean, comparison=comparison, entities=entities)

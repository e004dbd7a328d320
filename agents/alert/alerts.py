"""Words an alert: what a subscriber needs without asking again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b

import msgspec

from streams.records import Alert, ArticleRef, NamedEntity, Novel, TaggedArticle, Verdict

SHOWN = 8  # new passages shown, those that matter most; the verdict has them all
_PLACES = ("GPE", "LOC", "FAC")  # how the model labels places: with a government, without, and built ones
_UNKNOWN = "und"  # a language that nobody could tell (ISO 639-2)
_HEADLINE = 140  # characters of the first new passage, where the copy has no headline


def alert(
    tagged: TaggedArticle,
    verdict: Verdict,
    *,
    ranked: Sequence[Novel],
    story: str,
    named_before: Iterable[str],
    sources: Sequence[str],
    supersedes: Sequence[str],
    recalls: Sequence[str],
    now: datetime,
) -> Alert:
    """The alert for a verdict that rings.

    `ranked` are the novel passages that it shows, the most important first; `named_before` the names that the story
    had, as `fold` gives them.
    """
    article, known = tagged.article, set(named_before)
    summary = [novel.text for novel in ranked] or list(dict.fromkeys(change.context for change in verdict.changes))
    return Alert(
        id=alert_id(tagged, verdict),
        kind=verdict.verdict,
        story=story,
        headline=article.headline or _shortened(summary[0] if summary else article.text),
        summary=summary,
        article=ArticleRef(id=article.id, url=article.url, source=article.source),
        alerted=now,
        changes=verdict.changes,
        entities=[
            NamedEntity(name=each.name, kind=each.kind, new=fold(each.name) not in known) for each in tagged.entities
        ],
        sources=list(sources),
        urgency=article.urgency,
        published=article.published,
        supersedes=list(supersedes),
        recalls=list(recalls),
        merged=verdict.merged,
        language=None if article.language == _UNKNOWN else article.language,
        places=_places(tagged),
    )


def alert_id(tagged: TaggedArticle, verdict: Verdict) -> str:
    """16 hex digits (BLAKE2b) of article, version, content and verdict: the same input always has the same alert."""
    article = tagged.article
    said = msgspec.json.encode([article.id, article.version, article.doc, verdict.verdict])
    return blake2b(said, digest_size=8).hexdigest()


def fold(name: str) -> str:
    """A name as names are compared."""
    return " ".join(name.casefold().split())


def _places(tagged: TaggedArticle) -> list[str]:
    """The dateline, and what places the new passages name, each once."""
    found: dict[str, str] = {}
    for place in (
        _dated_from(tagged.article.dateline or ""),
        *(each.name for each in tagged.entities if each.kind in _PLACES),
    ):
        found.setdefault(fold(place), place)
    return [place for name, place in found.items() if name]


def _dated_from(dateline: str) -> str:
    """The place in a dateline, without date and agency: LONDON of `LONDON, March 3 (Reuters)`."""
    parts = [part.strip() for part in dateline.partition("(")[0].split(",")]
    return ", ".join(part for part in parts if part and not any(map(str.isdigit, part)))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _HEADLINE else line[: line.rfind(" ", 0, _HEADLINE)] + " …"

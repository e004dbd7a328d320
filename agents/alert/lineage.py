"""The versions of one item: which earlier copy an article continues, and whether a later one is known already."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import msgspec

from streams.records import CleanArticle, TaggedArticle
from streams.thresholds import Thresholds

_QUOTED = re.compile(r"[“\"]([^“”\"]{8,300})[”\"]")
_QUOTES = 8  # of a kill that are looked up
_CYCLE = re.compile(r"(?:bc|am|pm|ap)-+")  # AP's cycle designators, no part of the keyword


class Version(msgspec.Struct, frozen=True, array_like=True):
    """One version of an item: its number, its alert and story; its id, its ordinal, when it was sent (seconds since
    1970), the ids that it replaces, and whether it is a withdrawal. The scripts read number, story and those replaced.
    """

    number: int | None
    alert: str | None
    story: str | None
    item: str = ""
    edition: int = 0
    sent: float | None = None
    replaces: tuple[str, ...] = ()
    withdrawn: bool = False


Versions = Mapping[str, Version]  # by document


@dataclass(frozen=True, slots=True)
class Chain:
    """Versions that the store keeps together, under the name of the first."""

    root: str
    versions: Versions


@dataclass(frozen=True, slots=True)
class Lineage:
    """The versions that went before an article, and under which names (ids, or the chain's) it is kept with them."""

    versions: Versions
    names: tuple[str, ...]


def names(article: CleanArticle) -> tuple[str, ...]:
    """The ids that name an article's item for sure: its own, and of what it says that it replaces."""
    return (article.id, *article.evolved_from)


def keys(article: CleanArticle) -> tuple[str, ...]:
    """What may name the item too, within one source: its headline and its slug, markers aside.

    Of a kill also the headlines that it quotes.
    """
    if not article.source:
        return ()
    quoted = _QUOTED.findall(article.text)[:_QUOTES] if article.status == "canceled" else []
    said = [("headline", each) for each in (article.headline, *quoted)]
    said.append(("slug", _CYCLE.sub("", (article.slug or "").casefold())))
    found = ((kind, " ".join(each.casefold().split()).rstrip(".,")) for kind, each in said)
    return tuple(dict.fromkeys(f"{kind}:{_digest(article.source, each)}" for kind, each in found if each))


def version(article: CleanArticle, alert: str | None, story: str | None) -> Version:
    """What is remembered of an article as a version of its item."""
    return Version(
        number=article.version,
        alert=alert,
        story=story,
        item=article.id,
        edition=article.markers.edition or 0,
        sent=_sent(article),
        replaces=tuple(article.evolved_from),
        withdrawn=article.status == "canceled",
    )


def lineage(tagged: TaggedArticle, known: Sequence[Chain], likely: Sequence[Chain], thresholds: Thresholds) -> Lineage:
    """The chain of an article: `known` by its ids, else the first of the `likely` ones that it continues."""
    own = names(tagged.article)
    found = {doc: each for chain in known for doc, each in chain.versions.items()}
    if not found:
        for chain in likely:
            if continues(tagged, chain.versions, thresholds):
                return Lineage(chain.versions, (chain.root, *own))
    return Lineage(found, own)


def continues(tagged: TaggedArticle, versions: Versions, thresholds: Thresholds) -> bool:
    """Whether an article goes on with versions that only its headline or slug names.

    A slug serves many stories, and its ordinals begin anew each day: copy must share text with them, or say that it
    follows and be sent within the day. A kill says enough.
    """
    article = tagged.article
    if not versions or article.status == "canceled":
        return bool(versions)
    if shares_text(tagged, versions, thresholds):
        return True
    times = [each.sent for each in versions.values() if each.sent is not None]
    sent = _sent(article)
    if sent is None or not times:
        return article.markers.part is not None  # a take shares no text
    return article.markers.follows and min(abs(sent - each) for each in times) <= thresholds.cycle_hours * 3600


def is_stale(tagged: TaggedArticle, versions: Versions, thresholds: Thresholds) -> bool:
    """Whether a later version of the item is known: by its number, by what it replaces or withdraws, or by ordinal."""
    article, shares = tagged.article, shares_text(tagged, versions, thresholds)
    return any(_is_later(each, article, shares) for each in versions.values())


def _is_later(known: Version, article: CleanArticle, shares: bool) -> bool:
    """Whether a known version is later than the article, which may share text with its chain.

    An ordinal counts where the times agree, or else the text: the same slug begins again at 1st Ld the next day.
    """
    sent, edition = _sent(article), article.markers.edition or 0
    timed = sent is not None and known.sent is not None and sent != known.sent
    earlier = timed and (sent or 0.0) < (known.sent or 0.0)
    if known.item in ("", article.id):
        if article.version is not None and known.number is not None:
            return article.version < known.number
        if known.withdrawn and earlier:
            return True
    elif article.id in known.replaces and known.item not in article.evolved_from:
        return earlier or not timed
    return edition < known.edition and (earlier if timed else edition > 0 and shares)


def shares_text(tagged: TaggedArticle, versions: Versions, thresholds: Thresholds) -> bool:
    """Whether an article shares as much text with one of the versions as an update of it does."""
    return any(each.doc in versions and each.overlap >= thresholds.update_overlap for each in tagged.comparison.matches)


def _sent(article: CleanArticle) -> float | None:
    """When this version was sent, in seconds since 1970, where the source says so."""
    told = article.published is not None and article.published_from in ("field", "markup")
    return article.published.timestamp() if told and article.published else None


def _digest(*texts: str) -> str:
    return blake2b("\0".join(texts).encode(), digest_size=8).hexdigest()

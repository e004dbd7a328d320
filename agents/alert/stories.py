"""Running stories: what each is about, and how like another copy or story is."""

import math
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from agents.alert.background import chance
from agents.alert.terms import plain
from agents.alert.words import is_figure
from streams.records import Kind, Record
from streams.thresholds import CHANNELS, CORE, PRIOR

KEPT = 128  # terms a story keeps of each kind: those that its articles share

Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Counts:
    """Document frequencies of the stream: articles counted, and how many of them had each term."""

    articles: float = 0.0
    having: Mapping[str, float] | None = None


class Profile(Record, frozen=True, kw_only=True, dict=True):
    """What an article or story is about, by kind of term. An article's vectors have length 1, or no terms.

    `leads` counts, of its `articles`, those that lead with each surname. What is asked of a profile by every article
    that it is compared with is worked out once (`dict` is msgspec's place for that).
    """

    words: Vector = {}
    figures: Vector = {}
    people: Vector = {}
    leads: Vector = {}
    articles: int = 0

    @cached_property
    def lengths(self) -> Mapping[str, float]:
        """Those of the vectors, by kind."""
        return {kind: _length(getattr(self, kind)) for kind in CHANNELS}

    @cached_property
    def leaders(self) -> Set[str]:
        """Those whom half its articles or more lead with."""
        return {name for name, articles in self.leads.items() if articles >= CORE * self.articles}


class Entry(Record, frozen=True, kw_only=True, array_like=True):
    """An entry of a story's timeline: an article that rang, when (as it says, else when it was judged), and as what."""

    article: str
    at: datetime
    verdict: Kind
    headline: str


class Named(Record, frozen=True, kw_only=True, array_like=True):
    """A thing that a story names, as first written, and in how many of its articles."""

    name: str
    kind: str
    articles: int = 1


class Story(Record, frozen=True, kw_only=True):
    """A running story. `profile` sums those of its articles; `first` and `last` are the dates that they told.

    `named` (by `fold`) is what it named, the latest last; `size` counts its articles, repeats too; `told` remembers
    the words it has told (`facts.remember`).
    """

    id: str
    headline: str
    profile: Profile
    named: dict[str, Named] = {}
    sources: list[str] = []
    size: int = 1
    first: datetime | None = None
    last: datetime | None = None
    timeline: list[Entry] = []
    told: bytes = b""


def profile(terms: Mapping[str, float], language: str, counts: Counts, leads: Collection[str] = ()) -> Profile:
    """Weigh an article's terms by how rare they are: tf-idf, each kind scaled to length 1. It leads with `leads`.

    idf = ln((n + k) / (df + k q)): the stream's own document frequencies with k imagined articles at the
    background's rate q before them, so that the first article of a stream is weighed as soundly as the last.
    """
    having, articles = counts.having or {}, counts.articles + PRIOR
    words, figures, people = Vector(), Vector(), Vector()
    for term, weight in terms.items():
        word = plain(term)
        rarity = math.log(articles / (having.get(term, 0.0) + PRIOR * chance(word, language)))
        if rarity <= 0:
            continue
        if word != term:
            people[term] = weight * rarity
            continue
        words[term] = weight * rarity
        if is_figure(term) and len(term) > 1:
            figures[term] = weight * rarity
    return Profile(
        words=_unit(words),
        figures=_unit(figures),
        people=_unit(people),
        leads=dict.fromkeys(sorted(leads), 1.0),
        articles=1,
    )


def likeness(article: Profile, story: Profile) -> float:
    """0 to 1: the cosines of words, figures and people, of those kinds that both have.

    Figures and people count again beside the words that hold them: they part two events of one kind.
    """
    return mean(channels(article, story))


def affinity(one: Profile, other: Profile) -> float:
    """How like two stories are, 0 to 1, whatever their sizes."""
    return likeness(Profile(words=_unit(one.words), figures=_unit(one.figures), people=_unit(one.people)), other)


def others(one: Profile, other: Profile) -> bool:
    """Whether two are about other people: each leads with somebody whom the other doesn't, and one names never.

    Two arrests of one week share their words, their place and their police; what parts them is who was arrested. Those
    that a story leads with are those of half its articles or more. An article may lead with anybody new, a spokesman or
    a lawyer; but that it names none of those whom it is about is rare: in ECB+ 1 in 100 where the story has four
    articles or more, and 39 in 100 of copy on another event of the same kind.
    """
    return any(name not in other.leads for name in one.leaders) and any(
        name not in one.words and name not in one.leads for name in other.leaders
    )


def channels(article: Profile, story: Profile) -> dict[str, float]:
    """The cosine of each kind of term that both have."""
    both = ((kind, getattr(article, kind), getattr(story, kind)) for kind in CHANNELS)
    return {kind: _dot(ours, theirs) / (story.lengths[kind] or 1.0) for kind, ours, theirs in both if ours and theirs}


def summed(profiles: Sequence[Profile]) -> Profile:
    """The profile of a story: its articles' added up, cut to the terms that weigh most."""
    kept = {kind: _kept([getattr(each, kind) for each in profiles]) for kind in (*CHANNELS, "leads")}
    return Profile(**kept, articles=sum(each.articles for each in profiles))


def _kept(vectors: Sequence[Vector]) -> Vector:
    total: Vector = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    most = sorted([(-round(weight, 4), term) for term, weight in total.items()])[:KEPT]
    return {term: -weight for weight, term in most if weight}


def mean(like: Mapping[str, float]) -> float:
    """The mean of the kinds' cosines, each by its weight."""
    weights = math.fsum(CHANNELS[kind] for kind in like)
    return math.fsum(CHANNELS[kind] * value for kind, value in like.items()) / weights if weights else 0.0


def _dot(one: Vector, other: Vector) -> float:
    return math.fsum([one[term] * other[term] for term in one.keys() & other.keys()])


def _unit(vector: Vector) -> Vector:
    length = _length(vector)
    return {term: weight / length for term, weight in vector.items() if weight > 0} if length else {}


def _length(vector: Vector) -> float:
    return math.sqrt(math.fsum([weight * weight for weight in vector.values()]))

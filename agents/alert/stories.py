"""Running stories: what each is about, and which of them an article belongs to."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec.structs import replace

from agents.alert.background import chance
from agents.alert.terms import PERSON, plain
from agents.alert.words import is_figure
from streams.records import Candidate, Record
from streams.thresholds import CHANNELS, PRIOR, Thresholds

KEPT = 128  # terms a story keeps of each kind: those that its articles share

LOOKED_AT = 5  # stories that a verdict tells of
_HEADLINE = 140  # characters of theirs
_NOTHING = Candidate(story="", headline="", score=0.0)

Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Counts:
    """Document frequencies of the stream: articles counted, and how many of them had each term."""

    articles: float = 0.0
    having: Mapping[str, float] | None = None


class Profile(Record, frozen=True, kw_only=True):
    """What an article or story is about, by kind of term. An article's vectors have length 1, or no terms."""

    words: Vector = {}
    figures: Vector = {}
    people: Vector = {}


class Story(Record, frozen=True, kw_only=True):
    """A running story. `profile` sums those of its articles; `last` is the latest date its articles told.

    `told` remembers the words it has told (`facts.remember`).
    """

    id: str
    headline: str
    profile: Profile
    names: dict[str, str] = {}
    sources: list[str] = []
    size: int = 1
    last: datetime | None = None
    told: bytes = b""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article belongs: the story's id (None for a new one), the score that decided and the one needed.

    `looked` are the likeliest stories, the best first, at most `LOOKED_AT`.
    """

    story: str | None
    score: float
    needed: float
    runner_up: float = 0.0
    looked: tuple[Candidate, ...] = ()


def profile(terms: Mapping[str, float], language: str, counts: Counts) -> Profile:
    """Weigh an article's terms by how rare they are: tf-idf, each kind scaled to length 1.

    idf = ln((n + k) / (df + k q)): the stream's own document frequencies with k imagined articles at the
    background's rate q before them, so that the first article of a stream is weighed as soundly as the last.
    """
    having = counts.having or {}
    weighed: dict[str, Vector] = {kind: {} for kind in CHANNELS}
    for term, weight in terms.items():
        expected = PRIOR * chance(plain(term), language)
        weight *= max(0.0, math.log((counts.articles + PRIOR) / (having.get(term, 0.0) + expected)))
        if term.startswith(PERSON):
            weighed["people"][term] = weight
            continue
        weighed["words"][term] = weight
        if is_figure(term) and len(term) > 1:
            weighed["figures"][term] = weight
    return Profile(**{kind: _unit(vector) for kind, vector in weighed.items()})


def likeness(article: Profile, story: Profile) -> float:
    """0 to 1: the cosines of words, figures and people, of those kinds that both have.

    Figures and people count again beside the words that hold them: they part two events of one kind.
    """
    return _mean(channels(article, story))


def channels(article: Profile, story: Profile) -> dict[str, float]:
    """The cosine of each kind of term that both have."""
    both = ((kind, getattr(article, kind), getattr(story, kind)) for kind in CHANNELS)
    return {kind: _cosine(ours, theirs) for kind, ours, theirs in both if ours and theirs}


def place(
    article: Profile,
    candidates: Iterable[Story],
    overlaps: Mapping[str, float],
    when: datetime | None,
    thresholds: Thresholds,
) -> Placement:
    """Choose the story that an article belongs to, or none.

    A story scores its likeness, faded by the time since its last article, and the share of the
    article's words found in its copy (`overlaps`, by story id): of text that is reused, the text decides.
    """
    life = timedelta(hours=thresholds.story_hours)
    scored = sorted(
        (
            _candidate(article, story, _freshness(story, when, life), overlaps.get(story.id, 0.0))
            for story in candidates
        ),
        key=lambda each: (-each.score, each.story),
    )
    best, second = ([*scored, _NOTHING, _NOTHING])[:2]
    story = best.story if best.story and best.score >= thresholds.same_story else None
    looked = tuple(replace(each, score=round(each.score, 4)) for each in scored[:LOOKED_AT])
    return Placement(story, round(best.score, 4), thresholds.same_story, round(second.score, 4), looked)


def _candidate(article: Profile, story: Story, freshness: float, overlap: float) -> Candidate:
    like = channels(article, story.profile)
    return Candidate(
        story=story.id,
        headline=story.headline[:_HEADLINE],
        score=_mean(like) * freshness + overlap,
        likeness={kind: round(value, 4) for kind, value in like.items()},
        freshness=round(freshness, 4),
        overlap=overlap,
    )


def summed(profiles: Sequence[Profile]) -> Profile:
    """The profile of a story: its articles' added up, cut to the terms that weigh most."""
    return Profile(**{kind: _kept([getattr(each, kind) for each in profiles]) for kind in CHANNELS})


def _freshness(story: Story, when: datetime | None, life: timedelta) -> float:
    """1 while its copy runs, half when the story has been quiet for all its life; 0 beyond."""
    if when is None or story.last is None:
        return 1.0
    quiet = abs(when - story.last) / life
    return 0.5**quiet if quiet <= 1 else 0.0


def _kept(vectors: Sequence[Vector]) -> Vector:
    total: Vector = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    rounded = {term: round(weight, 4) for term, weight in total.items()}
    most = sorted(rounded, key=lambda term: (-rounded[term], term))[:KEPT]
    return {term: rounded[term] for term in most if rounded[term]}


def _mean(like: Mapping[str, float]) -> float:
    """The mean of the kinds, each by its weight."""
    weights = math.fsum(CHANNELS[kind] for kind in like)
    return math.fsum(CHANNELS[kind] * value for kind, value in like.items()) / weights if weights else 0.0


def _cosine(unit: Vector, other: Vector) -> float:
    shared = math.fsum(weight * other[term] for term, weight in unit.items() if term in other)
    return shared / (_length(other) or 1.0)


def _unit(vector: Vector) -> Vector:
    length = _length(vector)
    return {term: weight / length for term, weight in vector.items() if weight > 0} if length else {}


def _length(vector: Vector) -> float:
    return math.sqrt(math.fsum(weight * weight for weight in vector.values()))

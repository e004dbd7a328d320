"""What an article adds to its running story: which of its new passages tell a fact that the story hadn't told.

A fact is words in new company, a new name or a new figure. Background comes again in other words and another
order, but its names and deeds have stood together before.
"""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heapify, heappop, heapreplace

from agents.alert.background import information
from agents.alert.memory import Memory, stem
from agents.alert.stories import Profile
from agents.alert.words import is_figure, is_unspaced, words
from streams.records import CleanArticle, Passage, TaggedArticle
from streams.thresholds import (
    CONTENT,
    FUNCTION,
    JOINED,
    LEADING,
    LONGEST_SENTENCE,
    NEAR,
    OFF_STORY,
    SHORTEST_SENTENCE,
    Thresholds,
)

Pair = tuple[str, str]

_STOPS = (".", "!", "?", ".”", '."', "»", "。", "؟", "।")


@dataclass(frozen=True)
class Subject:
    """What a story is about: the weights of its words."""

    words: Mapping[str, float]

    @cached_property
    def length(self) -> float:
        """That of the vector."""
        return math.sqrt(math.fsum([weight * weight for weight in self.words.values()])) or 1.0


@dataclass(frozen=True)
class Statement:
    """A passage with its words, in the language of its article; `stopped` where it ends as sentences do."""

    passage: Passage
    found: Sequence[str]
    language: str
    stopped: bool = False

    @cached_property
    def nats(self) -> Mapping[str, float]:
        """Each word's self-information (Shannon 1948): -ln of the share of articles with it."""
        return {word: information(word, self.language) for word in self.found}

    @cached_property
    def pairs(self) -> Set[Pair]:
        """Content words that stand near each other, the first in the alphabet first."""
        content = [(word, stem(word)) for word in self.found if self.nats[word] > CONTENT]
        return {
            (one, other) if one < other else (other, one)
            for at, (one, its) in enumerate(content)
            for other, theirs in content[at + 1 : at + NEAR + 1]
            if its != theirs
        }

    @cached_property
    def in_sentences(self) -> bool:
        """Whether it has a sentence's form: no longer than one, and with the small words that join a sentence."""
        if self.stopped or any(map(is_unspaced, self.found)):
            return True
        small = sum(self.nats[word] < FUNCTION for word in self.found)
        return len(self.found) <= LONGEST_SENTENCE and small >= JOINED * len(self.found)

    def about(self, subject: Subject) -> float:
        """How much of what the story is about it names: 0 for nothing, 1 and more for its very subject."""
        return math.fsum([subject.words[word] for word in self.nats if word in subject.words]) / subject.length


@dataclass(frozen=True)
class Addition:
    """What a statement adds to its story, and to its own article above it, measured once for all that ask.

    `nats` are those of its words that the story hasn't heard, `pairs` those that it hasn't told together; `new_words`
    and `new_pairs` are what of these the article above hasn't either. `about` is as the statement is.
    """

    statement: Statement
    about: float
    nats: Mapping[str, float]
    pairs: Set[Pair]
    new_words: Set[str]
    new_pairs: Set[Pair]

    def beyond(self, heard: Set[str]) -> float:
        """The nats in its words that `heard` hasn't either, times how much it is about the story."""
        new = math.fsum([nats for word, nats in self.nats.items() if word not in heard])
        return new * (OFF_STORY + self.about) * (1.0 if self.statement.in_sentences else OFF_STORY)

    @cached_property
    def importance(self) -> float:
        """What it adds if nothing else of its article is told."""
        return self.beyond(frozenset())


def measured(found: Iterable[Statement], told: Memory, subject: Subject) -> list[Addition]:
    """What each of some statements of an article, in text order, adds to the story."""
    words, pairs, additions = set[str](), set[Pair](), list[Addition]()
    for each in found:
        nats = {word: nats for word, nats in each.nats.items() if not told.heard(word)} if told else each.nats
        apart = told.apart(each.pairs)
        additions.append(Addition(each, each.about(subject), nats, apart, nats.keys() - words, apart - pairs))
        words.update(each.nats)
        pairs |= each.pairs
    return additions


@dataclass(frozen=True)
class Sifted:
    """The novel passages that tell something, those that the story has told, and those set aside; in text order.

    `additions` are all of them, as they were measured.
    """

    telling: list[Passage] = field(default_factory=list)
    told: list[Passage] = field(default_factory=list)
    aside: list[Passage] = field(default_factory=list)
    additions: Sequence[Addition] = ()


def sift(tagged: TaggedArticle, told: Memory, profile: Profile, thresholds: Thresholds) -> Sifted:
    """Set aside what the story has told, and what isn't about it.

    A passage is told when too few of its pairs of words are new company, to the story and to the article above it,
    and it has no new figure. Of those left, asides are what names nothing of the story's and what adds next to
    nothing; the lead of an article that shares no text with earlier copy needs half as much as the rest. Where nothing
    else is left, the most important of them is shown nevertheless: text that wasn't told is never silent. Of a story
    that has told nothing only what hasn't the form of sentences (menus, lists of titles) stands aside, if anything
    has it.
    """
    said = statements(tagged.article, [passage for passage in tagged.comparison.passages if passage.novel])
    novel = measured(said, told, Subject(profile.words))
    fresh = [each for each in novel if _is_fresh(each, thresholds)]
    if told:
        lead = novel[0] if novel and not tagged.comparison.matches else None
        kept = [each for each in fresh if _is_full(each, thresholds, is_lead=each is lead)]
        kept = kept or by_importance(fresh, 1, lead_first=False)
    else:
        kept = [each for each in fresh if each.statement.in_sentences] or fresh
    return Sifted([each.statement.passage for each in kept], _without(novel, fresh), _without(fresh, kept), novel)


def by_importance(found: Sequence[Addition], most: int, *, lead_first: bool) -> list[Addition]:
    """The `most` important additions: each time the one that adds most to the story and to those before it.

    Importance is the information in words heard neither from the story nor from the statements chosen, times how
    much of it is about the story: relevance against redundancy, as in maximal marginal relevance (Carbonell and
    Goldstein 1998). Of a story that has told nothing the lead comes first (`lead_first`); of equals the first in the
    text. What an addition is worth only falls with what is chosen, so that only those are weighed again that come
    first by what they were worth before (Minoux 1978).
    """
    heard, chosen = set[str](), list[Addition]()
    queue = [(-math.inf if lead_first and at == 0 else -each.importance, at, 0) for at, each in enumerate(found)]
    heapify(queue)
    while queue and len(chosen) < most:
        _, at, seen = queue[0]
        if seen < len(chosen):  # weighed before the latest was chosen
            heapreplace(queue, (-found[at].beyond(heard), at, len(chosen)))
            continue
        heappop(queue)
        chosen.append(found[at])
        heard |= found[at].statement.nats.keys()
    return chosen


def statements(article: CleanArticle, passages: Sequence[Passage]) -> list[Statement]:
    """The passages of an article as statements."""
    said = [(each, article.text[each.start : each.end]) for each in passages]
    return [Statement(each, words(text), article.language, text.endswith(_STOPS)) for each, text in said]


def remember(told: Memory, article: CleanArticle, passages: Sequence[str]) -> bytes:
    """The story's memory with this article's words and the passages that were shown of it."""
    return told.with_copy(words(f"{article.headline}\n{article.text}"), map(words, passages))


def _without(found: Sequence[Addition], others: Sequence[Addition]) -> list[Passage]:
    starts = {each.statement.passage.start for each in others}
    return [each.statement.passage for each in found if each.statement.passage.start not in starts]


def _is_fresh(each: Addition, thresholds: Thresholds) -> bool:
    """Whether neither the story nor the article above has told it; a line without a pair is judged by its words."""
    if _has_figure(each, each.new_words):
        return True
    if not each.statement.pairs:
        return bool(each.new_words)
    return len(each.new_pairs) >= thresholds.new_company * len(each.statement.pairs)


def _is_full(each: Addition, thresholds: Thresholds, *, is_lead: bool) -> bool:
    """Whether it is about the story and adds more than a word or two; of a lead half of that is enough."""
    if each.about < thresholds.about_story:
        return False
    needed = thresholds.new_pairs * (LEADING if is_lead else 1.0)
    return _has_figure(each, each.nats) or len(each.pairs) >= needed


def _has_figure(each: Addition, new: Iterable[str]) -> bool:
    """Whether a figure in it is new: "the toll rose to 40" is short."""
    return len(each.statement.found) >= SHORTEST_SENTENCE and any(map(is_figure, new))

"""What an article adds to its running story: which of its new passages tell a fact that the story hadn't told.

A fact is words in new company, a new name or a new figure. Background comes again in other words and another
order, but its names and deeds have stood together before.
"""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

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

_STOPS = (".", "!", "?", ".”", '."', "»", "。", "؟", "।")


@dataclass(frozen=True)
class Subject:
    """What a story is about: the weights of its words."""

    words: Mapping[str, float]

    @cached_property
    def length(self) -> float:
        """That of the vector."""
        return math.sqrt(math.fsum(weight * weight for weight in self.words.values())) or 1.0


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
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Content words that stand near each other."""
        content = [word for word in self.found if self.nats[word] > CONTENT]
        windows = (content[at : at + NEAR + 1] for at in range(len(content)))
        near = ((window[0], word) for window in windows for word in window[1:])
        return frozenset((min(pair), max(pair)) for pair in near if stem(pair[0]) != stem(pair[1]))

    @cached_property
    def in_sentences(self) -> bool:
        """Whether it has a sentence's form: no longer than one, and with the small words that join a sentence."""
        if self.stopped or any(map(is_unspaced, self.found)):
            return True
        small = sum(self.nats[word] < FUNCTION for word in self.found)
        return len(self.found) <= LONGEST_SENTENCE and small >= JOINED * len(self.found)

    def about(self, subject: Subject) -> float:
        """How much of what the story is about it names: 0 for nothing, 1 and more for its very subject."""
        return math.fsum(subject.words.get(word, 0.0) for word in self.nats) / subject.length


@dataclass(frozen=True)
class Addition:
    """What a statement adds to its story: the nats of the words that this hasn't heard, `about` as the statement is."""

    statement: Statement
    nats: Mapping[str, float]
    about: float

    @classmethod
    def of(cls, each: Statement, told: Memory, subject: Subject) -> "Addition":
        """Measured once; what was heard beside the story is asked again and again."""
        unheard = {word: nats for word, nats in each.nats.items() if not told.heard(word)}
        return cls(each, unheard, each.about(subject))

    def beyond(self, heard: Set[str]) -> float:
        """The nats in its words that `heard` hasn't either, times how much it is about the story."""
        new = math.fsum(nats for word, nats in self.nats.items() if word not in heard)
        return new * (OFF_STORY + self.about) * (1.0 if self.statement.in_sentences else OFF_STORY)


@dataclass(slots=True)
class Heard:
    """What was told before a statement: by its story, and by its own article above it."""

    told: Memory
    words: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)

    def read(self, each: Statement) -> None:
        """Take in a statement of the article."""
        self.words |= set(each.found)
        self.pairs |= each.pairs

    def has(self, word: str) -> bool:
        """Whether the word was heard."""
        return word in self.words or self.told.heard(word)

    def new_pairs(self, each: Statement) -> list[tuple[str, str]]:
        """The pairs of its words that nothing told before held together."""
        return [pair for pair in each.pairs if not (pair in self.pairs or self.told.together(*pair))]

    def new_company(self, each: Statement) -> int:
        """How many they are."""
        return len(self.new_pairs(each))

    def has_new_figure(self, each: Statement) -> bool:
        """Whether a figure in it is new: "the toll rose to 40" is short."""
        return len(each.found) >= SHORTEST_SENTENCE and any(
            is_figure(word) and not self.has(word) for word in each.found
        )


@dataclass(frozen=True)
class Sifted:
    """The novel passages that tell something, those that the story has told, and those set aside; in text order.

    `statements` are all of them, as they were measured.
    """

    telling: list[Passage] = field(default_factory=list)
    told: list[Passage] = field(default_factory=list)
    aside: list[Passage] = field(default_factory=list)
    statements: Sequence[Statement] = ()


def sift(tagged: TaggedArticle, told: Memory, profile: Profile, thresholds: Thresholds) -> Sifted:
    """Set aside what the story has told, and what isn't about it.

    A passage is told when too few of its pairs of words are new company, to the story and to the article above it,
    and it has no new figure. Of those left, asides are what names nothing of the story's and what adds next to
    nothing; the lead of an article that shares no text with earlier copy needs half as much as the rest. Where nothing
    else is left, the most important of them is shown nevertheless: text that wasn't told is never silent. Of a story
    that has told nothing only what hasn't the form of sentences (menus, lists of titles) stands aside, if anything
    has it.
    """
    novel = statements(tagged.article, [passage for passage in tagged.comparison.passages if passage.novel])
    fresh, subject = _fresh(novel, told, thresholds), Subject(profile.words)
    if told:
        lead = novel[0] if novel and not tagged.comparison.matches else None
        kept = [each for each in fresh if _is_full(each, told, subject, thresholds, is_lead=each is lead)]
        kept = kept or by_importance(fresh, told, profile, 1)
    else:
        kept = [each for each in fresh if each.in_sentences] or fresh
    return Sifted([each.passage for each in kept], _without(novel, fresh), _without(fresh, kept), novel)


def by_importance(found: Sequence[Statement], told: Memory, profile: Profile, most: int) -> list[Statement]:
    """The `most` important statements: each time the one that adds most to the story and to those before it.

    Importance is the information in words heard neither from the story nor from the statements chosen, times how
    much of it is about the story: relevance against redundancy, as in maximal marginal relevance (Carbonell and
    Goldstein 1998). Of a story that has told nothing the lead comes first; of equals the first in the text.
    """
    subject, heard = Subject(profile.words), set[str]()
    rest, chosen = [Addition.of(each, told, subject) for each in found], list[Statement]()
    while rest and len(chosen) < most:
        best = 0 if not (told or chosen) else max(range(len(rest)), key=lambda at: rest[at].beyond(heard))
        chosen.append(rest.pop(best).statement)
        heard |= chosen[-1].nats.keys()
    return chosen


def statements(article: CleanArticle, passages: Sequence[Passage]) -> list[Statement]:
    """The passages of an article as statements."""
    said = [(each, article.text[each.start : each.end]) for each in passages]
    return [Statement(each, words(text), article.language, text.endswith(_STOPS)) for each, text in said]


def remember(told: Memory, article: CleanArticle, passages: Sequence[str]) -> bytes:
    """The story's memory with this article's words and the passages that were shown of it."""
    return told.with_copy(words(f"{article.headline}\n{article.text}"), map(words, passages))


def _without(found: Sequence[Statement], others: Sequence[Statement]) -> list[Passage]:
    starts = {each.passage.start for each in others}
    return [each.passage for each in found if each.passage.start not in starts]


def _fresh(novel: Sequence[Statement], told: Memory, thresholds: Thresholds) -> list[Statement]:
    """Those that neither the story nor the article above them has told."""
    fresh, heard = [], Heard(told)
    for each in novel:
        if _is_fresh(each, heard, thresholds):
            fresh.append(each)
        heard.read(each)
    return fresh


def _is_fresh(each: Statement, heard: Heard, thresholds: Thresholds) -> bool:
    """Whether it tells something; a line without a pair (one content word) is judged by its words."""
    if heard.has_new_figure(each):
        return True
    if not each.pairs:
        return not all(heard.has(word) for word in each.found)
    return heard.new_company(each) >= thresholds.new_company * len(each.pairs)


def _is_full(each: Statement, told: Memory, subject: Subject, thresholds: Thresholds, *, is_lead: bool) -> bool:
    """Whether it is about the story and adds more than a word or two; of a lead half of that is enough."""
    if each.about(subject) < thresholds.about_story:
        return False
    heard = Heard(told)
    needed = thresholds.new_pairs * (LEADING if is_lead else 1.0)
    return heard.has_new_figure(each) or heard.new_company(each) >= needed

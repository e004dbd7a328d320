"""What an article adds to its running story: which of its new passages tell a fact that the story hadn't told.

A story remembers the words it has told, not its sentences: background comes again in other words, but names,
figures and the words of an event don't come before the event.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from agents.alert.background import chance
from agents.alert.thresholds import Thresholds
from agents.alert.words import is_figure, words
from streams.records import CleanArticle, Passage, TaggedArticle

_BITS = 32768  # of the memory: 4,000 words fill a third of it, so that one word in twenty-seven is taken for told
_HASHES = 3
_SENTENCE = 5  # words; a shorter line is a heading or a table's cell, and its figure alone is no fact


def telling(tagged: TaggedArticle, told: bytes, thresholds: Thresholds) -> list[Passage]:
    """The novel passages that tell a new fact, in text order; all of them where the story has told nothing.

    A passage does if its words that the story hasn't told carry enough information, the sum of -ln q over them in
    nats, q being the share of articles with the word (self-information, Shannon 1948), or if one of them is a figure:
    "the toll rose to 40" is short. Where none does, the one that carries most still may: "the minister resigned".
    """
    novel = [passage for passage in tagged.comparison.passages if passage.novel]
    if not told or not novel:
        return novel
    article = tagged.article
    texts = [article.text[passage.start : passage.end] for passage in novel]
    carried = [information(text, told, article.language) for text in texts]
    facts = [
        passage
        for passage, text, nats in zip(novel, texts, carried, strict=True)
        if nats >= thresholds.new_fact or _has_new_figure(text, told)
    ]
    if facts or max(carried) < thresholds.least_fact:
        return facts
    return [novel[carried.index(max(carried))]]


def information(passage: str, told: bytes, language: str) -> float:
    """Nats of information in the words of a passage that the story hasn't told."""
    fresh = {word for word in words(passage) if not _is_told(word, told)}
    return math.fsum(-math.log(chance(word, language)) for word in fresh)


def remember(told: bytes, article: CleanArticle) -> bytes:
    """The story's memory with this article's words: a Bloom filter (Bloom 1970) of 4 KiB, however long the story."""
    memory = bytearray(told or bytes(_BITS // 8))
    for word in set(words(f"{article.headline}\n{article.text}")):
        for bit in _bits(word):
            memory[bit // 8] |= 1 << bit % 8
    return bytes(memory)


def _has_new_figure(text: str, told: bytes) -> bool:
    found = list(words(text))
    return len(found) >= _SENTENCE and any(is_figure(word) and not _is_told(word, told) for word in found)


def _is_told(word: str, told: bytes) -> bool:
    return bool(told) and all(told[bit // 8] >> bit % 8 & 1 for bit in _bits(word))


@lru_cache(maxsize=100_000)
def _bits(word: str) -> Sequence[int]:
    digest = blake2b(word.encode(), digest_size=4 * _HASHES).digest()
    return [int.from_bytes(digest[at : at + 4], "big") % _BITS for at in range(0, len(digest), 4)]

"""What a story has told, at a size that doesn't grow: its words, and which of them it told together.

Words alone don't tell a retelling from news: after a hundred articles nearly every word has been heard, and
a new fact is old words in new company. So the latest passages are kept too, each as a set of word hashes.
"""

import struct
from collections.abc import Iterable, Sequence, Set
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import chain

from agents.alert.words import is_figure, is_unspaced
from streams.thresholds import STEM

PASSAGES = 256  # kept of a story, the latest: as many as a reader of all its alerts might recall
_EACH = 32  # of one article, so that a page without end doesn't push out all else
_STEMS = 40  # of one passage
_BITS = 32768  # of the words: 4,000 of them fill a third, so that one word in twenty-seven is taken for heard
_BYTES = _BITS // 8
_HASHES = 3


class Memory:
    """A story's memory, read from its record; an empty one has told nothing."""

    def __init__(self, told: bytes) -> None:
        self._words, self._packed = told[:_BYTES], told[_BYTES:]

    @cached_property
    def _passages(self) -> list[list[int]]:
        """Read when asked for: a repeat asks for nothing."""
        return _unpacked(self._packed)

    @cached_property
    def _where(self) -> dict[int, int]:
        """Of each stem the passages that hold it, one bit each."""
        where: dict[int, int] = {}
        for at, passage in enumerate(self._passages):
            for each in passage:
                where[each] = where.get(each, 0) | 1 << at
        return where

    def __bool__(self) -> bool:
        return bool(self._words)

    def heard(self, word: str) -> bool:
        """Whether the story's copy has held this word, whatever its ending (a Bloom filter: never falsely no)."""
        return bool(self._words) and all(self._words[byte] & bit for byte, bit in _bits(word))

    def apart(self, pairs: Set[tuple[str, str]]) -> Set[tuple[str, str]]:
        """Those pairs of words that no passage told together."""
        if not self._packed:
            return pairs
        held = {word: self._where.get(_hash(word), 0) for word in chain.from_iterable(pairs)}
        return {pair for pair in pairs if not held[pair[0]] & held[pair[1]]}

    def with_copy(self, words: Iterable[str], passages: Iterable[Iterable[str]]) -> bytes:
        """The record of this memory with all words of an article, and the words of each passage that was told."""
        filled = bytearray(self._words or bytes(_BYTES))
        for byte, bit in chain.from_iterable(map(_bits, set(words))):
            filled[byte] |= bit
        told = [sorted(set(map(_hash, passage)))[:_STEMS] for passage in passages]
        return bytes(filled) + _packed([*self._passages, *told[:_EACH]][-PASSAGES:])

    def joined(self, other: "Memory") -> bytes:
        """The record of this memory with another story's: all words, and the latest passages of both."""
        if not (self and other):
            return (self._words or other._words) + (self._packed or other._packed)
        filled = bytes(one | two for one, two in zip(self._words, other._words, strict=True))
        theirs = other._passages[-PASSAGES // 2 :]
        return filled + _packed([*theirs, *self._passages[len(theirs) - PASSAGES :]])


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its ending, as far as its first letters tell."""
    return word if is_figure(word) or is_unspaced(word) else word[:STEM]


def _packed(passages: Sequence[Sequence[int]]) -> bytes:
    """Sixteen bits a stem, passages parted by 0."""
    flat = [each for passage in passages for each in (*passage, 0)]
    return struct.pack(f"<{len(flat)}H", *flat)


def _unpacked(packed: bytes) -> list[list[int]]:
    passages: list[list[int]] = [[]]
    for each in struct.unpack(f"<{len(packed) // 2}H", packed):
        if each:
            passages[-1].append(each)
        else:
            passages.append([])
    return passages[:-1]


@lru_cache(maxsize=100_000)
def _digest(stem: str) -> bytes:
    return blake2b(stem.encode(), digest_size=4 * _HASHES).digest()


@lru_cache(maxsize=100_000)
def _bits(word: str) -> Sequence[tuple[int, int]]:
    """The bits of a word in the filter (Bloom 1970), each as a byte's place and its bit there."""
    digest = _digest(stem(word))
    bits = (int.from_bytes(digest[at : at + 4], "big") % _BITS for at in range(0, len(digest), 4))
    return tuple((bit // 8, 1 << bit % 8) for bit in bits)


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    """1 to 65,535, the same for one stem."""
    return int.from_bytes(_digest(stem(word))[:2], "big") or 1

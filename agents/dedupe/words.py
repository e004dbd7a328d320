"""Clean text as the passages and words that comparing works on, with their places in the text."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sentencex import get_sentence_boundaries

# Scripts that part no words by spaces: there each character is a word of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# A mistyped "th1ee" is one word; "9:40" is two, since either half may change.
_WORD = re.compile(rf"\d+(?:[.,]\d+)*|[{_UNSPACED}]|[^\W\d_{_UNSPACED}][^\W_{_UNSPACED}]*|\w")
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, `text[start:end]`, and of its words, `words[first:last]`."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True)
class Copy:
    """A clean text with its words (normalised), their places, and its passages (sentences)."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    passages: tuple[Span, ...]

    @cached_property
    def hashes(self) -> NDArray[np.uint64]:
        """One 32-bit hash a word, as uint64."""
        return np.fromiter((crc32(word.encode()) for word in self.words), dtype=np.uint64, count=len(self.words))

    @cached_property
    def bounds(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The first word of each passage, and the word after its last; together they hold every word."""
        begins = tuple(span.first for span in self.passages)
        return begins, tuple(span.last for span in self.passages)

    def surface(self, first: int, last: int) -> str:
        """The words `first:last` as written."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""


def read(text: str, language: str = "en") -> Copy:
    """Split a clean text into words and passages; paragraphs are parted by an empty line."""
    found = list(_WORD.finditer(text))
    starts = tuple(match.start() for match in found)
    words = tuple(_normal(match.group()) for match in found)
    return Copy(text, words, starts, tuple(match.end() for match in found), _passages(text, starts, language))


def _normal(word: str) -> str:
    """The word as it is compared: compatibility forms folded, case gone."""
    return word.casefold() if word.isascii() else unicodedata.normalize("NFKC", word).translate(_SAME).casefold()


def _passages(text: str, starts: tuple[int, ...], language: str) -> tuple[Span, ...]:
    """The sentences of each paragraph, without the space around them; those with no word are left out."""
    spans: list[Span] = []
    word = 0
    for start, end in _sentences(text, language):
        first = word
        while word < len(starts) and starts[word] < end:
            word += 1
        if word > first:
            stretch = text[start:end]
            left = start + len(stretch) - len(stretch.lstrip())
            spans.append(Span(left, start + len(stretch.rstrip()), first, word))
    return tuple(spans)


def _sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Boundaries of sentences (sentencex), cut also where a paragraph ends."""
    cuts: list[tuple[int, int]] = []
    at = 0
    for paragraph in text.split("\n\n"):
        ends = [each["end_index"] for each in get_sentence_boundaries(language, paragraph)] if paragraph else []
        begin = 0
        for end in ends or [len(paragraph)]:
            cuts.append((at + begin, at + end))
            begin = end
        at += len(paragraph) + 2
    return cuts

"""Clean text as the passages and words that comparing works on, with their places in the text."""

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sentencex import segment

from agents.dedupe.plain import plain_spans

# Scripts that part no words by spaces: there each character is a word of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Accents, points and vowels that are characters of their own: Latin, Hebrew, Arabic (and its tatweel).
_POINTS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
_VOWELS = "\u0900-\u0903\u093a-\u094f\u0980-\u0983\u09bc-\u09cd\u0b80-\u0dff"  # of India's scripts: part of the word
_THOUSANDS = "\u066b\u066c"  # Arabic decimal and thousands marks
# A mistyped "th1ee" is one word; "9:40" is two, since either half may change, and "ב12" is too.
_SEMITIC = "[\u05d0-\u05f4\u0620-\u063f\u0641-\u064a\u066e-\u06ef\u06fa-\u06ff\u0750-\u077f]"
_DIGITS, _LETTER = rf"\d+(?:[.,{_THOUSANDS}]\d+)*", rf"[^\W\d_{_UNSPACED}]"
_REST = rf"(?:[^\W_{_UNSPACED}]|[{_POINTS}{_VOWELS}])*"
# Most words are of plain letters, and tried as such first: it takes half the time.
_WORD = re.compile(
    rf"[A-Za-z][A-Za-z0-9]*+{_REST}|{_DIGITS}|[{_UNSPACED}]|{_SEMITIC}(?:{_SEMITIC}|[{_POINTS}])*|{_LETTER}{_REST}|\w"
)
_POINTED = re.compile(rf"[{_POINTS}]")
LONGEST = 150  # words of a passage; the longest sentences of the wires have 100, and what runs on is a list or a fault
_STRETCH = 5000  # characters in which sentences are looked for at once; longer paragraphs are whole pages
_FULL_STOP = re.compile(r"(?<=[。！？｡])(?![。！？｡”’」』）》\"])")
_MET = 100_000  # words whose hashes are kept at hand
_MARKS = str.maketrans({"\u066b": ".", "\u066c": ","})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, `text[start:end]`, and of its words, `words[first:last]`."""

    start: int
    end: int
    first: int
    last: int


class _Hashes(dict[str, int]):
    """The hash of each word met: the same few thousand make up most copy."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MET:
            self.clear()
        self[word] = found = crc32(word.encode())
        return found


_hashes = _Hashes()


@dataclass(frozen=True)
class Copy:
    """A clean text with its words (normalised), their places, and its passages (sentences)."""

    text: str
    language: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @cached_property
    def passages(self) -> tuple[Span, ...]:
        """Its sentences; looked for when it is compared, not where it is only looked up."""
        return _passages(self.text, self.starts, self.language)

    @cached_property
    def hashes(self) -> NDArray[np.uint64]:
        """One 32-bit hash a word, as uint64."""
        return np.fromiter(map(_hashes.__getitem__, self.words), dtype=np.uint64, count=len(self.words))

    @cached_property
    def bounds(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The first word of each passage, and the word after its last; together they hold every word."""
        begins = tuple(span.first for span in self.passages)
        return begins, tuple(span.last for span in self.passages)

    @cached_property
    def begins(self) -> frozenset[int]:
        """The words that begin a passage."""
        return frozenset(span.first for span in self.passages)

    def surface(self, first: int, last: int) -> str:
        """The words `first:last` as written."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""


def read(text: str, language: str = "en") -> Copy:
    """Split a clean text into words and passages; paragraphs are parted by an empty line.

    `language` is an ISO 639 code, with or without a region: it tells which full stops end no sentence.
    """
    if text.isascii() and "_" not in text:
        lower = text.lower()
        starts, ends = plain_spans(lower)
        words = [lower[start:end] for start, end in zip(starts, ends, strict=True)]
        return Copy(text, language, tuple(words), starts, ends)
    found = list(_WORD.finditer(text))
    starts, ends = tuple(match.start() for match in found), tuple(match.end() for match in found)
    return Copy(text, language, tuple(_normal(match.group()) for match in found), starts, ends)


def _normal(word: str) -> str:
    """The word as it is compared: without case, accents and points, compatible letters and digits in one form."""
    return word.casefold() if word.isascii() else _folded(word)


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    bare = _POINTED.sub("", unicodedata.normalize("NFKD", word))
    plain = "".join(str(unicodedata.decimal(c, c)) for c in bare.translate(_MARKS))
    return unicodedata.normalize("NFC", plain).casefold() or word


def _passages(text: str, starts: tuple[int, ...], language: str) -> tuple[Span, ...]:
    """The sentences of each paragraph, without the space around them; those with no word are left out.

    One that runs on is cut in equal parts: aligning a passage takes time by the square of its length.
    """
    spans: list[Span] = []
    last = 0
    for start, end in _sentences(text, language):
        first, last = last, bisect_left(starts, end, last)
        if last - first <= LONGEST:
            if last > first:
                spans.append(_trimmed(text, start, end, first, last))
            continue
        parts = math.ceil((last - first) / LONGEST)
        cuts = [first + (last - first) * part // parts for part in range(parts + 1)]
        places = [start, *(starts[cut] for cut in cuts[1:-1]), end]
        spans += [_trimmed(text, *ends, *words) for ends, words in zip(pairwise(places), pairwise(cuts), strict=True)]
    return tuple(spans)


def _trimmed(text: str, start: int, end: int, first: int, last: int) -> Span:
    stretch = text[start:end]
    return Span(end - len(stretch.lstrip()), start + len(stretch.rstrip()), first, last)


def _sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Boundaries of sentences (sentencex), cut also where a paragraph ends and after a Chinese full stop."""
    code = language.split("-", maxsplit=1)[0]
    cuts: list[tuple[int, int]] = []
    at = 0
    for paragraph in text.split("\n\n"):
        begin = 0
        for end in _ends(paragraph, code):
            cuts.append((at + begin, at + end))
            begin = end
        at += len(paragraph) + 2
    return cuts


def _ends(paragraph: str, code: str) -> Iterator[int]:
    """Where the sentences of a paragraph end; a long one is read in stretches, from one boundary to the next.

    Opening quotation marks that nothing closes cost sentencex time by the square of the stretch.
    """
    begin = 0
    while len(paragraph) - begin > _STRETCH:
        # The stretch breaks off its last sentence, which the next one reads whole.
        found = _boundaries(paragraph[begin : begin + _STRETCH], code)[:-1]
        space = paragraph.rfind(" ", begin, begin + _STRETCH) + 1
        found = found or [space - begin if space > begin else _STRETCH]
        yield from (begin + end for end in found)
        begin += found[-1]
    yield from (begin + end for end in _boundaries(paragraph[begin:], code) or [len(paragraph) - begin])


def _boundaries(text: str, code: str) -> list[int]:
    ends = list(accumulate(map(len, segment(code, text)))) if text else []
    if text.isascii():
        return ends
    return sorted({*ends, *(match.end() for match in _FULL_STOP.finditer(text))} - {0})

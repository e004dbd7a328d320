"""Where a passage stands in an earlier text, and word by word what differs there."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from sys import maxsize

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq, Opcode
from rapidfuzz.fuzz import partial_ratio_alignment, ratio

from agents.dedupe.fingerprint import shingles
from agents.dedupe.telling import Telling
from agents.dedupe.words import Copy, Span
from streams.thresholds import BLURRED, ROOTED, SLIP, TRIPLE

_MARGIN = 6  # words looked at beside the place found: what was put in or cut out shifts the rest
_PLACES = 3  # places tried for a passage: a stock phrase in it may stand elsewhere too
_FOUND = 16  # places of one triple that are looked at; what stands more often is in lists and filler, and tells none
_LETTERS = 4_000_000  # passages times letters of an earlier text, up to where lines mistyped throughout are known


@dataclass(frozen=True, slots=True)
class Gap:
    """Earlier words `old_first:old_last` where now stand `new_first:new_last`; either may be empty."""

    old_first: int
    old_last: int
    new_first: int
    new_last: int

    def touches(self, first: int, last: int) -> bool:
        """Whether the gap changes anything within the words `first:last`, or at that place where they are none."""
        if first == last:
            return self.new_first <= first <= self.new_last
        return self.new_first < last and first < self.new_last


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a passage fits an earlier text: how many of its words stand there, the gaps, and where it stands.

    Most of `kept` stand there in order; some were moved within the sentence, some are mistyped. The earlier words
    `first:last` go from the first that was kept to the last.
    """

    kept: int
    gaps: tuple[Gap, ...]
    first: int = 0
    last: int = 0

    def tells(self, first: int, last: int) -> bool:
        """Whether the words `first:last` stand there with nothing between them otherwise."""
        return not any(gap.touches(first, last) for gap in self.gaps)


@dataclass(frozen=True)
class Earlier:
    """An earlier article to compare with."""

    id: str
    doc: str
    copy: Copy
    length: int = maxsize  # characters of its copy proper; what stood beside that (headline, captions) comes after it

    @cached_property
    def triples(self) -> NDArray[np.uint64]:
        """The hashes of its word triples, by place."""
        return shingles(self.copy.hashes, TRIPLE)

    @cached_property
    def distinct(self) -> frozenset[int]:
        """The same, each once."""
        return frozenset(self.triples.tolist())

    @cached_property
    def sentences(self) -> dict[tuple[str, ...], int | None]:
        """Where each of its passages begins, by its words; None for one that it has twice."""
        begins: dict[tuple[str, ...], int | None] = {}
        for span in self.copy.passages:
            words = self.copy.words[span.first : span.last]
            begins[words] = None if words in begins else span.first
        return begins

    @cached_property
    def sorted(self) -> tuple[NDArray[np.uint64], list[int]]:
        """Its triples in rising order, and the place of each; of equal ones the first in the text comes first."""
        order = np.argsort(self.triples, kind="stable")
        return self.triples[order], order.tolist()

    def places(self, triples: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """Where some triples stand: of each that is there, which it is, and its first few places."""
        triples_here, order = self.sorted
        asked = np.array(triples, dtype=np.uint64)
        firsts = triples_here.searchsorted(asked, "left").tolist()
        lasts = triples_here.searchsorted(asked, "right").tolist()
        for which, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
            if last > first:
                yield which, order[first : min(last, first + _FOUND)]

    @cached_property
    def runs(self) -> dict[int, int]:
        """Where its words and pairs of words stand first, by their hashes: lines too short for a triple."""
        runs: dict[int, int] = {}
        for size in range(1, TRIPLE):
            for place, run in enumerate(shingles(self.copy.hashes, size).tolist()):
                runs.setdefault(run, place)
        return runs

    @cached_property
    def telling(self) -> Telling:
        """Its facts."""
        return Telling(self.copy)

    @cached_property
    def flat(self) -> str:
        """Its words as one string: what a mistyped passage is looked up in."""
        return " ".join(self.copy.words)


def covered(triples: Sequence[int], words: int, earlier: Earlier) -> NDArray[np.bool_]:
    """Which words of a copy, given its triples, belong to one that the earlier text has (shape: words)."""
    mask = np.zeros(words, dtype=bool)
    shared = among(triples, earlier.distinct)
    for offset in range(min(TRIPLE, words)):
        mask[offset : offset + len(triples)] |= shared
    return mask


def among(triples: Sequence[int], others: Set[int]) -> NDArray[np.bool_]:
    """Which of the triples are among others (shape: triples)."""
    return np.fromiter(map(others.__contains__, triples), dtype=bool, count=len(triples))


def align(copy: Copy, span: Span, triples: list[int], earlier: Earlier) -> Alignment | None:
    """Fit a passage to the place in the earlier text that keeps most of it; None where nothing is like it.

    Places are where its triples stand; without any, where its letters do (rapidfuzz's partial
    ratio), as in a mistyped line. The longest common subsequence of words tells what was kept.
    Most of what is printed again is so word for word: that is known at a glance.
    """
    same = earlier.sentences.get(copy.words[span.first : span.last])
    if same is not None:
        count = span.last - span.first
        return Alignment(count, (), same, same + count)
    start = max(0, span.first - TRIPLE + 1)
    found = earlier.places(triples[start : span.last])
    votes = Counter(place - start - which for which, places in found for place in places)
    shifts = [shift for shift, _ in votes.most_common(_PLACES)] or _blurred(copy, span, earlier)
    fits = []
    for shift in shifts:
        first = max(0, span.first + shift - _MARGIN)
        last = min(len(earlier.copy.words), span.last + shift + _MARGIN)
        fits.append(_fit(copy, span, earlier.copy, first, last))
    return max(fits, key=lambda fit: fit.kept, default=None)


def _blurred(copy: Copy, span: Span, earlier: Earlier) -> list[int]:
    """The shift to the place whose letters are most like the passage's, if they are like enough.

    Looked for in articles of ordinary size alone, since each passage is held against each letter.
    """
    if len(copy.passages) * len(earlier.flat) > _LETTERS:
        return []
    words = " ".join(copy.words[span.first : span.last])
    found = partial_ratio_alignment(words, earlier.flat, score_cutoff=BLURRED)
    if found is None or len(words) > len(earlier.flat):
        return []
    return [earlier.flat.count(" ", 0, found.dest_start) - span.first]


def _fit(copy: Copy, span: Span, earlier: Copy, first: int, last: int) -> Alignment:
    old, new = earlier.words[first:last], copy.words[span.first : span.last]
    blocks = _drawn_in([(op.src_start, op.dest_start, op.src_end - op.src_start) for op in _equal(old, new)], old)
    if not blocks:
        return Alignment(0, ())
    begin, end = _sentences_around(earlier, first + blocks[0][0], first + blocks[-1][0] + blocks[-1][2] - 1)
    gaps = []
    old_done, new_done = max(begin, first), span.first
    for src, dest, size in blocks:
        gaps.append(Gap(old_done, first + src, new_done, span.first + dest))
        old_done, new_done = first + src + size, span.first + dest + size
    gaps.append(Gap(old_done, min(max(end, old_done), last), new_done, span.last))
    gaps = [gap for gap in gaps if gap.old_last > gap.old_first or gap.new_last > gap.new_first]
    kept = sum(size for _, _, size in blocks)
    kept += sum(1 for gap in gaps for _ in slips(gap, earlier, copy))
    if kept >= ROOTED * len(new):
        kept += _moved(gaps, copy, earlier)
    placed = first + blocks[0][0], first + blocks[-1][0] + blocks[-1][2]
    return Alignment(min(kept, len(new)), tuple(gaps), *placed)


def _equal(old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    return [op for op in LCSseq.opcodes(old, new) if op.tag == "equal"]


def _drawn_in(blocks: list[tuple[int, int, int]], old: Sequence[str]) -> list[tuple[int, int, int]]:
    """The blocks (place in old, place in new, words), a short one at either end as near to the next as it may stand.

    Of several "the" before the sentence proper, the longest common subsequence takes any.
    """
    if len(blocks) < 2:
        return blocks
    (src, dest, size), (after, _, _) = blocks[0], blocks[1]
    if size < TRIPLE:
        places = [at for at in range(src, after - size + 1) if old[at : at + size] == old[src : src + size]]
        blocks = [(places[-1], dest, size), *blocks[1:]]
    (src, dest, size), (before, _, length) = blocks[-1], blocks[-2]
    if size < TRIPLE:
        places = [at for at in range(before + length, src + 1) if old[at : at + size] == old[src : src + size]]
        blocks = [*blocks[:-1], (places[0], dest, size)]
    return blocks


def _moved(gaps: Sequence[Gap], copy: Copy, earlier: Copy) -> int:
    """How many words left one gap and stand in another: a moved attribution is no news."""
    taken = Counter(word for gap in gaps for word in earlier.words[gap.old_first : gap.old_last])
    put = Counter(word for gap in gaps for word in copy.words[gap.new_first : gap.new_last])
    return (taken & put).total()


def _sentences_around(copy: Copy, first: int, last: int) -> tuple[int, int]:
    """Where the sentence that holds word `first` begins, and where the one that holds `last` ends."""
    begins, ends = copy.bounds
    return begins[bisect_right(begins, first) - 1], ends[bisect_right(begins, last) - 1]


def alike(old: str, new: str) -> bool:
    """Whether two words are the same but for typing (at least 60 of 100 by rapidfuzz's ratio)."""
    return ratio(old, new) >= SLIP


def slips(gap: Gap, old: Copy, new: Copy) -> Iterator[tuple[str, str]]:
    """The pairs of words in a gap that are one word mistyped."""
    olds, news = old.words[gap.old_first : gap.old_last], new.words[gap.new_first : gap.new_last]
    if len(olds) == len(news):
        yield from ((o, n) for o, n in zip(olds, news, strict=True) if o != n and alike(o, n))
    elif olds and news and alike("".join(olds), "".join(news)):
        yield "".join(olds), "".join(news)

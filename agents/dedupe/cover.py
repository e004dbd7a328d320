"""Covers an article's passages with what earlier articles tell: each whole, or in pieces from several places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from agents.dedupe.alignment import Alignment, Earlier, Gap, align, slips
from agents.dedupe.fingerprint import shingles
from agents.dedupe.words import Copy, Span
from streams.thresholds import KIN, PIECE, SEEN, STREWN, TRIPLE

_DEPTH = 3  # places that one passage may be put together from


@dataclass(frozen=True, eq=False)
class Matched:
    """An earlier article with the words of the new one that stand in it, by triples."""

    mask: NDArray[np.bool_]
    earlier: Earlier

    @cached_property
    def counts(self) -> list[int]:
        """How many of them there are before each word, and of all words."""
        return _counts(self.mask)

    @property
    def words(self) -> int:
        """How many they are."""
        return self.counts[-1]

    @cached_property
    def overlap(self) -> float:
        """Their share."""
        return self.words / max(1, len(self.mask))

    def shares(self, span: Span) -> bool:
        """Whether any of them is in a stretch."""
        return self.counts[span.last] > self.counts[span.first]


@dataclass(frozen=True)
class Fit:
    """A passage, or a piece of one, with the earlier article that tells it best.

    `others` are all articles that tell it, with their alignments; `closed` the gaps that other pieces fill;
    `scattered` the share of its words in triples that stand in earlier copy, wherever.
    """

    span: Span
    earlier: Earlier | None = None
    alignment: Alignment | None = None
    others: tuple[tuple[Alignment, Earlier], ...] = ()
    closed: frozenset[Gap] = frozenset()
    scattered: float = 0.0

    @property
    def words(self) -> int:
        return self.span.last - self.span.first

    @property
    def kept(self) -> int:
        return self.alignment.kept if self.alignment else 0

    @property
    def aligned(self) -> float:
        """Share of its words kept at one place, those that other pieces tell aside."""
        filled = sum(gap.new_last - gap.new_first for gap in self.closed) if self.closed else 0
        return self.kept / max(1, self.words - filled)

    @property
    def beside(self) -> bool:
        """Whether it stands in a headline or another line beside the earlier copy."""
        if not (self.earlier and self.alignment):
            return False
        return self.earlier.copy.starts[self.alignment.first] >= self.earlier.length

    @property
    def open(self) -> list[Gap]:
        """The gaps that no other piece fills."""
        return [gap for gap in self.alignment.gaps if gap not in self.closed] if self.alignment else []


class Cover:
    """The passages of a copy in the light of the earlier articles that it matches, closest first."""

    def __init__(self, copy: Copy, matched: Sequence[Matched]) -> None:
        self.copy, self.matched = copy, matched
        self._triples: list[int] = shingles(copy.hashes, TRIPLE).tolist()
        nothing = np.zeros(len(copy.words), dtype=bool)
        self.seen: NDArray[np.bool_] = np.any([each.mask for each in matched], axis=0) if matched else nothing
        self._seen = _counts(self.seen)

    def share(self, first: int, last: int) -> float:
        """The share of the words `first:last` that earlier articles have in triples."""
        return (self._seen[last] - self._seen[first]) / (last - first) if last > first else 0.0

    @cached_property
    def passages(self) -> list[tuple[Span, list[Fit]]]:
        """Each passage with the pieces that tell it, the first of them its best fit."""
        return [(span, self.pieces(span)) for span in self.copy.passages]

    @cached_property
    def mistyped(self) -> int:
        """How many words of known passages are mistyped."""
        count = 0
        for fit in (fit for _, pieces in self.passages for fit in pieces):
            if fit.earlier:
                count += sum(len(list(slips(gap, fit.earlier.copy, self.copy))) for gap in fit.open)
        return count

    def pieces(self, span: Span, depth: int = _DEPTH) -> list[Fit]:
        """The best fit of a stretch and, where that leaves out clauses told elsewhere, theirs."""
        best = self._best(span)
        if depth == 0 or not best.alignment:
            return [best]
        rest: list[Fit] = []
        closed = set()
        for gaps in _stretches(best.alignment.gaps):
            if self._elsewhere(gaps, span):
                filled = self.pieces(self._stretch(gaps), depth - 1)
                if filled[0].aligned >= SEEN and not filled[0].beside:
                    closed.update(gaps)
                    rest += filled
        return [replace(best, closed=frozenset(closed)), *rest] if rest else [best]

    def _elsewhere(self, gaps: Sequence[Gap], span: Span) -> bool:
        """Whether the words from the first gap to the last are a clause, most of which stands in earlier copy."""
        first, last = gaps[0].new_first, gaps[-1].new_last
        return PIECE <= last - first < span.last - span.first and self.share(first, last) >= SEEN

    def _stretch(self, gaps: Sequence[Gap]) -> Span:
        first, last = gaps[0].new_first, gaps[-1].new_last
        return Span(self.copy.starts[first], self.copy.ends[last - 1], first, last)

    def _best(self, span: Span) -> Fit:
        """The article that keeps most of a stretch; of equals the one that shares most of the copy."""
        if not self.matched:
            return Fit(span)
        if span.last - span.first < TRIPLE:
            run, count = int(shingles(self.copy.hashes[span.first : span.last], TRIPLE)[0]), span.last - span.first
            for each in self.matched:
                if (first := each.earlier.runs.get(run)) is not None:
                    return Fit(span, each.earlier, Alignment(count, (), first, first + count))
        fits = []
        for each in self.matched:
            if each.shares(span) or each.overlap >= KIN:
                alignment = align(self.copy, span, self._triples, each.earlier)
                if alignment:
                    fits.append((alignment, each.earlier))
                    if not alignment.gaps:
                        break
        scattered = self.share(span.first, span.last)
        scattered = scattered if scattered >= STREWN else 0.0
        if not fits:
            return Fit(span, scattered=scattered)
        alignment, earlier = max(fits, key=lambda fit: fit[0].kept)
        known = tuple(fit for fit in fits if fit[0].kept >= SEEN * (span.last - span.first))
        return Fit(span, earlier, alignment, known, scattered=scattered)


def _stretches(gaps: Sequence[Gap]) -> list[list[Gap]]:
    """The gaps, those together that only a word or two kept by chance ("the", "in") lies between."""
    stretches: list[list[Gap]] = []
    for gap in gaps:
        if stretches and gap.new_first - stretches[-1][-1].new_last < TRIPLE:
            stretches[-1].append(gap)
        else:
            stretches.append([gap])
    return stretches


def _counts(mask: NDArray[np.bool_]) -> list[int]:
    counts: list[int] = np.cumsum(mask).tolist()
    return [0, *counts]

"""Compares an article with the earlier ones that share text with it: what was seen, where, and what is new."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.dedupe.alignment import TRIPLE, Alignment, Earlier, align, covered, slips
from agents.dedupe.changes import Reading, denies, tells
from agents.dedupe.fingerprint import shingles
from agents.dedupe.words import Copy, Span
from streams.records import Change, Comparison, Match, Passage

SEEN = 0.6  # share of a passage's words kept in order: below it, it's another sentence on the same matter
RETOLD = 0.2  # changed figures to all words: from there a form was filled in anew ("Net 14.8 mln vs 11 mln")
STREWN = 0.8  # share of a passage's words in triples of an earlier text, from where it was only put together anew
MATCH_WORDS = 10  # words two articles must share; less is a stock phrase
KIN = 0.3  # share of an article found in an earlier one, from where it is looked through letter by letter
NOISE = 0.02  # mistyped words to all words, from where single slips mean nothing
NOISE_COUNT = 3  # and that many of them at least


@dataclass(frozen=True)
class _Fit:
    """A passage with the earlier article that tells it best."""

    span: Span
    earlier: Earlier | None = None
    alignment: Alignment | None = None
    strewn: float = 0.0  # share of its words in triples that stand there, wherever

    @property
    def words(self) -> int:
        return self.span.last - self.span.first

    @property
    def aligned(self) -> float:
        """Share of its words kept at one place there."""
        return self.alignment.kept / self.words if self.alignment else 0.0

    @property
    def share(self) -> float:
        return max(self.aligned, self.strewn if self.strewn >= STREWN else 0.0)


def compare(copy: Copy, candidates: Sequence[Earlier]) -> Comparison:
    """Compare an article's copy with candidates in order of arrival.

    Overlaps and `seen` are shares of this article's words. Passages come in text order; the novel
    ones are those that no candidate tells. Deterministic for the same input.
    """
    triples = shingles(copy.hashes, TRIPLE)
    masks = [(covered(triples, len(copy.words), each), each) for each in candidates]
    masks = [(mask, each) for mask, each in masks if mask.sum() >= min(MATCH_WORDS, len(copy.words))]
    masks.sort(key=lambda pair: -int(pair[0].sum()))  # stable: of equals the earliest first
    earlier = [each for _, each in masks]
    fits = [_best(copy, span, triples.tolist(), masks) for span in copy.passages]
    noise = _noise(copy, fits)
    noisy = noise >= NOISE_COUNT and noise >= NOISE * len(copy.words)
    seen_anywhere = np.any([mask for mask, _ in masks], axis=0) if masks else np.zeros(len(copy.words), dtype=bool)
    passages: list[Passage] = []
    changes: list[Change] = []
    for fit in fits:
        told, changed = _judge(copy, fit, earlier, seen_anywhere, noisy)
        passages.append(told)
        changes.extend(changed)
    return Comparison(
        matches=[_match(mask, each) for mask, each in masks],
        passages=passages,
        changes=_once(changes),
        scores={
            "seen": round(float(seen_anywhere.mean()), 4) if len(copy.words) else 0.0,
            "mistyped": round(noise / max(1, len(copy.words)), 4),
        },
    )


def _match(mask: NDArray[np.bool_], earlier: Earlier) -> Match:
    return Match(id=earlier.id, doc=earlier.doc, overlap=round(float(mask.mean()), 4))


def _best(copy: Copy, span: Span, triples: list[int], masks: Sequence[tuple[NDArray[np.bool_], Earlier]]) -> _Fit:
    """The candidate that keeps most of a passage; of equals the one that shares most of the article."""
    best = _Fit(span)
    for mask, earlier in masks:
        short = f" {' '.join(copy.words[span.first : span.last])} " if span.last - span.first < TRIPLE else ""
        if short and short in f" {earlier.flat} ":
            return _Fit(span, earlier, Alignment(span.last - span.first, ()))
        if mask[span.first : span.last].any() or mask.mean() >= KIN:
            here = float(mask[span.first : span.last].mean())
            fit = _Fit(span, earlier, align(copy, span, triples, earlier), here)
        else:
            continue
        if fit.share > best.share:
            best = fit
        if best.share == 1.0:
            break
    return best


def _noise(copy: Copy, fits: Sequence[_Fit]) -> int:
    """How many words of known passages are mistyped."""
    return sum(
        1
        for fit in fits
        if fit.earlier and fit.alignment
        for gap in fit.alignment.gaps
        for _ in slips(gap, fit.earlier.copy, copy)
    )


def _judge(
    copy: Copy, fit: _Fit, earlier: Sequence[Earlier], seen: NDArray[np.bool_], noisy: bool
) -> tuple[Passage, list[Change]]:
    """The passage, novel where it tells something of its own, and the facts that it tells otherwise."""
    span = fit.span
    where, share = fit.earlier.id if fit.earlier else None, round(fit.share, 4)
    if fit.earlier is None or fit.alignment is None or fit.aligned < SEEN:
        novel = fit.share < SEEN
        return Passage(start=span.start, end=span.end, seen=share, where=where, novel=novel), []
    reading = Reading(copy, span, fit.earlier, noisy)
    changes = [change for gap in fit.alignment.gaps for change in reading.changes(gap)]
    new = [
        gap
        for gap in fit.alignment.gaps
        if denies(copy, fit.earlier.copy, gap)
        or (not seen[gap.new_first : gap.new_last].all() and not noisy and tells(copy, gap, earlier))
    ]
    novel = bool(new) or len(changes) >= RETOLD * fit.words
    return Passage(start=span.start, end=span.end, seen=share, where=where, novel=novel), changes


def _once(changes: Sequence[Change]) -> list[Change]:
    """Each change once, the first place that tells it."""
    first: dict[tuple[str, str, str], Change] = {}
    for change in changes:
        first.setdefault((change.kind, change.old, change.new), change)
    return list(first.values())

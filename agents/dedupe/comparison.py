"""Compares an article with the earlier ones that share text with it: what was seen, where, what is new and changed."""

from collections.abc import Iterator, Sequence, Set
from typing import get_args

from msgspec.structs import replace

from agents.dedupe.alignment import Earlier, among, covered
from agents.dedupe.changes import Reading, Told, names_alike, tells
from agents.dedupe.cover import Cover, Fit, Matched
from agents.dedupe.fingerprint import shingles
from agents.dedupe.telling import Telling
from agents.dedupe.words import Copy, Span
from streams.records import Change, ChangeKind, Comparison, Match, Passage, Said
from streams.thresholds import BESIDE_LEAD, BESIDE_WORDS, MATCH_WORDS, NEARLY, NOISE, NOISE_COUNT, RETOLD, SEEN, TRIPLE

_WEIGHTS = {kind: weight for weight, kind in enumerate(get_args(ChangeKind))}


def compare(copy: Copy, candidates: Sequence[Earlier], beside: Copy | None = None) -> Comparison:
    """Compare an article's copy with candidates in order of arrival; `beside` is its headline and the like.

    Overlaps and `seen` are shares of this article's words. Passages come in text order; the novel ones are those that
    the candidates together don't tell. Changes come in the order of `ChangeKind`, of one kind in text order. What
    stands beside the copy is never new, but a figure in it may have changed. Deterministic for the same input.
    """
    cover = Cover(copy, _matched(copy, candidates))
    known = [each.earlier for each in cover.matched]
    judge = _Judge(Telling(copy), known, cover, _noisy(copy, cover))
    passages, changes = judge.passages()
    if beside and known:
        changes += _beside(beside, cover.matched, judge.noisy)
    return Comparison(
        matches=[
            Match(id=each.earlier.id, doc=each.earlier.doc, overlap=round(each.overlap, 4)) for each in cover.matched
        ],
        passages=passages,
        changes=sorted(_once(changes), key=lambda change: _WEIGHTS[change.kind]),
        scores={
            "seen": round(cover.share(0, len(copy.words)), 4),
            "passage_seen_needed": SEEN,
            "mistyped": round(cover.mistyped / max(1, len(copy.words)), 4),
            "mistyped_needed": NOISE,
        },
    )


def _matched(copy: Copy, candidates: Sequence[Earlier]) -> list[Matched]:
    """The candidates that share enough, the one that shares most first, of equals the earliest.

    Of those that share nearly as much as the most it is the one most alike both ways (Dice 1945): what an article
    tells on stands in it whole, and of another that took in the same copy only that. Those that share the very same
    words are one copy in several frames, and the earliest of them is the original.
    """
    triples = frozenset(_triples(copy))
    enough = [each for each in _masked(copy, candidates) if each.words >= min(MATCH_WORDS, len(copy.words))]
    near = NEARLY * max((each.overlap for each in enough), default=0.0)
    likeness: dict[bytes, float] = {}
    for each in enough:
        if each.overlap >= near:
            shared = each.mask.tobytes()
            likeness[shared] = max(likeness.get(shared, 0.0), _dice(each, triples))
    return sorted(enough, key=lambda each: (-likeness.get(each.mask.tobytes(), 0.0), -each.overlap))


def _dice(each: Matched, triples: Set[int]) -> float:
    """The harmonic mean of the share of the article that stands in the earlier one, and of that one in it."""
    kept = float(among(each.earlier.triples.tolist(), triples).mean())
    return 2 * each.overlap * kept / (each.overlap + kept) if kept else 0.0


def _masked(copy: Copy, earlier: Sequence[Earlier]) -> list[Matched]:
    triples = _triples(copy)
    return [Matched(covered(triples, len(copy.words), each), each) for each in earlier]


def _triples(copy: Copy) -> list[int]:
    triples: list[int] = shingles(copy.hashes, TRIPLE).tolist()
    return triples


def _noisy(copy: Copy, cover: Cover) -> bool:
    return cover.mistyped >= NOISE_COUNT and cover.mistyped >= NOISE * len(copy.words)


def _beside(beside: Copy, matched: Sequence[Matched], noisy: bool) -> list[Change]:
    """The figures told otherwise in the lines beside the copy; each reprint has dates of its own there."""
    known = [each.earlier for each in matched]
    cover, telling = Cover(beside, _masked(beside, known)), Telling(beside)
    changes = []
    for span in beside.passages:
        if span.last - span.first >= BESIDE_WORDS and telling.figures_in(span.first + BESIDE_LEAD, span.last):
            judge = _Judge(telling, known, cover, noisy)
            changes += [each.change for each in judge.told(span) if each.first >= span.first + BESIDE_LEAD]
    return [replace(each, start=None, end=None) for each in changes if each.kind == "figure"]


class _Judge:
    """Says of each passage what is new in it and what changed."""

    def __init__(self, telling: Telling, known: Sequence[Earlier], cover: Cover, noisy: bool) -> None:
        self.telling, self.known, self.cover, self.noisy = telling, known, cover, noisy

    def passages(self) -> tuple[list[Passage], list[Change]]:
        """Every passage in text order, and every change."""
        passages, changes = [], []
        for span, pieces in self.cover.passages:
            told = self._changes(pieces)
            passages.append(self._passage(span, pieces, told))
            changes += [each.change for each in told]
        return passages, changes

    def told(self, span: Span) -> list[Told]:
        """What a stretch tells otherwise."""
        return self._changes(self.cover.pieces(span))

    def _changes(self, pieces: Sequence[Fit]) -> list[Told]:
        """The changes in each piece, unless another earlier article tells that place as it is now."""
        found = []
        for piece in pieces:
            if piece.earlier and piece.alignment and piece.aligned >= SEEN and piece.open:
                reading = Reading(self.telling, piece.span, piece.earlier, piece.alignment, self.known, self.noisy)
                others = [
                    each
                    for each, earlier in piece.others
                    if each is not piece.alignment and names_alike(self.telling, piece.span, [earlier])
                ]
                found += [
                    each
                    for each in reading.changes(piece.open)
                    if not any(other.tells(each.first, each.last) for other in others)
                ]
        return found

    def _passage(self, span: Span, pieces: Sequence[Fit], told: Sequence[Told]) -> Passage:
        """The passage, novel where it tells something of its own."""
        best = pieces[0]
        share = min(1.0, max(sum(each.kept for each in pieces) / best.words, best.scattered))
        where = best.earlier.id if best.earlier else None
        earlier = [each.earlier for each in pieces if each.earlier]
        novel = share < SEEN or not (self.noisy or names_alike(self.telling, span, earlier))
        if not novel and best.aligned >= SEEN:
            novel = (
                self._adds(pieces)
                or sum(each.change.kind in ("figure", "date") for each in told) >= RETOLD * best.words
            )
        if self.noisy and all(len(word) == 1 for word in self.telling.copy.words[span.first : span.last]):
            novel = False  # a stray letter
        said = [place for each in pieces if each.aligned >= SEEN for place in _said(each)]
        return Passage(start=span.start, end=span.end, seen=round(share, 4), where=where, novel=novel, said=said)

    def _adds(self, pieces: Sequence[Fit]) -> bool:
        seen = self.cover.seen
        return not self.noisy and any(
            not seen[gap.new_first : gap.new_last].all() and tells(self.telling, gap, self.known)
            for piece in pieces
            for gap in piece.open
        )


def _said(fit: Fit) -> Iterator[Said]:
    """The place at which an earlier article says a passage or a piece of one, if it does."""
    if fit.earlier and fit.alignment:
        copy, first, last = fit.earlier.copy, fit.alignment.first, fit.alignment.last
        kept = round(min(1.0, fit.aligned), 4)
        yield Said(id=fit.earlier.id, start=copy.starts[first], end=copy.ends[last - 1], kept=kept)


def _once(changes: Sequence[Change]) -> list[Change]:
    """Each change once, the first place that tells it."""
    first: dict[tuple[str, str, str], Change] = {}
    for change in changes:
        first.setdefault((change.kind, change.old, change.new), change)
    return list(first.values())

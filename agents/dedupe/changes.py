"""What a gap between two tellings of one sentence means: a figure or a name told otherwise, or words put in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from agents.dedupe.alignment import Earlier, Gap, alike
from agents.dedupe.figures import is_slip, value
from agents.dedupe.words import Copy, Span
from streams.records import Change

_NEGATIONS = frozenset({"not", "no", "never", "nobody", "nothing", "without", "denied", "denies", "neither"})
_FRAGMENT = 4  # words put in before they may tell something of their own
_SLIPS = 2  # letters by which a name in mistyped copy may differ
_POINTS = str.maketrans("", "", ",.:")
_UNHEARD = 3  # of them unheard of before; two are a synonym or an attribution


@dataclass(frozen=True)
class Reading:
    """A passage beside its earlier telling. `noisy` copy is mistyped throughout, so single slips mean nothing."""

    copy: Copy
    span: Span
    earlier: Earlier
    noisy: bool

    def changes(self, gap: Gap) -> Iterator[Change]:
        """The facts told otherwise in a gap, old and new as each side wrote them."""
        yield from self._figures(gap)
        yield from self._names(gap)

    def _figures(self, gap: Gap) -> Iterator[Change]:
        old = [at for at in range(gap.old_first, gap.old_last) if value(self.earlier.copy.words[at])]
        new = [at for at in range(gap.new_first, gap.new_last) if value(self.copy.words[at])]
        if {value(self.earlier.copy.words[at]) for at in old} >= {value(self.copy.words[at]) for at in new}:
            return
        if self._joined(gap):
            return
        for position, at in enumerate(new):
            was = self.earlier.copy.surface(old[position], old[position] + 1) if position < len(old) else ""
            now = self.copy.surface(at, at + 1)
            if was and (value(was.lower()) == value(now.lower()) or (self.noisy and is_slip(was, now))):
                continue
            if was or not self._told(self.copy.words[at]):
                yield self._change("figure", was, now)

    def _joined(self, gap: Gap) -> bool:
        """Whether both sides hold the same digits, parted otherwise ("1 200" and "1,200")."""
        old = "".join(self.earlier.copy.words[gap.old_first : gap.old_last])
        new = "".join(self.copy.words[gap.new_first : gap.new_last])
        if self.noisy:
            old, new = _digits(old), _digits(new)
            return old == new or is_slip(old, new)
        return old.translate(_POINTS) == new.translate(_POINTS)

    def _told(self, word: str) -> bool:
        return value(word) in {value(each) for each in self.earlier.copy.words if value(each)}

    def _names(self, gap: Gap) -> Iterator[Change]:
        """A name put for another, when neither article has both."""
        old, new = (
            self._capitals(self.earlier.copy, gap.old_first, gap.old_last),
            self._capitals(self.copy, gap.new_first, gap.new_last),
        )
        was, now = "".join(old).casefold(), "".join(new).casefold()
        if not was or not now or alike(was, now) or (self.noisy and OSA.distance(was, now) <= _SLIPS):
            return
        here = {word[:5] for word in self.copy.words}
        if any(word.casefold()[:5] in here for word in old) or any(
            word.casefold()[:5] in self.earlier.vocabulary for word in new
        ):
            return
        yield self._change("name", " ".join(old), " ".join(new))

    @staticmethod
    def _capitals(copy: Copy, first: int, last: int) -> list[str]:
        """The words of a gap when each is capitalised, and none begins a sentence; else nothing."""
        words = [copy.surface(at, at + 1) for at in range(first, last)]
        begins = copy.bounds[0]
        proper = all(word[:1].isupper() and not word.isupper() for word in words)
        return words if proper and not any(at in begins for at in range(first, last)) else []

    def _change(self, kind: str, old: str, new: str) -> Change:
        return Change(kind=kind, old=old, new=new, context=self.copy.text[self.span.start : self.span.end])  # type: ignore[arg-type]


def _digits(words: str) -> str:
    return "".join(filter(str.isdigit, words))


def unheard(copy: Copy, first: int, last: int, earlier: Sequence[Earlier]) -> int:
    """How many of the words `first:last` no earlier article has in any form."""
    fresh = {word[:5] for word in copy.words[first:last] if len(word) > 2 or value(word)}
    return sum(all(word not in each.vocabulary for each in earlier) for word in fresh)


def tells(copy: Copy, gap: Gap, earlier: Sequence[Earlier]) -> bool:
    """Whether words put into a known sentence tell something of their own."""
    put_in = gap.new_last - gap.new_first
    return put_in >= _FRAGMENT and unheard(copy, gap.new_first, gap.new_last, earlier) >= _UNHEARD


def denies(copy: Copy, old: Copy, gap: Gap) -> bool:
    """Whether the gap is a lone negation put in or taken out."""
    was, now = old.words[gap.old_first : gap.old_last], copy.words[gap.new_first : gap.new_last]
    return (len(was), len(now)) in ((0, 1), (1, 0)) and (was or now)[0] in _NEGATIONS

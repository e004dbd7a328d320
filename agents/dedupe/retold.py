"""Which figures a gap between two tellings changes, and how to say so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agents.dedupe.alignment import Earlier, Gap
from agents.dedupe.figures import Figure, is_slip, joined, rounds, same
from agents.dedupe.numerals import HEDGES
from agents.dedupe.telling import Telling
from streams.thresholds import HEDGED

_READ = 250  # figures of an earlier article in which a mistyped one is looked for; more are a table
_COUNTED = 2  # words after a figure that say what it counts
_PLAIN = frozenset(  # words that no counted thing begins with
    "a an the of in on at to by for from with and or but as after before since was were is are has had have who which "
    "that this said will would during between against into over under per than its his her their it he she they".split()
)


@dataclass(frozen=True)
class Retold:
    """The figures of two tellings of one passage, `gaps` being all that parts them."""

    new: Telling
    old: Telling
    gaps: Sequence[Gap]
    known: Sequence[Earlier]
    noisy: bool

    def figures(self, gap: Gap) -> Iterator[tuple[Figure | None, Figure]]:
        """The figures that the gap puts in or changes, each with the one it stands for, None where there was none."""
        wide = self._widened(gap)
        olds = self.old.figures_in(wide.old_first, wide.old_last)
        news = self.new.figures_in(wide.new_first, wide.new_last)
        for figure in list(news):
            twin = next((each for each in olds if same(each, figure)), None)
            if twin:
                olds.remove(twin)
                news.remove(figure)
        if not news or self._joined(wide):
            return
        for figure in news:
            old = max(olds, key=lambda each: self._likeness(each, figure), default=None)
            if old:
                olds.remove(old)
            if not self._excused(old, figure):
                yield old, figure

    def _widened(self, gap: Gap) -> Gap:
        """The gap with the whole of each figure that it cuts; what it takes of the one side, it takes of the other."""
        olds, news = self.old.figures_in(gap.old_first, gap.old_last), self.new.figures_in(gap.new_first, gap.new_last)
        left = max([gap.old_first - each.first for each in olds] + [gap.new_first - each.first for each in news] + [0])
        right = max([each.last - gap.old_last for each in olds] + [each.last - gap.new_last for each in news] + [0])
        return Gap(gap.old_first - left, gap.old_last + right, gap.new_first - left, gap.new_last + right)

    def _joined(self, gap: Gap) -> bool:
        """Whether both sides hold the same digits, parted or mistyped otherwise ("1 200", "1,2OO")."""
        old = joined(self.old.copy.words[max(0, gap.old_first) : gap.old_last])
        new = joined(self.new.copy.words[max(0, gap.new_first) : gap.new_last])
        if self.noisy:
            old, new = "".join(filter(str.isdigit, old)), "".join(filter(str.isdigit, new))
        return old == new or (self.noisy and is_slip(old, new))

    def _likeness(self, old: Figure, new: Figure) -> tuple[bool, bool, int]:
        """How surely one figure stands for another: of the same kind, with the same words beside it."""
        after = _word(self.old, old.last) == _word(self.new, new.last)
        before = _word(self.old, old.first - 1) == _word(self.new, new.first - 1)
        return old.dated == new.dated, not old.weak, 2 * after + before

    def _excused(self, old: Figure | None, new: Figure) -> bool:
        """Whether the figure is no news for a reason: rounded, moved, mistyped, told elsewhere, or hardly a figure."""
        if (self.noisy and self._blurred(new)) or (old and self._cut(old, new)):
            return True
        if old is None:
            return new.weak or _is_weekday(new) or self._told(new)
        if new.weak and _word(self.old, old.last) != _word(self.new, new.last):
            return True
        words = self.new.copy.words[max(0, new.first - HEDGED) : new.first]
        if rounds(old, new, any(word in HEDGES for word in words)) or self._moved(new):
            return True
        was, now = self.differing(old, new)
        return self.noisy and is_slip(was, now)

    def _blurred(self, new: Figure) -> bool:
        """Whether letters stand at the figure, as where a digit came into a word by mistake ("1emain", "19l5")."""
        copy = self.new.copy
        before, after = copy.text[: copy.starts[new.first]][-1:], copy.text[copy.ends[new.bare - 1] :][:2].lstrip(".,")
        return before.isalpha() or after[:1].isalpha()

    def _cut(self, old: Figure, new: Figure) -> bool:
        """Whether the figure only lost its month or scale, where a passage is cut off or in mistyped copy."""
        was, now = self.old.copy.words[old.first : old.bare], self.new.copy.words[new.first : new.bare]
        begins, end = self.new.copy.begins, len(self.new.copy.words)
        edge = new.first in begins or new.last in begins or new.last == end
        return (edge or self.noisy) and len(now) < len(was) and now in (was[: len(now)], was[-len(now) :])

    def _moved(self, new: Figure) -> bool:
        """Whether the figure left another gap of the passage, with the word that follows it."""
        left = (each for gap in self.gaps for each in self.old.figures_in(gap.old_first, gap.old_last))
        follows = _word(self.new, new.last)
        return any(same(each, new) and _word(self.old, each.last) == follows for each in left)

    def _told(self, new: Figure) -> bool:
        """Whether an earlier article has the figure somewhere; in mistyped copy, or one like it."""
        if any(article.telling.has(new) for article in self.known):
            return True
        now = self.new.copy.surface(new.first, new.bare)
        return self.noisy and any(
            is_slip(self.old.copy.surface(each.first, each.bare), now) for each in self.old.figures[:_READ]
        )

    def differing(self, old: Figure | None, new: Figure) -> tuple[str, str]:
        """Both figures as written: the one number that differs, the whole where more does ("5 million", "Oct. 12")."""
        if old is None:
            return "", self.new.copy.surface(new.first, new.bare)
        was, now = _digits(self.old, old), _digits(self.new, new)
        apart = [(a, b) for a, b in zip(was, now, strict=False) if a != b]
        if len(was) == len(now) and len(apart) == 1:
            return apart[0]
        one, other = self.old.copy.surface(old.first, old.bare), self.new.copy.surface(new.first, new.bare)
        if one != other:
            return one, other
        return self.old.copy.surface(old.first, old.last), self.new.copy.surface(new.first, new.last)

    def phrases(self, old: Figure | None, new: Figure) -> tuple[str, str]:
        """Both figures with their units and what they count."""
        return _phrase(self.old, old) if old else "", _phrase(self.new, new)


def _digits(telling: Telling, figure: Figure) -> list[str]:
    places = range(figure.first, figure.bare)
    return [telling.copy.surface(at, at + 1) for at in places if telling.copy.words[at][0].isdigit()]


def _word(telling: Telling, at: int) -> str:
    return telling.copy.words[at] if 0 <= at < len(telling.copy.words) else ""


def _is_weekday(figure: Figure) -> bool:
    return any(reading[0] == "day" for reading in figure.readings)


def _phrase(telling: Telling, figure: Figure) -> str:
    """A figure with the sign before it, its unit and up to two words after it."""
    copy, last = telling.copy, figure.last
    if not figure.dated:
        while last < min(len(copy.words), figure.last + _COUNTED) and _counts(telling, last):
            last += 1
    end = copy.ends[last - 1]
    start = copy.starts[figure.first] - (copy.text[copy.starts[figure.first] - 1 : copy.starts[figure.first]] in "$€£¥")
    return copy.text[max(0, start) : end + (copy.text[end : end + 1] == "%")]


def _counts(telling: Telling, at: int) -> bool:
    """Whether a word may say what the figure before it counts."""
    copy = telling.copy
    between = copy.text[copy.ends[at - 1] : copy.starts[at]]
    return between in (" ", "-", "", " - ") and copy.words[at] not in _PLAIN and not copy.words[at][0].isdigit()

"""An article's copy with the facts that are compared, each read when it is first asked for."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from agents.dedupe.figures import Figure, figures, same
from agents.dedupe.names import is_capital, shouts
from agents.dedupe.numerals import DAYS, MONTHS
from agents.dedupe.quantities import Value
from agents.dedupe.quotes import quotations
from agents.dedupe.words import Copy
from streams.thresholds import ROOT

_ONE_VALUE = 100  # figures of one value kept, with other units or other days of a month; a longer list is filler


@dataclass(frozen=True)
class Telling:
    """One article's telling of a story."""

    copy: Copy

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, in order."""
        return figures(self.copy)

    @cached_property
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """Its quotations, as ranges of words."""
        return quotations(self.copy)

    @cached_property
    def shouts(self) -> bool:
        """Whether it is in capitals throughout."""
        return shouts(self.copy)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Its words, each cut to its root, so that an ending makes no new word."""
        return frozenset(word[:ROOT] for word in self.copy.words)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, whole."""
        return frozenset(self.copy.words)

    def named(self, first: int, last: int) -> frozenset[str]:
        """The words `first:last` with a capital, the first of a sentence and the calendar's aside: its names."""
        words, begins = self.copy.words, self.copy.begins
        places = (at for at in range(first, last) if is_capital(self.copy, at) and at not in begins)
        return frozenset(words[at] for at in places) - MONTHS.keys() - DAYS.keys()

    def figures_in(self, first: int, last: int) -> list[Figure]:
        """The figures that have a word in `first:last`, or hold this place between two of theirs."""
        begin = bisect_right(self.figures, first, key=attrgetter("last"))
        end = bisect_left(self.figures, last, key=attrgetter("first"))
        return list(self.figures[begin:end])

    def has(self, figure: Figure) -> bool:
        """Whether it tells this figure somewhere."""
        about = {reading[:2] for reading in figure.readings}
        return any(same(each, figure) for kind in about for each in self._by_reading.get(kind, ()))

    @cached_property
    def _by_reading(self) -> dict[Value, list[Figure]]:
        """The figures under the first two parts of each reading, which those that are the same share, each once."""
        distinct = {(each.readings, each.unit): each for each in self.figures}
        found: dict[Value, list[Figure]] = {}
        for each in distinct.values():
            for kind in {reading[:2] for reading in each.readings}:
                under = found.setdefault(kind, [])
                if len(under) < _ONE_VALUE:
                    under.append(each)
        return found

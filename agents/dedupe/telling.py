"""An article's copy with the facts that are compared, each read when it is first asked for."""

from dataclasses import dataclass
from functools import cached_property

from agents.dedupe.figures import Figure, figures
from agents.dedupe.names import shouts
from agents.dedupe.quotes import quotations
from agents.dedupe.words import Copy
from streams.thresholds import ROOT


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

    def figures_in(self, first: int, last: int) -> list[Figure]:
        """The figures that have a word in `first:last`, or hold this place between two of theirs."""
        return [each for each in self.figures if each.first < last and first < each.last]

"""Who told a passage first: from the verdict on the article that repeats it back to the one that had it as news.

A verdict names the closest earlier copy of a passage, which may have had it from still earlier copy itself; so its
evidence is followed from article to article, until one whose own passage there was new.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice, takewhile

from streams.records import Verdict, Weighed

_SEEN = ("seen", "brought")  # fates of a passage whose words earlier copy had

Place = tuple[str, int]  # an article, and where its passage begins


@dataclass(frozen=True, slots=True)
class Told:
    """The stretch `text[start:end]` of an article, and the article that told it first."""

    start: int
    end: int
    first: str


@dataclass(slots=True)
class Origins:
    """Follows passages back; `verdict` gives that on an article, None where it isn't kept any more."""

    verdict: Callable[[str], Verdict | None]
    _known: dict[Place, str] = field(default_factory=dict)

    def of(self, verdict: Verdict) -> list[Told]:
        """The passages of an article that others told before, in text order."""
        seen = [each for each in verdict.passages if each.fate in _SEEN and each.said]
        return [Told(each.start, each.end, self._first(verdict, each)) for each in seen]

    def _first(self, verdict: Verdict, passage: Weighed) -> str:
        path: list[Place] = []
        article, at = verdict.id, passage
        while (place := (article, at.start)) not in self._known and place not in path:
            path.append(place)
            if at.fate not in _SEEN or not at.said:
                break
            said = at.said[0]
            article = said.id
            earlier = self.verdict(article)
            found = _there(earlier, said.start, said.end) if earlier else None
            if not found:
                break
            at = found
        first = self._known.get(place, article)
        self._known |= dict.fromkeys(path, first)
        return first


def _there(verdict: Verdict, start: int, end: int) -> Weighed | None:
    """The passage that has most of a stretch of the text."""
    first = bisect_right(verdict.passages, start, key=lambda each: each.start) - 1
    within = takewhile(lambda each: each.start < end, islice(verdict.passages, max(0, first), None))
    most, found = max(
        ((min(end, each.end) - max(start, each.start), each) for each in within),
        key=lambda each: each[0],
        default=(0, None),
    )
    return found if most > 0 else None

"""What a passage tells otherwise than its earlier telling: figures, dates, names, quotes, and the opposite."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agents.dedupe import names
from agents.dedupe.alignment import Alignment, Earlier, Gap, alike
from agents.dedupe.denials import negations, turned
from agents.dedupe.numerals import DAYS, MONTHS
from agents.dedupe.quotes import around
from agents.dedupe.retold import Retold
from agents.dedupe.telling import Telling
from agents.dedupe.words import Span
from streams.records import Change, ChangeKind
from streams.thresholds import FRAGMENT, MISQUOTED, MISQUOTED_SHARE, ROOT, SAME_MATTER, TELLING_WORD, UNHEARD

# Who said it is told with words that are none of the news.
_ATTRIBUTION = frozenset("said says told tell added repor state accor stated annou noted offic autho spoke".split())


@dataclass(frozen=True, slots=True)
class Told:
    """A change, with the words `first:last` of the article that tell it."""

    first: int
    last: int
    change: Change


@dataclass(frozen=True)
class Reading:
    """A passage beside its earlier telling. `noisy` copy is mistyped throughout, so single slips mean nothing."""

    telling: Telling
    span: Span
    earlier: Earlier
    alignment: Alignment
    known: Sequence[Earlier]
    noisy: bool

    def changes(self, gaps: Sequence[Gap]) -> Iterator[Told]:
        """The facts told otherwise in some of the gaps, old and new as each side wrote them."""
        retold = Retold(self.telling, self.earlier.telling, self.alignment.gaps, self.known, self.noisy)
        for gap in gaps:
            yield from self._figures(retold, gap)
            yield from self._names(gap)
            yield from self._denials(gap)
        yield from self._quotes(gaps)

    def _figures(self, retold: Retold, gap: Gap) -> Iterator[Told]:
        for old, new in retold.figures(gap):
            was, now = retold.differing(old, new)
            kind: ChangeKind = "date" if new.dated and (old is None or old.dated) else "figure"
            yield self._told(kind, (new.first, new.last), (was, now), retold.phrases(old, new))

    def _names(self, gap: Gap) -> Iterator[Told]:
        """A name put for another that no earlier article has, or a title put for another."""
        old, new = self.earlier.telling, self.telling
        if old.shouts or new.shouts:
            return
        was = names.capitals(old.copy, gap.old_first, gap.old_last)
        now = names.capitals(new.copy, gap.new_first, gap.new_last)
        olds, news = old.copy.words[slice(*was)], new.copy.words[slice(*now)]
        if not olds or not news or any(word in MONTHS or word in DAYS for word in (*olds, *news)):
            return
        one, other = "".join(olds), "".join(news)
        if alike(one, other) or names.one_name(one, other, self.noisy) or names.is_title(olds) != names.is_title(news):
            return
        if not names.is_title(news) and all(any(word in each.telling.words for each in self.known) for word in news):
            return
        whole = names.whole(old.copy, *was), names.whole(new.copy, *now)
        yield self._told("name", now, (old.copy.surface(*was), new.copy.surface(*now)), whole)

    def _denials(self, gap: Gap) -> Iterator[Told]:
        """The opposite of what was said, unless a negation was only moved."""
        old, new = self.earlier.copy, self.telling.copy
        was, now = old.words[gap.old_first : gap.old_last], new.words[gap.new_first : gap.new_last]
        inner = gap.new_first > self.span.first and gap.new_last < self.span.last
        across = any(at in old.begins for at in range(gap.old_first + 1, gap.old_last + 1))
        if across or not (inner or (was and now)) or self.noisy or not turned(was, now):
            return
        gaps = self.alignment.gaps
        before = sum(negations(old.words[each.old_first : each.old_last]) for each in gaps)
        after = sum(negations(new.words[each.new_first : each.new_last]) for each in gaps)
        if negations(was) != negations(now) and before == after:
            return
        beside = 0 if was and now else 1
        one = old.surface(max(0, gap.old_first - beside), min(len(old.words), gap.old_last + beside))
        other = new.surface(gap.new_first - beside, gap.new_last + beside)
        yield self._told("denial", (gap.new_first, gap.new_last), (one, other))

    def _quotes(self, gaps: Sequence[Gap]) -> Iterator[Told]:
        """Other words in the same quotation marks."""
        if self.noisy:
            return
        misquoted: dict[tuple[tuple[int, int], tuple[int, int]], int] = {}
        for gap in gaps:
            now = around(self.telling.quotes, gap.new_first, gap.new_last)
            was = around(self.earlier.telling.quotes, gap.old_first, gap.old_last)
            if now and was and gap.new_last > gap.new_first and gap.old_last > gap.old_first:
                put = unheard(self.telling, gap.new_first, gap.new_last, self.known)
                misquoted[was, now] = misquoted.get((was, now), 0) + put
        for (was, now), count in misquoted.items():
            if count >= max(MISQUOTED, MISQUOTED_SHARE * (now[1] - now[0])):
                now = max(now[0], self.span.first), min(now[1], self.span.last)
                said = self.earlier.copy.surface(*was), self.telling.copy.surface(*now)
                yield self._told("quote", now, said)

    def _told(
        self, kind: ChangeKind, place: tuple[int, int], told: tuple[str, str], phrases: tuple[str, str] = ("", "")
    ) -> Told:
        was, now = phrases if phrases != told else ("", "")
        copy, (first, last) = self.telling.copy, place
        context, start = copy.text[self.span.start : self.span.end], copy.starts[first]
        change = Change(
            kind=kind,
            old=told[0],
            new=told[1],
            context=context,
            was=was,
            now=now,
            start=start,
            end=copy.ends[last - 1] if last > first else start,
        )
        return Told(first, last, change)


def names_alike(telling: Telling, span: Span, earlier: Sequence[Earlier]) -> bool:
    """Whether earlier copy has most names of a stretch: of another matter the trade writes like sentences."""
    names = telling.named(span.first, span.last)
    had = sum(any(name in each.telling.words for each in earlier) for name in names)
    return had > SAME_MATTER * len(names) or not names


def unheard(telling: Telling, first: int, last: int, earlier: Sequence[Earlier]) -> int:
    """How many of the words `first:last` no earlier article has in any form."""
    fresh = {word[:ROOT] for word in telling.copy.words[first:last] if len(word) >= TELLING_WORD or word.isdigit()}
    return sum(all(word not in each.telling.vocabulary for each in earlier) for word in fresh - _ATTRIBUTION)


def tells(telling: Telling, gap: Gap, earlier: Sequence[Earlier]) -> bool:
    """Whether words put into a known sentence tell something of their own."""
    put_in = gap.new_last - gap.new_first
    return put_in >= FRAGMENT and unheard(telling, gap.new_first, gap.new_last, earlier) >= UNHEARD

"""Wire copy by the thousand, with its truth: which facts each article tells, and what it comes after.

Events of invented names; each begins with an original, and runs on in updates, corrections, reprints and kills. The
same seed gives the same copy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Literal

from streams.records import RawArticle
from tests.chaos.words import SOURCES, follow, lead, name, person

Role = Literal["original", "update", "toll", "correction", "repeat", "kill", "advisory"]
_EMBARGO = 3.0  # seconds
_RUNNING = 40  # events that run at once; the oldest is over when another begins


@dataclass(frozen=True, slots=True)
class Shares:
    """Of all articles, the share of each kind (the rest are originals).

    Of repeats and updates `hurried` is the share that is sent on the heels of what it repeats or continues, and may
    overtake it.
    """

    repeats: float = 0.45
    updates: float = 0.12
    tolls: float = 0.06
    corrections: float = 0.02
    kills: float = 0.01
    advisories: float = 0.01
    embargoes: float = 0.01
    hurried: float = 0.25


@dataclass(frozen=True, slots=True)
class Copy:
    """An article, and what is true of it.

    `tells` are the marks of the facts that it carries: words that stand in no other passage of its `event`. `after`
    are the ids whose verdicts it comes after, `behind` those that are sent before it, judged or not. An `embargo` is in
    seconds, from when it is sent.
    """

    article: RawArticle
    event: int
    role: Role
    tells: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    embargo: float = 0.0


@dataclass(slots=True)
class Event:
    """What has been sent of an event: its versions, each with paragraphs and marks, and every id."""

    number: int
    place: str
    toll: int
    headline: str
    source: str
    ids: list[str] = field(default_factory=list)
    versions: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)  # id, paragraphs, marks
    embargoed: bool = False


class Newsroom:
    """Writes articles one after the other, a minute apart."""

    def __init__(self, seed: int, shares: Shares, begin: datetime) -> None:
        self._picks, self._shares, self._now = Random(seed), shares, begin
        self._events: list[Event] = []
        self._count, self._begun = 0, 0

    def write(self) -> Copy:
        """The next article."""
        self._count += 1
        self._now += timedelta(minutes=1)
        role = self._role()
        if role == "advisory":
            return self._advisory()
        event = self._begin() if role == "original" else self._picks.choice(self._events)
        copy = {
            "original": self._original, "update": self._update, "toll": self._toll, "correction": self._toll,
            "repeat": self._repeat, "kill": self._kill,
        }[role](event, role)  # fmt: skip
        event.ids.append(copy.article.id)
        return copy

    def _role(self) -> Role:
        if not self._events:
            return "original"
        shares = self._shares
        weights: dict[Role, float] = {
            "repeat": shares.repeats, "update": shares.updates, "toll": shares.tolls,
            "correction": shares.corrections, "kill": shares.kills, "advisory": shares.advisories,
        }  # fmt: skip
        weights["original"] = 1.0 - sum(weights.values())
        return self._picks.choices(list(weights), list(weights.values()))[0]

    def _begin(self) -> Event:
        self._begun += 1
        event = Event(
            self._begun, name(self._picks), self._picks.randrange(5, 400), "", self._picks.choice(SOURCES[:2])
        )
        self._events = [*self._events[-_RUNNING + 1 :], event]
        return event

    def _original(self, event: Event, role: Role) -> Copy:
        """The toll is its fact; the paragraphs below are colour, which a judge may set aside."""
        first = lead(self._picks, event.place, event.toll)
        below = [follow(self._picks, event.place, person(self._picks)) for _ in range(2)]
        event.headline = " ".join(first.rstrip(".").split()[:9])
        event.embargoed = self._picks.random() < self._shares.embargoes
        embargo = _EMBARGO if event.embargoed else 0.0
        marks = (f"{event.toll} people", *[""] * len(below))
        return self._version(event, role, (first, *below), marks, after=(), embargo=embargo)

    def _update(self, event: Event, role: Role) -> Copy:
        who, (earlier, paragraphs, marks) = person(self._picks), event.versions[-1]
        # A version that may be used takes the place of one that is held: that one would have no other verdict.
        hurries = self._hurries() and not event.embargoed
        after, behind = ((), (earlier,)) if hurries else ((earlier,), ())
        told = (*paragraphs, follow(self._picks, event.place, who))
        return self._version(event, role, told, (*marks, who), after=after, behind=behind)

    def _toll(self, event: Event, role: Role) -> Copy:
        """The toll rises, or is corrected: the old one is no longer true, so all that told it has gone before."""
        old, (_, paragraphs, marks) = event.toll, event.versions[-1]
        event.toll += self._picks.randrange(1, 40)
        lead, mark = paragraphs[0].replace(f"{old} people", f"{event.toll} people"), f"{event.toll} people"
        note = f"Corrects toll to {event.toll}, sted {old}, in first paragraph" if role == "correction" else None
        after = tuple(event.ids)
        return self._version(event, role, (lead, *paragraphs[1:]), (mark, *marks[1:]), after=after, note=note)

    def _version(
        self,
        event: Event,
        role: Role,
        paragraphs: tuple[str, ...],
        marks: tuple[str, ...],
        *,
        after: tuple[str, ...],
        behind: tuple[str, ...] = (),
        note: str | None = None,
        embargo: float = 0.0,
    ) -> Copy:
        earlier = [event.versions[-1][0]] if event.versions else []
        article = self._article(event.source, event.headline, paragraphs, note=note, evolved_from=earlier)
        event.versions.append((article.id, paragraphs, marks))
        return Copy(article, event.number, role, _told(marks), after, behind, embargo)

    def _repeat(self, event: Event, role: Role) -> Copy:
        """A version word for word in another's service, whole or without its end."""
        original, paragraphs, marks = self._picks.choice(event.versions[-2:])
        kept = len(paragraphs) - (self._picks.random() < 0.3)
        headline = " ".join(paragraphs[-1].split()[:6])
        article = self._article(self._picks.choice(SOURCES[2:]), headline, paragraphs[:kept])
        after, behind = ((), (original,)) if self._hurries() else ((original,), ())
        return Copy(article, event.number, role, _told(marks[:kept]), after, behind)

    def _kill(self, event: Event, role: Role) -> Copy:
        self._events.remove(event)
        said = (f"KILL KILL KILL. Editors: kill the story on {event.headline}. It has not been confirmed.",)
        earlier = [version for version, _, _ in event.versions]
        article = self._article(event.source, event.headline, said, evolved_from=earlier[-1:], status="canceled")
        return Copy(article, event.number, role, (), tuple(event.ids))

    def _advisory(self) -> Copy:
        said = (
            f"Editors: our schedule for hour {self._count} follows. There will be no picture by {person(self._picks)}.",
        )
        return Copy(self._article(SOURCES[0], f"ADVISORY-News schedule {self._count}", said), 0, "advisory")

    def _article(self, source: str, headline: str, paragraphs: Sequence[str], **fields: object) -> RawArticle:
        return RawArticle(
            id=f"copy-{self._count:06}",
            source=source,
            headline=headline,
            published=self._now,
            language="en",
            text="\n\n".join(paragraphs),
            **fields,  # type: ignore[arg-type]
        )

    def _hurries(self) -> bool:
        return self._picks.random() < self._shares.hurried


def _told(marks: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in marks if each)


def wire(count: int, seed: int = 1, shares: Shares | None = None, begin: datetime | None = None) -> list[Copy]:
    """So many articles in the order in which they are sent, the first a minute after `begin`.

    Without a time the last is sent now, to the hour.
    """
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    newsroom = Newsroom(seed, shares or Shares(), begin or now - timedelta(minutes=count))
    return [newsroom.write() for _ in range(count)]

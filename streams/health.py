"""Whether a worker is well: judged by what it answers, not by whether it runs.

A partition stalls where messages wait in it, none is answered, and nothing that it needs is away. That is how the
known failures of Faust look from outside: a fetcher that fetches no more, an offset that is never committed, a group
that shares out its partitions for ever. A store or broker that doesn't answer is waited out, and is no stall.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[str, int]  # topic, partition


@dataclass(frozen=True, slots=True)
class Position:
    """Where a partition stands: the offset up to which all is answered, and the one that its next message gets."""

    answered: int
    end: int

    @property
    def waiting(self) -> int:
        """Messages that wait."""
        return max(0, self.end - self.answered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is seen of a worker `at` a time, in seconds of a steady clock.

    `outages` says what doesn't answer, `sharing` that the worker waits for its partitions, and `signs` when work that
    takes long was last seen to go on, by partition. For `lost` seconds since the look before the whole process stood
    still, this watch too: nothing could be answered, and that is held against no partition.
    """

    at: float
    positions: Mapping[Place, Position] = field(default_factory=dict)
    outages: tuple[str, ...] = ()
    sharing: bool = False
    signs: Mapping[Place, float] = field(default_factory=dict)
    lost: float = 0.0


@dataclass(frozen=True, slots=True)
class Clocks:
    """Since when each partition stands where it stands, with messages that wait, and since when they are shared out."""

    standing: Mapping[Place, tuple[int, float]] = field(default_factory=dict)
    sharing: float | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until a partition that stands still has stalled, and so has a group that shares out its partitions."""

    standing: float
    sharing: float


@dataclass(frozen=True, slots=True)
class Health:
    """`alive` until the worker has stalled, `ready` while it works; `reasons` why not. `stalled` is in seconds."""

    alive: bool
    ready: bool
    reasons: tuple[str, ...] = ()
    stalled: float = 0.0


STARTING = Health(alive=True, ready=False, reasons=("it starts",))


def advance(clocks: Clocks, look: Look) -> Clocks:
    """The clocks after a look: an outage, and partitions shared out anew, set those of partitions back."""
    if look.outages:
        return Clocks()
    if look.sharing:
        return Clocks({}, look.at if clocks.sharing is None else clocks.sharing + look.lost)
    return Clocks({place: _stood(clocks, look, place) for place in look.positions})


def _stood(clocks: Clocks, look: Look, place: Place) -> tuple[int, float]:
    position = look.positions[place]
    before, since = clocks.standing.get(place, (None, look.at))
    since += look.lost
    if before != position.answered or not position.waiting:
        since = look.at
    return position.answered, max(since, look.signs.get(place, since))


def health(clocks: Clocks, look: Look, patience: Patience) -> Health:
    """The judgement on a look, with the clocks as they are after it."""
    if look.outages:
        return Health(alive=True, ready=False, reasons=look.outages)
    if clocks.sharing is not None:
        took = look.at - clocks.sharing
        stalled = took if took >= patience.sharing else 0.0
        said = f"the group has shared out its partitions for {took:.0f} s" if stalled else "it waits for its partitions"
        return Health(not stalled, False, (said,), stalled)
    stood = {place: look.at - since for place, (_, since) in clocks.standing.items()}
    late = {place: took for place, took in stood.items() if took >= patience.standing}
    reasons = tuple(_said(place, took, look.positions[place]) for place, took in sorted(late.items()))
    return Health(not late, not late, reasons, max(late.values(), default=0.0))


def _said(place: Place, took: float, position: Position) -> str:
    return (
        f"{place[0]}/{place[1]} has answered nothing for {took:.0f} s: it stands at {position.answered} of "
        f"{position.end}, {position.waiting} wait, and store and broker answer"
    )

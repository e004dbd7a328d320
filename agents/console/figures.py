"""The river in figures: what came in each minute, how long it took, and how far the workers are behind."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import quantiles

from agents.console.index import Index

MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """Articles judged in a minute. `half` of them took no longer, and `most` (95 of 100), in seconds."""

    at: float
    alerts: int = 0
    repeats: int = 0
    others: int = 0
    half: float | None = None
    most: float | None = None


@dataclass(slots=True)
class Lags:
    """How many messages the workers were behind, by topic, measured now and then: the last so many times."""

    taken: deque[tuple[float, Mapping[str, int]]] = field(default_factory=lambda: deque(maxlen=MINUTES * 6))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The last hour by the minute, oldest first, and the sums of what is kept."""

    minutes: list[Minute]
    lags: list[tuple[float, Mapping[str, int]]]
    articles: int
    repeats: int
    alerts: int
    stories: int
    rejected: int
    since: float | None


def figures(index: Index, lags: Lags, now: float) -> Figures:
    """The figures at a time in seconds since 1970."""
    sums = index.row(
        """SELECT count(*) AS articles, sum(kind = 'repeat') AS repeats, count(DISTINCT story) AS stories,
            sum(rang) AS alerts, sum(kind = 'rejected') AS rejected, min(at) AS since FROM verdicts"""
    )
    assert sums  # noqa: S101 - an aggregate always has its row
    named = {name: sums[name] or 0 for name in ("articles", "repeats", "alerts", "stories", "rejected")}
    return Figures(minutes=_minutes(index, now), lags=list(lags.taken), since=sums["since"], **named)


def _minutes(index: Index, now: float) -> list[Minute]:
    last = int(now // 60)
    kinds: dict[int, list[str]] = {last - ago: [] for ago in range(MINUTES)}
    took: dict[int, list[float]] = {minute: [] for minute in kinds}
    for row in index.rows("SELECT at, kind, rang, born FROM verdicts WHERE at >= ?", 60.0 * (last - MINUTES + 1)):
        minute = int(row["at"] // 60)
        if minute in kinds:
            kinds[minute].append("alert" if row["rang"] else row["kind"])
            if row["born"] is not None and row["kind"] != "hold":
                took[minute].append(max(0.0, row["at"] - row["born"]))
    return [_minute(minute, kinds[minute], took[minute]) for minute in sorted(kinds)]


def _minute(minute: int, kinds: list[str], took: list[float]) -> Minute:
    alerts, repeats = kinds.count("alert"), kinds.count("repeat")
    cuts = quantiles(took, n=20, method="inclusive") if len(took) > 1 else took * 19
    return Minute(
        at=60.0 * minute,
        alerts=alerts,
        repeats=repeats,
        others=len(kinds) - alerts - repeats,
        half=round(cuts[9], 3) if cuts else None,
        most=round(cuts[18], 3) if cuts else None,
    )

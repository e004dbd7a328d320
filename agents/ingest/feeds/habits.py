"""Notices of sources that break their habit: one fell silent, one fails, one brings nothing but repeats."""

from collections.abc import Mapping

from agents.ingest.feeds.feed import State, Tally

_DAY = 86400.0
_ARRIVALS = 8  # fewer make no habit
_LONGER = 2.0  # times the second longest silence in four weeks: it holds nights and weekends, and no single outage
_RARER = 9.2  # times the mean: a Poisson source is silent so long once in 10,000 times (exp -9.2)
_WEEKEND = 3 * _DAY  # what may lie ahead of a feed that is known for less than two weeks
_WEEKENDS_KNOWN = 13  # days
_FAILURES = 5  # in a row, each waited for twice as long as the one before
_REPEATS = 30  # in a row: where nine of ten are repeats, that comes by chance once in 24


def silent_after(state: State) -> float | None:
    """Seconds without copy that are against this feed's habit; None while it has none."""
    if len(state.arrivals) < _ARRIVALS or len(state.gaps) < 2:
        return None
    first, last = state.arrivals[0], state.arrivals[-1]
    mean = (last - first) / (len(state.arrivals) - 1)
    floor = 0.0 if max(state.gaps) - min(state.gaps) >= _WEEKENDS_KNOWN else _WEEKEND
    return max(_LONGER * sorted(state.gaps.values())[-2], _RARER * mean, floor)


def notices(state: State, tally: Tally, now: float) -> Mapping[str, str]:
    """What is amiss, by kind (`silent`, `failing`, `repeats`), in words for a person."""
    found = {}
    usual = silent_after(state)
    if usual is not None and now - state.arrivals[-1] > usual:
        found["silent"] = f"no copy for {_span(now - state.arrivals[-1])}, against its habit ({_span(usual)} at most)"
    if state.failures >= _FAILURES:
        found["failing"] = f"{state.failures} polls failed in a row: {state.status}"
    if tally.run >= _REPEATS:
        found["repeats"] = f"its last {tally.run} articles all repeat what was known"
    return found


def since(state: State, found: Mapping[str, str], now: float) -> dict[str, float]:
    """When each of the notices was raised first."""
    return {kind: state.notices.get(kind, now) for kind in found}


def _span(seconds: float) -> str:
    if seconds >= 2 * _DAY:
        return f"{seconds / _DAY:.0f} days"
    return f"{seconds / 3600:.0f} h" if seconds >= 7200 else f"{seconds / 60:.0f} min"

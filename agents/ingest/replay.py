"""The pace of a replay: when each article is due, at a rate of our own or at that of its day."""

import time
from collections.abc import Callable, Iterable, Iterator

from agents.ingest.formats import Found, Input

Pace = Callable[[Input], float]


def unhurried(each: Input) -> float:
    """No pace: every input is due at once."""
    return 0.0


def steady(rate: float) -> Pace:
    """So many inputs a second."""
    count = 0

    def due(each: Input) -> float:
        nonlocal count
        count += 1
        return (count - 1) / rate

    return due


def real_time(speed: float) -> Pace:
    """`speed` times as fast as the articles were published; one without a date follows the one before at once."""
    first: float | None = None
    last = 0.0

    def due(each: Input) -> float:
        nonlocal first, last
        if isinstance(each, Found) and each.dated:
            published = each.dated.timestamp()
            first = published if first is None else first
            last = max(last, (published - first) / speed)
        return last

    return due


def paced(inputs: Iterable[Input], pace: Pace, sleep: Callable[[float], None] = time.sleep) -> Iterator[Input]:
    """Each input when it is due; `pace` says when, in seconds since the first was there."""
    start: float | None = None
    for each in inputs:
        now = time.monotonic()
        start = now if start is None else start
        if (wait := start + pace(each) - now) > 0:
            sleep(wait)
        yield each

"""How figures are taken: times of the wall and of the processors, and medians of runs that take turns."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from redis import Redis


@dataclass(frozen=True, slots=True)
class Lap:
    """What some articles took: seconds of the wall, of our processor, and of the store's."""

    articles: int
    wall: float
    ours: float
    store: float

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.wall


class Clock:
    """Times work on a store: `with`-less, so that coroutines can be timed as well."""

    def __init__(self, store: Redis) -> None:
        self._store = store
        self._wall, self._ours, self._used = time.perf_counter(), time.process_time(), _used(store)

    def lap(self, articles: int) -> Lap:
        """What it took since the beginning."""
        wall, ours = time.perf_counter() - self._wall, time.process_time() - self._ours
        return Lap(articles, wall, ours, _used(self._store) - self._used)


def _used(store: Redis) -> float:
    cpu = store.info("cpu")
    return float(cpu["used_cpu_user"] + cpu["used_cpu_sys"])


def in_turns(rounds: int, **runs: Callable[[int], Lap]) -> Mapping[str, Lap]:
    """Run each, one after another, so many times; gives of each the run of the median rate.

    What else the machine does falls on all of them alike.
    """
    laps: dict[str, list[Lap]] = {name: [] for name in runs}
    for turn in range(rounds):
        for name, run in runs.items():
            laps[name].append(run(turn))
    return {name: _middle(each) for name, each in laps.items()}


def _middle(laps: list[Lap]) -> Lap:
    middle = median(lap.rate for lap in laps)
    return min(laps, key=lambda lap: abs(lap.rate - middle))

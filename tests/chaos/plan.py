"""What goes wrong, and when: drawn from a seed, and timed by how many articles are judged, so that it can be had again."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal, get_args

Act = Literal[
    "kill worker", "stop worker", "hang worker", "worker joins", "worker leaves", "kill broker", "kill store",
    "cut connections", "slow connections", "redeliver",
]  # fmt: skip
ACTS: tuple[Act, ...] = get_args(Act)

# How long each lasts, in seconds. A worker that stops for longer than its session (10 s) loses its partitions and comes
# back as a stranger; one that stops for less goes on. A worker that hangs is ended by its own watch.
LASTS: Mapping[Act, tuple[float, float]] = {
    "kill worker": (0.0, 3.0),
    "stop worker": (1.0, 25.0),
    "kill broker": (2.0, 15.0),
    "kill store": (0.5, 8.0),
    "slow connections": (3.0, 10.0),
}
_FIRST, _LAST = 0.05, 0.92  # of the articles: when it begins, the river runs, and when it ends, there is some left


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """At `at` articles judged `act` happens; `pick` says to which of those there are, modulo their number."""

    at: int
    act: Act
    pick: int
    seconds: float = 0.0


def plan(articles: int, counts: Mapping[Act, int], seed: int) -> list[Fault]:
    """So many faults of each kind, each kind strewn evenly over the run with a chance of its own for each place."""
    picks, faults = Random(seed), []
    for act in ACTS:  # in one order, whatever that of `counts`: the same seed gives the same plan
        for number in range(count := counts.get(act, 0)):
            share = _FIRST + (_LAST - _FIRST) * (number + picks.random()) / count
            low, high = LASTS.get(act, (0.0, 0.0))
            faults.append(Fault(int(share * articles), act, picks.randrange(1000), round(picks.uniform(low, high), 1)))
    return sorted(faults)


def counts(*, worker_kills: int, broker_kills: int, store_kills: int) -> dict[Act, int]:
    """How many faults of each kind: those asked for, and of the others some for each kill of a worker."""
    some = -(-worker_kills // 4)
    return {
        "kill worker": worker_kills,
        "stop worker": some,
        "hang worker": -(-worker_kills // 20),
        "worker joins": some,
        "worker leaves": some,
        "kill broker": broker_kills,
        "kill store": store_kills,
        "cut connections": 2 * some,
        "slow connections": some,
        "redeliver": 2 * some,
    }

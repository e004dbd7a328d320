"""A day of the wires on many machines: what partitions, workers and stores are asked for, and what breaks first.

It goes by seconds of the day. Sketches, buckets and slots are the real ones of made-up copy (`bench.bulk`), partitions
are Kafka's (murmur2 of the article's id), and costs are measured: the JSON line that scripts/bench writes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from aiokafka.partitioner import murmur2
from numpy.typing import NDArray
from redis.crc import key_slot

from agents.dedupe.store import LOAD, PREFIX
from bench.bulk import Ints, Press, bucket_of, placed

_DAY = 86_400  # seconds
_STEP = 10  # seconds of a queue looked at together
_BURSTS = 5  # breaking news of a day
_TOWER = 8.0  # how far the highest of them towers over the day's mean, in articles a second
_FADES = 1_500.0  # seconds in which a burst falls to a third
_SKETCHED = 10_000  # articles whose sketches stand for all
_SLOTS = 16_384  # of a cluster
_SPARE = 0.7  # share of a processor that a worker or store may be given at the highest

Rates = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Costs:
    """What one article takes, of a mixed wire: milliseconds of a worker's core and of the store's, and bytes kept."""

    worker_ms: float
    store_ms: float
    archive_bytes: float
    ledger_bytes: float

    @classmethod
    def of(cls, figures: Mapping[str, float]) -> "Costs":
        """From the figures of scripts/bench."""
        rooms = ("clean", "dedupe", "extract", "alert")
        return cls(
            worker_ms=sum(figures[f"room_{room}_ms"] for room in rooms),
            store_ms=sum(figures[f"room_{room}_store_ms"] for room in rooms),
            # A store that holds little has buckets that hold little: what an article takes shows in a full one.
            archive_bytes=figures["growth_index_bytes_at_100000"] + figures["growth_text_bytes_at_100000"],
            ledger_bytes=figures["room_alert_bytes"],
        )


def rates(daily: float, draw: np.random.Generator) -> Rates:
    """Articles in each second of a day: quiet nights, busy days, and bursts that rise at once and fade."""
    second = np.arange(_DAY)
    shape = 1 + 0.6 * np.sin(2 * np.pi * (second / _DAY - 0.3))
    for burst, begin in enumerate(draw.integers(0, _DAY, _BURSTS)):
        since = second - begin
        tall = _TOWER if burst == 0 else draw.uniform(1, _TOWER / 2)
        shape += np.where(since >= 0, tall * np.exp(-np.maximum(since, 0) / _FADES), 0)
    return np.asarray(draw.poisson(daily * shape / shape.sum()), dtype=np.float64)


def waits(arrivals: Rates, shares: Rates, rate: float) -> Rates:
    """Steps that an article waits, by step, at the worker that has it longest.

    `shares` are the workers' shares of the copy, `rate` is what one does in a step.
    """
    longest, queue = np.zeros(len(arrivals)), np.zeros(len(shares))
    for second, coming in enumerate(arrivals):
        queue = np.maximum(0.0, queue + coming * shares - rate)
        longest[second] = queue.max() / rate
    return longest


def workers_for(arrivals: Rates, costs: Costs, cores: int, patience: float) -> tuple[int, int, Rates]:
    """How many workers let 99 in 100 articles wait no longer than `patience`; their partitions; the waits."""
    rate = _STEP * 1000 * cores * _SPARE / costs.worker_ms
    coming = arrivals.reshape(-1, _STEP).sum(axis=1)
    few, many = 0, max(1, int(coming.mean() / rate))

    def waited(count: int) -> Rates:
        return _STEP * waits(coming, _shares(max(8, 4 * count), count), rate)

    def enough(count: int) -> bool:
        return _weighed(waited(count), coming, 0.99) <= patience

    while not enough(many):
        few, many = many, 2 * many
    while many - few > max(1, many // 50):
        middle = (few + many) // 2
        few, many = (few, middle) if enough(middle) else (middle, many)
    return many, max(8, 4 * many), waited(many)


def _shares(partitions: int, workers: int) -> Rates:
    """The share of the copy that each worker gets, by the partition of real ids."""
    ids = (murmur2(f"wire-{each}".encode()) & 0x7FFFFFFF for each in range(max(20_000, 50 * partitions)))
    counts = np.bincount(np.fromiter(ids, dtype=np.int64) % partitions, minlength=partitions)
    owned = np.bincount(np.arange(partitions) % workers, weights=counts, minlength=workers)
    return np.asarray(owned / owned.sum(), dtype=np.float64)


def skew(press: Press, shards: int) -> float:
    """How much more the busiest of so many stores is asked than the mean, where fingerprints are shared out."""
    asked = np.zeros(shards)
    for block in press.blocks(_SKETCHED):
        prints, _ = press.fingerprints(block)
        asked += np.bincount(placed(prints)[0] % shards, minlength=shards)
    return float(asked.max() / asked.mean())


def slot_skew(press: Press, nodes: int) -> float:
    """The same for a cluster's nodes, each bucket being a key of its own slot."""
    places = np.concatenate([placed(press.fingerprints(block)[0])[0] for block in press.blocks(_SKETCHED)])
    buckets: Ints = bucket_of(places, max(4096, len(places) // LOAD))
    keys, counts = np.unique(buckets, return_counts=True)
    slots = np.array([key_slot(f"{PREFIX}f:0:{key}".encode()) for key in keys.tolist()])
    asked = np.bincount(slots * nodes // _SLOTS, weights=counts, minlength=nodes)
    return float(asked.max() / asked.mean())


def _weighed(values: Rates, weights: Rates, share: float) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][min(len(values) - 1, int(np.searchsorted(reached, share)))])


@click.command()
@click.argument("figures", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--daily", type=float, default=1e6, show_default=True, help="articles a day")
@click.option("--window", type=float, default=168.0, show_default=True, help="hours for which copy is remembered")
@click.option("--memory", type=float, default=64.0, show_default=True, help="GiB that a store's machine gives it")
@click.option("--cores", type=int, default=2, show_default=True, help="cores of a worker")
@click.option("--patience", type=float, default=60.0, show_default=True, help="seconds that 99 in 100 may wait")
@click.option("--seed", type=int, default=1, show_default=True)
def main(figures: Path, daily: float, window: float, memory: float, cores: int, patience: float, seed: int) -> None:
    """Size workers, partitions and stores for so many articles a day from FIGURES, what scripts/bench --json wrote."""
    measured: dict[str, float] = {}
    for line in figures.read_text().splitlines():
        measured |= json.loads(line)
    costs, draw = Costs.of(measured), np.random.default_rng(seed)
    arrivals = rates(daily, draw)
    count, partitions, found = workers_for(arrivals, costs, cores, patience)
    minute = arrivals.reshape(-1, 60).mean(axis=1).max()
    kept = 2 * window * 3600 * daily / _DAY * (costs.archive_bytes + costs.ledger_bytes)
    by_memory = kept / (memory * 2**30)
    by_time = minute * costs.store_ms / 1000 / _SPARE
    stores = max(1, int(np.ceil(max(by_memory, by_time))))
    press = Press(seed)
    rows = {
        "articles a second, mean": arrivals.mean(),
        "articles a second, highest minute": minute,
        f"workers of {cores} cores": count,
        "partitions": partitions,
        "cores at the mean, if nothing is to spare": arrivals.mean() * costs.worker_ms / 1000,
        "longest wait of 99 in 100 articles, s": _weighed(found, arrivals.reshape(-1, _STEP).sum(axis=1), 0.99),
        "longest wait, s": found.max(),
        "busiest worker over the mean": _shares(partitions, count).max() * count,
        "store: its one core, highest minute": minute * costs.store_ms / 1000,
        "store: GiB kept at most": kept / 2**30,
        f"stores by memory, of {memory:g} GiB": by_memory,
        "stores by time, highest minute": by_time,
        "stores": stores,
        "busiest store over the mean, by fingerprint": skew(press, stores),
        "busiest node over the mean, by slots of buckets": slot_skew(press, max(3, stores)),
    }
    for name, value in rows.items():
        print(f"{name:50} {value:14,.2f}")


if __name__ == "__main__":
    main()

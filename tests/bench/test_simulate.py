"""A day on many machines."""

import numpy as np

from bench.bulk import Press
from bench.simulate import Costs, rates, skew, waits, workers_for

COSTS = Costs(worker_ms=80, store_ms=4, archive_bytes=2_000, ledger_bytes=7_000)


def day(articles: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return rates(articles, np.random.default_rng(1))


def test_a_day_has_its_articles_and_towers_over_its_mean() -> None:
    arrivals = day(1e6)
    assert abs(arrivals.sum() / 1e6 - 1) < 0.01
    assert 5 < arrivals.reshape(-1, 60).mean(axis=1).max() / arrivals.mean() < 10


def test_nobody_waits_where_workers_keep_up_and_a_queue_is_worked_off() -> None:
    arrivals = np.array([4.0, 12.0, 4.0, 4.0])
    assert waits(arrivals, np.array([0.5, 0.5]), 4.0).tolist() == [0.0, 0.5, 0.0, 0.0]


def test_the_busiest_worker_is_waited_for() -> None:
    assert waits(np.array([8.0]), np.array([0.25, 0.75]), 4.0).tolist() == [0.5]


def test_more_articles_want_more_workers() -> None:
    few, partitions, found = workers_for(day(1e5), COSTS, cores=2, patience=60.0)
    many, _, _ = workers_for(day(1e6), COSTS, cores=2, patience=60.0)
    assert few < many
    assert partitions >= few
    assert len(found) == 8_640


def test_stores_share_fingerprints_out_evenly() -> None:
    assert 1.0 <= skew(Press(1), 4) < 1.1

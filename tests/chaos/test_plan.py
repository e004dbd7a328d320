"""The plan of faults can be had again, and asks for what it was told to ask for."""

from collections import Counter

from tests.chaos.plan import Act, counts, plan

ASKED: dict[Act, int] = {"kill worker": 20, "kill broker": 5, "kill store": 3, "stop worker": 5}


def test_the_same_seed_plans_the_same_faults_in_whatever_order_they_are_asked_for() -> None:
    assert plan(5000, ASKED, 7) == plan(5000, dict(reversed(ASKED.items())), 7)
    assert plan(5000, ASKED, 7) != plan(5000, ASKED, 8)


def test_there_are_as_many_of_each_as_asked_for_and_all_while_the_river_runs() -> None:
    faults = plan(5000, ASKED, 7)
    assert Counter(each.act for each in faults) == ASKED
    assert all(0 < each.at < 5000 for each in faults)


def test_faults_of_a_kind_are_strewn_over_the_whole_run() -> None:
    kills = [each.at for each in plan(5000, ASKED, 7) if each.act == "kill worker"]
    assert all(any(start <= at < start + 1250 for at in kills) for start in range(250, 4000, 250))


def test_kills_of_workers_bring_other_faults_with_them_and_none_brings_none() -> None:
    assert all(counts(worker_kills=20, broker_kills=5, store_kills=3).values())
    assert not any(counts(worker_kills=0, broker_kills=0, store_kills=0).values())

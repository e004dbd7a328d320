"""A worker is judged by what it answers: a stall is seen, and neither an outage, idleness nor long work is one."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from streams.health import Clocks, Health, Look, Patience, Position, advance, health

RAW, CLEAN = ("wire.raw", 0), ("wire.clean", 3)
PATIENCE = Patience(standing=60.0, sharing=120.0)
STORE = "the store does not answer"


def seen(at: float, answered: int, end: int, **more: Any) -> Look:
    """A look at one partition."""
    return Look(at=at, positions={RAW: Position(answered, end)}, **more)


def after(looks: Sequence[Look]) -> Health:
    """The judgement on the last of some looks."""
    clocks = Clocks()
    for look in looks:
        clocks = advance(clocks, look)
    return health(clocks, looks[-1], PATIENCE)


def test_a_partition_that_answers_nothing_while_messages_wait_has_stalled_and_the_reason_names_it() -> None:
    judged = after([seen(at, 7, 12) for at in (0, 30, 75)])
    assert (judged.alive, judged.ready, judged.stalled) == (False, False, 75)
    assert judged.reasons == (
        "wire.raw/0 has answered nothing for 75 s: it stands at 7 of 12, 5 wait, and store and broker answer",
    )


WELL = {
    "it is soon": [seen(0, 7, 12), seen(59, 7, 12)],
    "it answers slowly": [seen(at, at // 50, 1000) for at in range(0, 1000, 50)],
    "nothing waits": [seen(at, 12, 12) for at in (0, 500, 1000)],
    "a message came just now": [seen(0, 12, 12), seen(500, 12, 12), seen(505, 12, 13)],
    "retention took what waited": [seen(0, 7, 12), seen(30, 7, 12), seen(61, 40, 40)],
    "a standby has no partitions": [Look(at=0), Look(at=1000)],
    "it was given the partition anew": [seen(0, 7, 12), Look(at=30), seen(31, 7, 12), seen(80, 7, 12)],
    "the whole process stood still": [seen(0, 7, 12), seen(205, 7, 12, lost=200.0), seen(210, 8, 12)],
    "a part of long work is done": [seen(0, 7, 12), seen(70, 7, 12, signs={RAW: 65.0})],
}


@pytest.mark.parametrize("looks", WELL.values(), ids=WELL)
def test_a_worker_is_well_where(looks: Sequence[Look]) -> None:
    assert after(looks) == Health(alive=True, ready=True)


def test_long_work_on_one_partition_excuses_no_other() -> None:
    assert not after([seen(0, 7, 12), seen(70, 7, 12, signs={CLEAN: 65.0})]).alive


def test_one_partition_that_stalls_beside_others_that_work_is_a_stall() -> None:
    looks = [
        Look(at=at, positions={RAW: Position(7, 12), CLEAN: Position(int(at), int(at) + 9)}) for at in (0.0, 30.0, 60.0)
    ]
    judged = after(looks)
    assert [each.split()[0] for each in judged.reasons] == ["wire.raw/0"]


def test_an_outage_is_waited_out_and_afterwards_patience_begins_anew() -> None:
    away = [seen(0, 7, 12), *(seen(at, 7, 12, outages=(STORE,)) for at in (30, 90, 1000))]
    assert after(away) == Health(alive=True, ready=False, reasons=(STORE,))
    assert after([*away, seen(1010, 7, 12), seen(1060, 7, 12)]).alive
    assert not after([*away, seen(1010, 7, 12), seen(1070, 7, 12)]).alive


def test_a_group_that_never_shares_out_its_partitions_is_a_stall() -> None:
    looks = [Look(at=at, sharing=True) for at in (0, 60, 119, 120)]
    assert after(looks[:3]) == Health(alive=True, ready=False, reasons=("it waits for its partitions",))
    judged = after(looks)
    assert (judged.alive, judged.stalled) == (False, 120)
    assert judged.reasons == ("the group has shared out its partitions for 120 s",)


def test_time_in_which_the_process_stood_still_is_no_excuse_for_the_rest() -> None:
    looks = [seen(0, 7, 12), seen(205, 7, 12, lost=200.0), seen(260, 7, 12)]
    assert after(looks[:2]).alive
    assert after(looks).stalled == 60
    shared = [Look(at=0, sharing=True), Look(at=205, sharing=True, lost=200.0), Look(at=320, sharing=True)]
    assert after(shared[:2]).alive
    assert after(shared).stalled == 120


def test_sharing_out_anew_sets_the_clocks_of_partitions_back() -> None:
    looks = [seen(0, 7, 12), Look(at=50, sharing=True), seen(55, 7, 12), seen(110, 7, 12)]
    assert after(looks).alive


@pytest.mark.parametrize(("answered", "end", "waiting"), [(3, 9, 6), (9, 9, 0), (9, 3, 0)])
def test_what_waits_is_what_was_not_answered(answered: int, end: int, waiting: int) -> None:
    """The last: a topic made anew begins at 0."""
    assert Position(answered, end).waiting == waiting


def test_the_clocks_forget_partitions_that_went_to_others() -> None:
    clocks: Mapping[Any, Any] = advance(advance(Clocks(), seen(0, 7, 12)), Look(at=1)).standing
    assert clocks == {}

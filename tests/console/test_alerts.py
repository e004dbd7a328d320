"""The list of alerts: in order, in pages, and resumed where a line broke."""

import pytest

from agents.console.alerts import Wanted, missed, one, page, read_position, since, write_position
from streams.problems import Problem
from streams.records import Change, NamedEntity
from tests.console.samples import NOON, alert, desk, sent, take, verdict


def test_the_latest_comes_first_whatever_partition_it_lay_in() -> None:
    console = desk()
    take(console, sent(alert("early"), NOON, 1, 5), sent(alert("late"), NOON + 60, 0, 2), sent(alert("mid"), NOON + 30))
    assert [each.id for each in page(console.index, None, 10).alerts] == ["late", "mid", "early"]


def test_pages_follow_one_another_without_gap_or_overlap_even_within_a_millisecond() -> None:
    console = desk()
    take(console, *(sent(alert(f"a{n}"), NOON + n // 4, 0, n) for n in range(30)))
    found, cursor = [], None
    while True:
        part = page(console.index, cursor, 7)
        found += [each.id for each in part.alerts]
        if not (cursor := part.older):
            break
    assert len(found) == len(set(found)) == part.total == 30


RENAMED = Change(kind="name", old="Undine", new="Ondine", context="It was the Ondine.")
ONDINE = [NamedEntity(name="Ondine", kind="FAC", new=True)]
WANTED = [
    (Wanted(words="toll"), ["b", "a"]),
    (Wanted(words="TOLL ris"), ["b"]),
    (Wanted(words='"ferry toll"'), ["a"]),
    (Wanted(words="malmo"), ["c"]),
    (Wanted(words="ondine"), ["c", "a"]),
    (Wanted(entity="Ondine"), ["a"]),
    (Wanted(entity="Ondine", words="blog"), []),
    (Wanted(kind="update", words="prosecutor"), ["b"]),
    (Wanted(words='!? " OR NOT'), []),
    (Wanted(words="!?", entity='"'), ["c", "b", "a"]),
]


@pytest.mark.parametrize(("wanted", "found"), WANTED)
def test_alerts_are_found_by_words_and_by_whom_they_name(wanted: Wanted, found: list[str]) -> None:
    console = desk()
    take(
        console,
        sent(alert("a", "Ferry toll at 12", entities=ONDINE), NOON, offset=0),
        sent(alert("b", "The rising toll", kind="update", summary=["A prosecutor came."]), NOON + 1, offset=1),
        sent(alert("c", "Malmö mourns", source="Blog", changes=[RENAMED]), NOON + 2, offset=2),
    )
    known = page(console.index, None, 10, wanted)
    assert ([each.id for each in known.alerts], known.total) == (found, len(found))


def test_words_of_alerts_that_went_are_forgotten_with_them() -> None:
    console = desk(most=2)
    take(console, *(sent(alert(f"a{n}", "Ferry"), NOON + n, offset=n) for n in range(5)))
    assert [each.id for each in page(console.index, None, 10, Wanted(words="ferry")).alerts] == ["a4", "a3"]
    assert len(console.index.rows("SELECT rowid FROM told")) == 2


def test_what_has_no_headline_is_headed_by_what_it_withdraws_or_by_its_first_words() -> None:
    console = desk()
    take(
        console,
        sent(alert("a", "Ferry sinks"), NOON, offset=0),
        sent(alert("kill", "", "withdrawal", recalls=["a"], summary=[]), NOON + 1, offset=1),
        sent(alert("bare", "", summary=["A mine flooded."]), NOON + 2, offset=2),
    )
    assert [each.headline for each in page(console.index, None, 10).alerts] == [
        "A mine flooded.",
        "Ferry sinks",
        "Ferry sinks",
    ]


def test_only_one_kind_or_source_can_be_asked_for() -> None:
    console = desk()
    take(
        console,
        sent(alert("a"), offset=0),
        sent(alert("b", kind="update", source="Blog"), offset=1),
        sent(alert("c", kind="update"), offset=2),
    )
    found = page(console.index, None, 10, Wanted("update", "Harbour Post"))
    assert ([each.id for each in found.alerts], found.total) == (["c"], 1)


@pytest.mark.parametrize("cursor", ["", "x", "1:2:3", "1e9:1", "-1:1", "1:1 OR 1"])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Problem) as caught:
        page(desk().index, cursor, 10)
    assert caught.value.status == 400


def test_an_alert_recalled_is_marked_whichever_is_read_first() -> None:
    kill = alert("kill", kind="withdrawal", recalls=["rung"])
    for order in ((alert("rung"), kill), (kill, alert("rung"))):
        console = desk()
        take(console, *(sent(each, offset=n) for n, each in enumerate(order)))
        rung = one(console.index, "rung")
        assert rung
        assert rung.recalled


def test_after_a_position_come_those_behind_it_alone_in_each_partition() -> None:
    console = desk()
    take(console, *(sent(alert(f"{p}/{n}"), NOON + n, p, n) for n in range(4) for p in (0, 1)))
    told, number = since(console.index, {0: 2, 1: 0}, 0)
    assert [each.row.id for each in told] == ["1/1", "1/2", "0/3", "1/3"]
    assert since(console.index, {0: 2, 1: 0}, number) == ([], number)


def test_many_missed_come_in_turns_and_all_of_them() -> None:
    console = desk()
    take(console, *(sent(alert(f"a{n}"), NOON + n, 0, n) for n in range(450)))
    found, number = [], 0
    while True:
        told, number = since(console.index, {0: 9}, number)
        if not told:
            break
        found += [each.row.id for each in told]
    assert found == [f"a{n}" for n in range(10, 450)]


def test_who_was_away_for_longer_than_is_kept_is_told_so() -> None:
    console = desk(most=10)
    take(console, *(sent(alert(f"a{n}"), NOON + n, 0, n) for n in range(30)))
    assert missed(console.index, {0: 5})
    assert not missed(console.index, {0: 19})
    assert not missed(console.index, {0: 29})


def test_a_position_is_read_as_it_was_written() -> None:
    assert read_position(write_position({1: 5, 0: 12})) == {0: 12, 1: 5}
    assert read_position("") == {}


@pytest.mark.parametrize("text", ["1", "1:2,", "a:1", "1:-1", "0:1;1:2", "9" * 30 + ":1"])
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(Problem):
        read_position(text)


def test_a_message_that_can_not_be_read_takes_nothing_with_it() -> None:
    console = desk()
    broken = sent(verdict("x"))
    broken.value = b"{"
    take(console, broken, sent(alert("a")))
    assert page(console.index, None, 10).total == 1


def test_a_position_never_falls_back_whatever_the_order() -> None:
    console = desk()
    take(console, *(sent(alert(f"a{n}"), NOON, 0, n) for n in (3, 1, 2)))
    assert console.intake.position == {0: 3}

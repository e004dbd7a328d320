"""A dropped file is read once it is whole, and never before."""

import os
from pathlib import Path

import pytest

from agents.ingest.drops.settling import Look, Settling


def look(size: int = 10, written: int = 0, changed: int | None = None) -> Look:
    return Look(1, size, written, written if changed is None else changed)


def test_a_file_is_whole_once_it_has_looked_the_same_for_long_enough() -> None:
    settling = Settling(2)
    assert settling.whole({"a": look()}, 100) == []
    assert settling.whole({"a": look()}, 101.9) == []
    assert settling.whole({"a": look()}, 102) == ["a"]


def test_a_file_that_grows_waits_from_its_last_byte_on() -> None:
    settling = Settling(2)
    settling.whole({"a": look()}, 100)
    settling.whole({"a": look(20, 1)}, 101)
    assert settling.whole({"a": look(20, 1)}, 102.5) == []
    assert settling.whole({"a": look(20, 1)}, 103) == ["a"]


def test_a_file_renamed_in_is_whole_almost_at_once() -> None:
    settling = Settling(60)
    renamed = look(written=1, changed=2)
    assert settling.whole({"a": renamed}, 100) == []
    assert settling.whole({"a": renamed}, 100.3) == ["a"]


def test_an_empty_file_that_was_touched_is_not_taken_for_one_renamed_in() -> None:
    settling = Settling(60)
    touched = look(size=0, written=1, changed=2)
    settling.whole({"a": touched}, 100)
    assert settling.whole({"a": touched}, 130) == []


def test_a_clock_of_the_file_server_that_is_years_off_changes_nothing() -> None:
    settling = Settling(2)
    old = look(written=-(10**18))
    assert settling.whole({"a": old}, 100) == []
    assert settling.whole({"a": old}, 102) == ["a"]


def test_what_was_written_first_is_taken_first() -> None:
    settling = Settling(2)
    files = {"a": look(written=3), "b": look(written=1), "c": look(written=2)}
    settling.whole(files, 100)
    assert settling.whole(files, 102) == ["b", "c", "a"]


def test_the_next_look_is_due_when_the_next_file_can_be_whole() -> None:
    settling = Settling(2)
    assert settling.wait(100) is None
    settling.whole({"a": look(), "b": look(written=1, changed=2)}, 100)
    assert settling.wait(100) == pytest.approx(0.2)
    assert settling.wait(101) == 1


def test_a_file_renamed_after_its_last_byte_looks_closed_and_one_just_written_does_not(tmp_path: Path) -> None:
    file = tmp_path / "a.tmp"
    file.write_text("Copy")
    os.utime(file, ns=(0, file.stat().st_mtime_ns - 10**9))
    assert Look.at(file.rename(tmp_path / "a.txt").stat()).closed
    with (tmp_path / "b.txt").open("w") as written:
        written.write("Copy")
        written.flush()
        assert not Look.at(os.fstat(written.fileno())).closed

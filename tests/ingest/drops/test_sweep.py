"""What a drop folder does with files when reading, sending or filing them does not go as it should."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agents.ingest.contents import Read, read
from agents.ingest.drops.drop import Drop, drop
from agents.ingest.drops.folder import Folder
from agents.ingest.formats import Input
from agents.ingest.pushes.push import Position
from streams.errors import BrokerUnavailable
from streams.settings import Settings

MOST = 1000


@dataclass
class Wire:
    """Takes what is published, after so many outages."""

    outages: int = 0
    taken: list[str] = field(default_factory=list)

    async def publish(self, inputs: Sequence[Input]) -> list[Position]:
        if self.outages:
            self.outages -= 1
            raise BrokerUnavailable("away")
        self.taken += [each.key for each in inputs]
        return [("raw", 0, 0)] * len(inputs)


def at(folder: Path, wire: Wire, reading: Read = read) -> Drop:
    return Drop(Folder(folder), reading, wire.publish, 1e-9, MOST)


async def swept(dropping: Drop, times: int = 4) -> None:
    """A file is seen in one sweep and taken in the next."""
    for _ in range(times):
        await dropping.sweep()


def found(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


async def test_a_file_waits_in_hand_while_the_broker_is_away(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Copy")
    wire = Wire(outages=2)
    await swept(at(tmp_path, wire))
    assert (wire.taken, found(tmp_path)) == (["a"], ["done/a.txt"])


async def test_what_is_too_large_for_a_message_fails_and_the_rest_is_sent(tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_text('{"id": "a", "text": "A"}\n{"id": "b", "text": "%s"}\n' % ("B" * MOST))
    wire = Wire()
    await swept(at(tmp_path, wire))
    assert (wire.taken, found(tmp_path)) == (["a"], ["failed/two.jsonl", "failed/two.jsonl.reason.txt"])
    reason = (tmp_path / "failed/two.jsonl.reason.txt").read_text()
    assert "1 sent; 1 not" in reason
    assert "two.jsonl:2" in reason


async def test_many_articles_of_one_file_all_go_out_in_order(tmp_path: Path) -> None:
    names = [str(number) for number in range(1201)]
    (tmp_path / "wire.jsonl").write_text("\n".join(f'{{"id": "{name}", "text": "A"}}' for name in names))
    wire = Wire()
    await swept(at(tmp_path, wire))
    assert (wire.taken, found(tmp_path)) == (names, ["done/wire.jsonl"])


async def test_a_file_written_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ferry on")
    texts: list[bytes] = []

    def reading(data: bytes, place: str) -> Iterable[Input]:
        if not texts:
            (held,) = tmp_path.glob(".working-*")
            with held.open("a") as file:
                file.write(" fire")
        texts.append(data)
        return read(data, place)

    wire = Wire()
    await swept(at(tmp_path, wire, reading))
    assert (wire.taken, texts) == (["a"], [b"Ferry on", b"Ferry on fire"])
    assert (tmp_path / "done/a.txt").read_text() == "Ferry on fire"


async def test_a_reader_that_fails_fails_its_file_alone(tmp_path: Path) -> None:
    for name in ("bad.txt", "good.txt"):
        (tmp_path / name).write_text("Copy")

    def reading(data: bytes, place: str) -> Iterable[Input]:
        if place == "bad.txt":
            raise ZeroDivisionError("of its own")
        return read(data, place)

    wire = Wire()
    await swept(at(tmp_path, wire, reading))
    assert wire.taken == ["good"]
    assert "ZeroDivisionError" in (tmp_path / "failed/bad.txt.reason.txt").read_text()


async def test_a_file_that_can_not_be_filed_is_not_sent_again_and_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.txt").write_text("Copy")
    wire = Wire()
    dropping = at(tmp_path, wire)
    (tmp_path / "done").rmdir()
    await swept(dropping, 6)
    assert wire.taken == ["a"]
    assert "a.txt stays in the drop folder" in caplog.text
    (tmp_path / "b.txt").write_text("Copy")
    (tmp_path / "done").mkdir()
    await swept(dropping)
    assert wire.taken == ["a", "b"]
    assert "done/b.txt" in found(tmp_path)


async def test_a_folder_that_goes_away_is_waited_for(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder, wire = tmp_path / "drop", Wire()
    folder.mkdir()
    dropping = at(folder, wire)
    hidden = folder.rename(tmp_path / "hidden")
    await swept(dropping)
    assert "can't be read" in caplog.text
    (hidden.rename(folder) / "a.txt").write_text("Copy")
    await swept(dropping)
    assert wire.taken == ["a"]


async def test_reasons_without_end_are_cut(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    (tmp_path / "wire.jsonl").write_text("nonsense\n" * 100)
    await swept(at(tmp_path, Wire()))
    lines = (tmp_path / "failed/wire.jsonl.reason.txt").read_text().splitlines()
    assert (len(lines), lines[-1]) == (21, "and 80 more")
    assert lines[0].startswith("wire.jsonl:1: not JSON")


def test_without_a_folder_nothing_is_watched() -> None:
    assert drop(Settings(), read, Wire().publish) is None

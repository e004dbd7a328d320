"""Files dropped on a running worker: published, filed away, and neither lost nor told twice when it is killed."""

import asyncio
import os
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from gzip import compress
from pathlib import Path

import pytest

from agents.commands.worker import Worker
from streams.codec import decode
from streams.embedded import start_store
from streams.records import RawArticle
from tests.pushing import on_topic
from tests.running import PATIENCE, Running, apart


@dataclass
class Dropping:
    """A drop folder with a worker on it."""

    folder: Path
    running: Running

    def drop(self, name: str, data: bytes) -> None:
        """Put a file there as careful senders do: whole at once."""
        hidden = self.folder / f".{name}.tmp"
        hidden.write_bytes(data)
        hidden.rename(self.folder / name)

    def filed(self, *names: str) -> None:
        """Until these files are where they are said to be: `done/a.txt`."""
        await_that(self.running.worker, lambda: all((self.folder / name).exists() for name in names), self.seen)

    def says(self, reason: Path, words: str) -> None:
        """Until a reason says this: a file's name is taken first, then the reason is written, and the file comes last."""
        await_that(self.running.worker, lambda: reason.exists() and words in reason.read_text(), self.seen)

    def seen(self) -> str:
        """What lies in the folder."""
        return str(sorted(str(each.relative_to(self.folder)) for each in self.folder.rglob("*")))

    def published(self) -> dict[str, list[bytes]]:
        """The messages on wire.raw, by key."""
        found: dict[str, list[bytes]] = {}
        for key, value in asyncio.run(on_topic(self.running.settings)).values():
            found.setdefault(key, []).append(value)
        return found

    def texts(self, article: str) -> list[str | None]:
        """The texts that were published under an id."""
        return [decode(each, RawArticle).text for each in self.published()[article]]


def await_that(worker: Worker, true: Callable[[], bool], seen: Callable[[], str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        worker.check()
        assert time.monotonic() < deadline, f"{seen()}\n{worker.last_words()}"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def dropping(embedded_broker: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dropping]:
    """A worker for all tests of this file, and what lay in its folder before it started."""
    folder = tmp_path_factory.mktemp("drop")
    (folder / "before.txt").write_text("Copy that lay there before")
    (folder / ".working-0a1b2c3d-left.txt").write_text("Copy that a killed worker left")
    with start_store() as store:
        settings = apart(
            embedded_broker, store, "drop", tagger_processes=0, drop_folder=str(folder), drop_settle_seconds=0.5
        )
        with Worker(settings) as worker:
            yield Dropping(folder, Running(settings, worker))


def test_what_lay_there_before_and_what_a_killed_worker_left_is_taken_in(dropping: Dropping) -> None:
    dropping.filed("done/before.txt", "done/left.txt")
    assert dropping.texts("before") == ["Copy that lay there before"]
    assert dropping.texts("left") == ["Copy that a killed worker left"]


def test_a_file_is_filed_as_done_with_all_its_articles_published(dropping: Dropping) -> None:
    dropping.drop("two.jsonl.gz", compress(b'{"id": "one", "text": "A"}\n{"id": "two", "text": "B"}\n'))
    dropping.filed("done/two.jsonl.gz")
    assert {"one", "two"} <= set(dropping.published())


def test_a_file_that_is_still_written_waits_for_its_last_byte(dropping: Dropping) -> None:
    with (dropping.folder / "slow.txt").open("w") as file:
        for part in ("The ferry ", "is ", "on fire"):
            file.write(part)
            file.flush()
            time.sleep(0.2)
    dropping.filed("done/slow.txt")
    assert dropping.texts("slow") == ["The ferry is on fire"]


def test_what_can_not_be_read_fails_with_its_reason_beside_it(dropping: Dropping) -> None:
    broken = b'{"id": "broken", "text"'
    dropping.drop("broken.json", broken)
    dropping.drop("none.jsonl", b"\n\n")
    dropping.drop("cut.txt.gz", compress(os.urandom(1000))[:-100])
    dropping.filed("failed/broken.json", "failed/none.jsonl", "failed/cut.txt.gz")
    failed = dropping.folder / "failed"
    assert (failed / "broken.json").read_bytes() == broken
    for name, words in (
        ("broken.json", "broken.json: not JSON"),
        ("none.jsonl", "no article"),
        ("cut.txt.gz", "unpacked"),
    ):
        dropping.says(failed / f"{name}.reason.txt", words)


def test_what_can_not_be_read_among_articles_is_rejected_and_the_articles_go_on(dropping: Dropping) -> None:
    dropping.drop("mixed.jsonl", b'{"id": "good", "text": "A"}\n{"id": "bad", "txt": "B"}\n')
    dropping.filed("done/mixed.jsonl")
    rejected = dropping.running.rejection("bad")
    assert rejected.value == b'{"id": "bad", "txt": "B"}'
    assert "did you mean `text`?" in rejected.reason
    assert dropping.running.verdict("good").verdict != "rejected"


def test_the_same_name_again_overwrites_nothing(dropping: Dropping) -> None:
    for number in range(2):
        dropping.drop("same.txt", b"Copy %d" % number)
        dropping.filed(("done/same.txt", "done/same-1.txt")[number])
    assert [(dropping.folder / "done" / name).read_text() for name in ("same.txt", "same-1.txt")] == [
        "Copy 0",
        "Copy 1",
    ]


def test_hidden_and_unfinished_files_stay(dropping: Dropping) -> None:
    for name in (".hidden.txt", "a.tmp", "b.part"):
        (dropping.folder / name).write_text("Copy")
    dropping.drop("after.txt", b"Copy after them")
    dropping.filed("done/after.txt", ".hidden.txt", "a.tmp", "b.part")
    assert not {"hidden", ".hidden", "a", "b"} & set(dropping.published())


def test_workers_killed_amid_files_lose_none_and_tell_none_in_two_ways(dropping: Dropping, tmp_path: Path) -> None:
    names = {f"kill-{number}" for number in range(120)}
    for name in names:
        (tmp_path / f"{name}.txt").write_text(f"Copy of {name}")
    prefix = f"kill-{uuid.uuid4().hex[:8]}"
    settings = replace(dropping.running.settings, drop_folder=str(tmp_path), topic_prefix=prefix)
    done = tmp_path / "done"

    def filed() -> int:
        return len(list(done.glob("*.txt")))

    for progress in (1, 40, 120):
        with Worker(settings) as worker:
            await_that(worker, lambda: filed() >= progress, lambda: f"{filed()} filed")  # noqa: B023
            worker.kill()
    afterwards = Dropping(tmp_path, Running(settings, worker))
    assert {each.stem for each in done.iterdir()} == names
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == []
    assert set(afterwards.published()) == names
    assert {name: set(values) for name, values in afterwards.published().items() if len(set(values)) > 1} == {}


def test_a_folder_that_is_not_there_ends_the_worker_with_its_name(dropping: Dropping, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with Worker(
        replace(dropping.running.settings, drop_folder=str(gone), topic_prefix=f"gone-{uuid.uuid4().hex[:8]}")
    ) as worker:
        assert worker.process.wait(PATIENCE)
        assert f"COPYTASTER_DROP_FOLDER={gone}" in worker.last_words()

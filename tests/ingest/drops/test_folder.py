"""Files of a drop folder are claimed by one worker alone, and filed without overwriting anything."""

import errno
import os
from pathlib import Path

import pytest

from agents.ingest.drops.claim import Claim
from agents.ingest.drops.folder import Folder
from streams.errors import SettingsError


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def drop(folder: Folder, name: str, text: str = "Copy") -> Path:
    path = folder.path / name
    path.write_text(text)
    return path


def claimed(folder: Folder, name: str) -> Claim:
    claim = folder.claim(name)
    assert claim
    return claim


def names(path: Path) -> list[str]:
    return sorted(each.name for each in path.iterdir())


def test_hidden_and_unfinished_files_folders_and_links_are_left_alone(folder: Folder) -> None:
    for name in ("a.txt", ".hidden", "b.tmp", "c.part", "d.TMP", ".working-notes"):
        drop(folder, name)
    (folder.path / "sub").mkdir()
    (folder.path / "link.txt").symlink_to("/etc/hostname")
    assert list(folder.looks()) == ["a.txt"]


def test_of_two_workers_one_gets_the_file(folder: Folder) -> None:
    drop(folder, "a.txt")
    first, second = folder.claim("a.txt"), folder.claim("a.txt")
    assert first
    assert second is None
    first.__exit__()


def test_a_file_in_work_is_nobody_elses_until_its_worker_is_gone(folder: Folder) -> None:
    drop(folder, "a.txt")
    with claimed(folder, "a.txt"):
        (left,) = folder.looks()
        assert folder.claim(left) is None
    with claimed(folder, left) as again:  # closed without being filed, as a kill does
        assert again.name == "a.txt"
        assert again.read(100) == b"Copy"
        assert again.file(folder.done) == folder.done / "a.txt"
    assert folder.looks() == {}


def test_a_claim_reads_no_more_than_is_asked_for_and_one_byte(folder: Folder) -> None:
    drop(folder, "a.txt", "Copy of the day")
    with claimed(folder, "a.txt") as claim:
        assert claim.read(4) == b"Copy "


def test_the_same_name_again_overwrites_nothing(folder: Folder) -> None:
    for text in ("1", "2", "3"):
        drop(folder, "wire.v2.txt", text)
        with claimed(folder, "wire.v2.txt") as claim:
            claim.file(folder.done)
    assert {each.name: each.read_text() for each in folder.done.iterdir()} == {
        "wire.v2.txt": "1",
        "wire.v2-1.txt": "2",
        "wire.v2-2.txt": "3",
    }


def test_a_file_dropped_under_the_name_of_one_in_work_stays(folder: Folder) -> None:
    drop(folder, "a.txt", "1")
    with claimed(folder, "a.txt") as claim:
        later = drop(folder, "a.txt", "2")
        claim.file(folder.done)
    assert later.read_text() == "2"
    assert (folder.done / "a.txt").read_text() == "1"


def test_what_failed_has_its_reason_beside_it(folder: Folder) -> None:
    for reason in ("not JSON", "not UTF-8"):
        drop(folder, "a.json")
        with claimed(folder, "a.json") as claim:
            claim.file_with(reason, folder.failed)
    assert names(folder.failed) == ["a-1.json", "a-1.json.reason.txt", "a.json", "a.json.reason.txt"]
    assert (folder.failed / "a-1.json.reason.txt").read_text() == "not UTF-8\n"


def test_a_reason_that_lies_there_already_is_not_overwritten(folder: Folder) -> None:
    (folder.failed / "a.json.reason.txt").write_text("mine")
    drop(folder, "a.json")
    with claimed(folder, "a.json") as claim:
        assert claim.file_with("not JSON", folder.failed) == folder.failed / "a-1.json"
    assert (folder.failed / "a.json.reason.txt").read_text() == "mine"


@pytest.mark.parametrize("made", [True, False])
def test_a_kill_while_a_file_is_filed_files_it_once(folder: Folder, made: bool) -> None:
    drop(folder, "a.txt")
    with claimed(folder, "a.txt"):
        (left,) = folder.looks()
    (folder.failed / "a.txt").hardlink_to(folder.path / left)
    if made:
        (folder.failed / "a.txt.reason.txt").write_text("not JSON\n")
    with claimed(folder, left) as claim:
        claim.file_with("not JSON", folder.failed)
    assert names(folder.failed) == ["a.txt", "a.txt.reason.txt"]
    assert names(folder.path) == ["done", "failed"]


def test_where_a_file_can_not_have_two_names_it_is_filed_all_the_same(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "no second name")

    monkeypatch.setattr(os, "link", refuse)
    for _ in range(2):
        drop(folder, "a.txt")
        with claimed(folder, "a.txt") as claim:
            claim.file(folder.done)
    assert names(folder.done) == ["a-1.txt", "a.txt"]
    assert names(folder.path) == ["done", "failed"]


def test_a_file_that_can_not_be_filed_stays_and_leaves_nothing_there(folder: Folder, tmp_path: Path) -> None:
    drop(folder, "a.txt")
    with claimed(folder, "a.txt") as claim, pytest.raises(FileNotFoundError):
        claim.file(folder.path / "gone")
    (left,) = folder.looks()
    assert (folder.path / left).read_text() == "Copy"


def test_a_file_that_is_gone_is_no_error(folder: Folder) -> None:
    assert folder.claim("a.txt") is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_keeps_its_name(folder: Folder) -> None:
    drop(folder, "a.txt").chmod(0)
    with pytest.raises(PermissionError, match="may not read"):
        folder.claim("a.txt")
    assert list(folder.looks()) == ["a.txt"]


def test_a_folder_that_is_not_there_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"COPYTASTER_DROP_FOLDER=.*gone.*make the folder"):
        Folder(tmp_path / "gone")

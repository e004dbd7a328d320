"""Files, folders and standard input become articles, and what can't be read is kept."""

import gzip
import io
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from agents.ingest.files import Order, read
from agents.ingest.formats import Found, Unreadable
from streams.errors import CopytasterError
from streams.records import RawArticle


def found(*paths: Path | str, order: Order = "name") -> list[RawArticle]:
    inputs = list(read([str(path) for path in paths], order))
    assert all(isinstance(each, Found) for each in inputs), inputs
    return [each.article for each in inputs if isinstance(each, Found)]


def ids(*paths: Path | str) -> list[str]:
    return [article.id for article in found(*paths)]


def unreadable(path: Path) -> Unreadable:
    (only,) = read([str(path)])
    assert isinstance(only, Unreadable), only
    return only


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_text_file_is_an_article_named_after_it(tmp_path: Path) -> None:
    path = write(tmp_path / "001_ferry.v2.txt", "Ferry on fire\n\nAll are safe.")
    assert found(path) == [RawArticle(id="001_ferry.v2", text="Ferry on fire\n\nAll are safe.")]


@pytest.mark.parametrize("name", ["page.html", "page.HTM"])
def test_a_page_is_kept_as_html(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, "<p>Ferry on fire")
    assert found(path) == [RawArticle(id="page", html="<p>Ferry on fire")]


def test_json_lines_give_one_article_a_line_and_pass_over_empty_ones(tmp_path: Path) -> None:
    path = write(tmp_path / "wire.jsonl", '{"id": "a", "text": "A"}\n\n  \r\n{"id": "b", "text": "B"}')
    assert ids(path) == ["a", "b"]


def test_a_bad_line_is_kept_whole_with_its_place_and_reason(tmp_path: Path) -> None:
    path = write(
        tmp_path / "wire.ndjson", '{"id": "a", "text": "A"}\n\n{"id": "b", "txt": "B"}\n{"id": "c", "text": "C"}'
    )
    good, bad, more = read([str(path)])
    assert isinstance(good, Found)
    assert isinstance(more, Found)
    assert good.place == f"{path}:1"
    assert bad == Unreadable(f"{path}:3", b'{"id": "b", "txt": "B"}', "unknown field `txt`; did you mean `text`?")


def test_what_can_not_be_read_goes_by_its_id_or_else_by_its_place(tmp_path: Path) -> None:
    path = write(tmp_path / "wire.jsonl", b'{"id": "b", "txt": "B"}\n{"text": "C"}\n{"id": 7}\n\xff\n{"id": "')
    assert [each.key for each in read([str(path)])] == ["b", *(f"{path}:{line}" for line in (2, 3, 4, 5))]


def test_a_json_file_holds_one_article(tmp_path: Path) -> None:
    assert ids(write(tmp_path / "one.json", '\n{"id": "a", "text": "A"}\n')) == ["a"]


def test_a_json_file_may_hold_a_list_with_the_index_as_place(tmp_path: Path) -> None:
    path = write(tmp_path / "list.json", '[{"id": "a", "text": "A"}, {"id": 7}]')
    good, bad = read([str(path)])
    assert (good.place, bad.place) == (f"{path}[1]", f"{path}[2]")
    assert isinstance(bad, Unreadable)


def test_a_json_file_that_breaks_off_is_kept_whole(tmp_path: Path) -> None:
    bad = unreadable(write(tmp_path / "list.json", '[{"id": "a", "text": "A"}, {"id'))
    assert bad.value == b'[{"id": "a", "text": "A"}, {"id'
    assert bad.reason


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    lines = write(tmp_path / "1.jsonl.gz", gzip.compress(b'{"id": "a", "text": "A"}\n'))
    text = write(tmp_path / "2.txt.gz", gzip.compress(b"B"))
    assert found(lines, text) == [RawArticle(id="a", text="A"), RawArticle(id="2", text="B")]


def test_a_packed_file_that_is_cut_off_stops_with_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "wire.jsonl.gz", gzip.compress(os.urandom(5000))[:-2000])
    with pytest.raises(CopytasterError, match=r"wire\.jsonl\.gz: can't be read to its end"):
        list(read([str(path)]))


def test_standard_input_is_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = SimpleNamespace(buffer=io.BytesIO(b'{"id": "a", "text": "A"}\n{'))
    monkeypatch.setattr(sys, "stdin", stdin)
    good, bad = read(["-"])
    assert isinstance(good, Found)
    assert good.article.id == "a"
    assert bad.place == "standard input:2"


def test_a_pipe_given_as_a_path_is_json_lines() -> None:
    out, into = os.pipe()
    os.write(into, b'{"id": "a", "text": "A"}\n')
    os.close(into)
    try:
        assert ids(f"/dev/fd/{out}") == ["a"]
    finally:
        os.close(out)


def test_a_folder_is_read_by_name_with_all_below_and_without_what_is_no_copy(tmp_path: Path) -> None:
    for name in (
        "2.txt",
        "10.txt",
        "z/1.txt",
        "a/b/1.txt",
        "README",
        "readme.txt",
        "notes.md",
        ".hidden.txt",
        ".git/x.txt",
    ):
        write(tmp_path / name, "Copy")
    assert ids(tmp_path) == ["10", "2", "a/b/1", "z/1"]


def test_what_a_folder_holds_beside_copy_is_skipped_with_a_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path / "1.txt", "Copy")
    write(tmp_path / "photo.jpg", b"\xff\xd8")
    assert ids(tmp_path) == ["1"]
    assert "photo.jpg" in caplog.text


def test_a_folder_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    write(tmp_path / "README.md", "About")
    with pytest.raises(CopytasterError, match="nothing to read"):
        list(read([str(tmp_path)]))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CopytasterError, match=r"gone\.txt.*No such file"):
        list(read([str(tmp_path / "gone.txt")]))


def test_a_file_without_a_known_suffix_is_plain_text(tmp_path: Path) -> None:
    assert found(write(tmp_path / "story", "Copy")) == [RawArticle(id="story", text="Copy")]


def test_a_file_that_holds_no_text_is_kept_as_it_is(tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4
    bad = unreadable(write(tmp_path / "picture.txt", picture))
    assert (bad.value, bad.key) == (picture, bad.place)
    assert "UTF-8" in bad.reason


def test_a_name_that_is_not_utf8_still_gives_an_id_that_can_be_sent(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(name, "w") as file:  # noqa: PTH123 - a name in bytes
            file.write("Copy")
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    (only,) = read([os.fsdecode(name)])
    assert only.key == "caf\ufffd"
    assert only.value


def test_paths_are_read_in_the_order_given_one_at_a_time(tmp_path: Path) -> None:
    second = write(tmp_path / "b.jsonl", '{"id": "b1", "text": "B"}\n{"id": "b2", "text": "B"}\n')
    inputs = read([str(second), str(tmp_path / "gone.txt")])
    assert [next(inputs).key, next(inputs).key] == ["b1", "b2"]  # the missing one isn't opened before its turn


@pytest.fixture
def dated(tmp_path: Path) -> Callable[..., list[str]]:
    def sort(*days: int | None) -> list[str]:
        for number, day in enumerate(days):
            write(tmp_path / f"{number}.txt", str(day or ""))

        def when(article: RawArticle) -> datetime | None:
            return datetime(2026, 3, int(article.text), tzinfo=UTC) if article.text else None

        return [each.key for each in read([str(tmp_path)], "date", when)]

    return sort


def test_by_date_the_oldest_comes_first(dated: Callable[..., list[str]]) -> None:
    assert dated(12, 8, 10) == ["1", "2", "0"]


def test_by_date_what_has_none_comes_last_in_the_order_of_names(dated: Callable[..., list[str]]) -> None:
    assert dated(None, 12, 12, None, 8) == ["4", "1", "2", "0", "3"]


def test_by_date_without_a_finder_the_published_field_decides(tmp_path: Path) -> None:
    path = write(
        tmp_path / "wire.jsonl",
        '{"id": "late", "text": "L", "published": "2026-03-02T00:00:00Z"}\nnonsense\n'
        '{"id": "early", "text": "E", "published": "2026-03-02T01:00:00+02:00"}\n',
    )
    assert [each.key for each in read([str(path)], "date")] == ["early", "late", f"{path}:2"]

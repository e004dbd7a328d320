"""`copytaster replay` puts everything it finds onto the first topic."""

from pathlib import Path

import pytest

from agents.commands.replay import replay
from streams.codec import decode
from streams.errors import BrokerUnavailable
from streams.records import RawArticle
from tests.commands.conftest import Run, Stored


def lines(path: Path, *values: str) -> Path:
    path.write_text("\n".join(values))
    return path


def test_every_article_is_published_under_its_id(run: Run, kept: Stored, tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("Ferry on fire")
    lines(tmp_path / "2.jsonl", '{"id": "a", "text": "A", "source": "X"}', '{"id": "b", "text": "B"}')
    result = run(replay, tmp_path)
    messages = {each.key: decode(each.value, RawArticle) for each in kept("raw")}
    assert messages == {
        b"1": RawArticle(id="1", text="Ferry on fire"),
        b"a": RawArticle(id="a", text="A", source="X"),
        b"b": RawArticle(id="b", text="B"),
    }
    assert result.stdout.startswith("3 articles")


def test_the_same_input_gives_the_same_messages(run: Run, kept: Stored, tmp_path: Path) -> None:
    path = lines(tmp_path / "wire.jsonl", *(f'{{"id": "{number}", "text": "Copy"}}' for number in range(20)))
    run(replay, path)
    first = sorted((each.key, each.value) for each in kept("raw"))
    run(replay, path)
    assert sorted((each.key, each.value) for each in kept("raw")) == sorted(first * 2)


def test_what_can_not_be_read_is_published_as_it_is(run: Run, kept: Stored, tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_bytes(b'{"id": "a", "text": "A"}\n\xff\xfe nonsense\n')
    result = run(replay, path)
    assert {each.key: each.value for each in kept("raw")}[f"{path}:2".encode()] == b"\xff\xfe nonsense"
    assert "1 unreadable" in result.stdout


def test_standard_input_is_replayed(run: Run, kept: Stored) -> None:
    run(replay, "-", text=b'{"id": "a", "text": "A"}\n')
    assert [each.key for each in kept("raw")] == [b"a"]


def test_an_article_of_twenty_megabytes_is_carried_whole(run: Run, kept: Stored, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("word " * 4_000_000)
    run(replay, tmp_path)
    (message,) = kept("raw")
    assert len(decode(message.value, RawArticle).text or "") == 20_000_000


def test_what_is_larger_than_a_message_may_be_is_named_and_the_rest_goes(
    run: Run, kept: Stored, tmp_path: Path, environment: dict[str, str]
) -> None:
    environment["COPYTASTER_MAX_MESSAGE_BYTES"] = "1000"
    (tmp_path / "1.txt").write_text("word " * 1000)
    (tmp_path / "2.txt").write_text("Copy")
    result = run(replay, tmp_path)
    assert [each.key for each in kept("raw")] == [b"2"]
    assert result.exit_code == 1
    assert "1.txt: not sent" in result.stderr
    assert "COPYTASTER_MAX_MESSAGE_BYTES" in result.stderr


def test_by_date_articles_go_out_in_the_order_they_were_published(
    run: Run, kept: Stored, tmp_path: Path, environment: dict[str, str]
) -> None:
    environment["COPYTASTER_PARTITIONS"] = "1"
    path = lines(
        tmp_path / "wire.jsonl",
        *(f'{{"id": "{day}", "text": "Copy", "published": "2026-03-0{day}T12:00:00Z"}}' for day in (3, 1, 2)),
    )
    run(replay, path, "--order", "date")
    assert [each.key for each in sorted(kept("raw"), key=lambda each: each.offset)] == [b"1", b"2", b"3"]


@pytest.mark.parametrize("options", [["--rate", "1000"], ["--speed", "1e6"]])
def test_a_pace_loses_nothing(run: Run, kept: Stored, tmp_path: Path, options: list[str]) -> None:
    path = lines(
        tmp_path / "wire.jsonl",
        *(f'{{"id": "{day}", "text": "Copy", "published": "2026-03-0{day}T12:00:00Z"}}' for day in (3, 1, 2)),
    )
    run(replay, path, *options)
    assert {each.key for each in kept("raw")} == {b"1", b"2", b"3"}


@pytest.mark.parametrize(
    "options",
    [["--rate", "0"], ["--speed", "-1"], ["--rate", "1", "--speed", "1"], ["--speed", "1", "--order", "name"]],
)
def test_a_pace_that_makes_no_sense_is_refused(run: Run, tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "1.txt").write_text("Copy")
    result = run(replay, tmp_path, *options)
    assert result.exit_code == 2
    assert "--" in result.stderr


def test_a_broker_that_is_not_there_is_named_with_the_setting(run: Run, tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("Copy")
    with pytest.raises(BrokerUnavailable, match=r"127\.0\.0\.1:1\b.*COPYTASTER_BROKER"):
        run(replay, tmp_path, "--broker", "127.0.0.1:1")

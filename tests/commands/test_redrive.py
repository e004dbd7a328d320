"""`copytaster redrive` puts rejected messages back where they came from, each once."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agents.commands.redrive import redrive
from streams.codec import encode
from streams.errors import CopytasterError
from streams.records import Alert, ArticleRef, Rejected
from streams.settings import Settings
from tests.commands.conftest import Put, Run, Stored


@pytest.fixture
def reject(put: Put, settings: Settings) -> Any:
    """Put a rejection where a worker puts it; its bytes are no text, as may well be."""

    def one(name: str, reason: str = "not JSON", topic: str = "raw", value: bytes = b"\xff\x00") -> bytes:
        letter = Rejected(
            id=f"r-{name}",
            reason=reason,
            topic=f"{settings.topic_prefix}.{topic}",
            partition=0,
            offset=3,
            rejected=datetime(2026, 3, 1, tzinfo=UTC),
            value=value,
            key=name.encode(),
            article=name,
        )
        put("rejected", (name.encode(), encode(letter)))
        return value

    return one


def test_a_message_goes_back_with_its_key_and_bytes(run: Run, kept: Stored, reject: Any) -> None:
    value = reject("a")
    run(redrive, "--all")
    (message,) = kept("raw")
    assert (message.key, message.value) == (b"a", value)
    assert message.headers == (("redriven", b"r-a"),)


def test_each_goes_to_the_topic_it_came_from(run: Run, kept: Stored, reject: Any) -> None:
    reject("a", topic="raw")
    reject("b", topic="fresh")
    run(redrive, "--all")
    assert ([each.key for each in kept("raw")], [each.key for each in kept("fresh")]) == ([b"a"], [b"b"])


def test_an_alert_is_a_cloud_event_when_it_goes_back_too(run: Run, kept: Stored, reject: Any) -> None:
    rang = datetime(2026, 3, 1, tzinfo=UTC)
    alert = Alert(id="a1", kind="new", story="s", headline="H", summary=[], article=ArticleRef(id="a"), alerted=rang)
    value = reject("a", "subscription desk: its webhook answered 500", "alerts", encode(alert))
    reject("b", topic="alerts")
    run(redrive, "--all")
    first, second = sorted(kept("alerts"), key=lambda each: bytes(each.key))
    assert first.value == value
    assert dict(first.headers) | {"ce_id": b"a1", "ce_type": b"copytaster.alert.new"} == dict(first.headers)
    assert second.headers == (("redriven", b"r-b"),)


def test_a_second_run_sends_nothing_again(run: Run, kept: Stored, reject: Any) -> None:
    reject("a")
    run(redrive, "--all")
    reject("b")
    result = run(redrive, "--all")
    assert sorted(each.key for each in kept("raw")) == [b"a", b"b"]
    assert "1 went back, 0 stay, 1 went back before" in result.stderr


def test_what_was_not_chosen_may_go_later(run: Run, kept: Stored, reject: Any) -> None:
    reject("a")
    reject("b")
    run(redrive, "--id", "a")
    run(redrive, "--id", "r-b")
    assert [each.key for each in kept("raw")] == [b"a", b"b"]


def test_only_those_with_the_reason_go(run: Run, kept: Stored, reject: Any) -> None:
    reject("a", "unknown field `txt`; did you mean `text`?")
    reject("b", "not UTF-8")
    run(redrive, "--reason", "UNKNOWN FIELD")
    assert [each.key for each in kept("raw")] == [b"a"]


def test_reason_and_id_must_both_fit(run: Run, kept: Stored, reject: Any) -> None:
    reject("a", "not UTF-8")
    reject("b", "not JSON")
    run(redrive, "--reason", "UTF-8", "--id", "a", "--id", "b")
    assert [each.key for each in kept("raw")] == [b"a"]


def test_a_dry_run_shows_what_would_go_and_sends_nothing(
    run: Run, kept: Stored, reject: Any, settings: Settings
) -> None:
    reject("a", "not UTF-8")
    result = run(redrive, "--dry-run")
    assert f"r-a  2026-03-01 00:00:00  {settings.topic_prefix}.raw/0/3  a  not UTF-8" in result.stdout
    assert kept("raw") == []
    run(redrive, "--all")
    assert len(kept("raw")) == 1


def test_a_rejection_written_twice_goes_back_once(run: Run, kept: Stored, reject: Any) -> None:
    reject("a")
    reject("a")
    run(redrive, "--all")
    assert len(kept("raw")) == 1


def test_an_empty_message_goes_back_empty(run: Run, kept: Stored, reject: Any) -> None:
    reject("a", value=b"")
    run(redrive, "--all")
    assert [each.value for each in kept("raw")] == [b""]


def test_a_topic_of_another_river_is_refused_before_anything_is_sent(run: Run, kept: Stored, reject: Any) -> None:
    reject("a")
    reject("b", topic="elsewhere")
    with pytest.raises(CopytasterError, match=r"r-b .*elsewhere.*COPYTASTER_TOPIC_PREFIX"):
        run(redrive, "--all")
    assert kept("raw") == []


def test_control_characters_in_a_reason_do_not_reach_the_terminal(run: Run, reject: Any) -> None:
    reject("a", "bad \x1b[31m field")
    assert "\x1b" not in run(redrive, "--dry-run").stdout


@pytest.mark.parametrize("arguments", [[], ["--all", "--id", "a"], ["--all", "--reason", "x"]])
def test_it_wants_to_be_told_which(run: Run, arguments: list[str]) -> None:
    assert run(redrive, *arguments).exit_code == 2

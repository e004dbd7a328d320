"""`copytaster tail` shows alerts and verdicts from the place asked for."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from agents.commands.tail import tail
from streams.codec import decode, encode
from streams.records import Alert, ArticleRef, Verdict
from tests.commands.conftest import Put, Run


def alert(name: str) -> tuple[bytes, bytes]:
    record = Alert(
        id=f"alert-{name}",
        kind="new",
        story="s",
        headline=f"Headline {name}",
        summary=["Two were hurt."],
        article=ArticleRef(id=name),
        alerted=datetime(2026, 3, 1, tzinfo=UTC),
    )
    return name.encode(), encode(record)


def test_alerts_are_shown_from_the_oldest_kept(run: Run, put: Put) -> None:
    put("alerts", alert("a"), alert("b"))
    result = run(tail, "--from-start", "--count", 2)
    assert {"Headline a", "Headline b"} <= set(result.stdout.replace("  ", "\n").splitlines())
    assert "+ Two were hurt." in result.stdout


def test_json_gives_the_records_and_nothing_else(run: Run, put: Put) -> None:
    put("alerts", alert("a"), alert("b"))
    result = run(tail, "--from-start", "--count", 2, "--json")
    assert {decode(line, Alert).id for line in result.stdout.splitlines()} == {"alert-a", "alert-b"}


def test_verdicts_are_shown_on_every_article(run: Run, put: Put) -> None:
    put("verdicts", (b"a", encode(Verdict(id="a", verdict="repeat", alert=False))))
    assert run(tail, "--verdicts", "--from-start", "--count", 1).stdout.startswith("repeat       a\n")


def test_a_count_ends_it(run: Run, put: Put) -> None:
    put("alerts", alert("a"), alert("b"), alert("c"))
    assert len(run(tail, "--from-start", "--count", 1, "--json").stdout.splitlines()) == 1


def test_since_passes_over_what_came_before(run: Run, put: Put) -> None:
    put("alerts", alert("before"))
    moment = datetime.now(UTC) + timedelta(milliseconds=1)
    while datetime.now(UTC) < moment:
        pass
    put("alerts", alert("after"))
    result = run(tail, "--since", moment.isoformat(), "--count", 1, "--json")
    assert decode(result.stdout.strip(), Alert).id == "alert-after"


def test_what_is_no_alert_is_passed_over_with_a_warning(run: Run, put: Put) -> None:
    put("alerts", (b"x", b"nonsense"), (b"y", None), (b"x", alert("a")[1]))
    result = run(tail, "--from-start", "--count", 1, "--json")
    assert decode(result.stdout.strip(), Alert).id == "alert-a"


def test_by_default_what_arrives_from_now_on_is_shown(put: Put, environment: dict[str, str]) -> None:
    put("alerts", alert("before"))
    command = [sys.executable, "-m", "agents.commands.main", "tail", "--count", "1", "--json"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert child.stderr
        assert "waiting" in child.stderr.readline()  # its place is fixed: what comes now is not missed
        put("alerts", alert("after"))
        assert decode(child.stdout.readline(), Alert).id == "alert-after"
        assert child.wait() == 0


@pytest.mark.parametrize(
    "arguments", [["--since", "yesterday"], ["--since", "2026-01-01", "--from-start"], ["--count", "0"]]
)
def test_a_place_that_makes_no_sense_is_refused(run: Run, arguments: list[str]) -> None:
    assert run(tail, *arguments).exit_code == 2

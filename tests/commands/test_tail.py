"""`copytaster tail` shows alerts and verdicts from the place asked for."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import Result

from agents.commands.tail import tail
from streams.codec import decode, encode
from streams.records import Alert, ArticleRef, NamedEntity, Verdict
from tests.commands.conftest import Put, Run


def alert(name: str, **fields: Any) -> tuple[bytes, bytes]:
    record = Alert(
        id=f"alert-{name}",
        kind=fields.pop("kind", "new"),
        story=fields.pop("story", "s"),
        headline=f"Headline {name}",
        summary=["Two were hurt."],
        article=ArticleRef(id=name, source=fields.pop("source", None)),
        alerted=datetime(2026, 3, 1, tzinfo=UTC),
        **fields,
    )
    return name.encode(), encode(record)


def ids(result: Result) -> list[str]:
    return [decode(line, Alert).article.id for line in result.stdout.splitlines()]


def test_alerts_are_shown_from_the_oldest_kept(run: Run, put: Put) -> None:
    put("alerts", alert("a"), alert("b"))
    result = run(tail, "--from-start", "--count", 2)
    assert "new          Headline a  a\n" in result.stdout
    assert "new          Headline b  b\n" in result.stdout
    assert "+ Two were hurt." in result.stdout


def test_json_gives_the_records_and_nothing_else(run: Run, put: Put) -> None:
    put("alerts", alert("a"), alert("b"))
    result = run(tail, "--from-start", "--count", 2, "--json")
    assert {decode(line, Alert).id for line in result.stdout.splitlines()} == {"alert-a", "alert-b"}


def test_verdicts_are_shown_on_every_article(run: Run, put: Put) -> None:
    put("verdicts", (b"a", encode(Verdict(id="a", verdict="repeat", alert=False))))
    assert run(tail, "--verdicts", "--from-start", "--count", 1).stdout.endswith("  repeat       a\n")


def test_what_is_kept_is_shown_in_the_order_of_its_times_whatever_partition_it_lies_in(run: Run, put: Put) -> None:
    names = [f"a{number}" for number in range(12)]
    for name in names:
        put("alerts", alert(name))
    assert ids(run(tail, "--from-start", "--count", 12, "--json")) == names


CAUGHT = [
    (["--source", "Harbour Post", "--source", "Westwire"], ["a", "b", "d"]),
    (["--kind", "update", "--source", "westwire"], ["b"]),
    (["--entity", "ondine"], ["a"]),
    (["--words", "headline c"], ["c"]),
    (["--place", "Marrow", "--urgency", "2"], ["c"]),
    (["--story", "quake", "--language", "en"], ["b"]),
    (["--where", 'not = { kind = "new" }, source = "Westwire"'], ["b"]),
]


@pytest.mark.parametrize(("conditions", "caught"), CAUGHT)
def test_conditions_are_those_of_subscriptions(run: Run, put: Put, conditions: list[str], caught: list[str]) -> None:
    put(
        "alerts",
        alert(
            "a", source="Harbour Post", entities=[NamedEntity(name="the Ondine", kind="FAC", new=True)], story="ferry"
        ),
        alert("b", kind="update", source="Westwire", language="en-GB", story="quake"),
        alert("c", urgency=1, places=["Marrow"], story="fire"),
        alert("d", source="Westwire", urgency=3, places=["Marrow"], story="flood"),
    )
    found = ids(run(tail, "--from-start", "--count", len(caught), "--json", *conditions))
    assert sorted(found) == caught  # those of one millisecond come in any order


def test_who_saw_an_alert_sees_what_withdraws_it(run: Run, put: Put) -> None:
    put("alerts", alert("a", source="Westwire"))
    put("alerts", alert("b", kind="withdrawal", recalls=["alert-a"]))
    assert ids(run(tail, "--from-start", "--count", 2, "--json", "--source", "Westwire")) == ["a", "b"]


def test_verdicts_are_sieved_too(run: Run, put: Put) -> None:
    again = Verdict(id="again", verdict="repeat", alert=False, story="ferry")
    put("verdicts", (b"a", encode(Verdict(id="a", verdict="stale", alert=False))), (b"b", encode(again)))
    result = run(tail, "--verdicts", "--from-start", "--count", 1, "--json", "--kind", "repeat", "--story", "ferry")
    assert decode(result.stdout.strip(), Verdict).id == "again"


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
    ("arguments", "mend"),
    [
        (["--since", "yesterday"], "write 08:00, 2h (ago) or"),
        (["--since", "2026-01-01", "--from-start"], "exclude each other"),
        (["--count", "0"], "x>=1"),
        (["--kind", "updat"], "'update'"),
        (["--kind", "repeat"], "add --verdicts"),
        (["--verdicts", "--where", 'any = [{ source = "Westwire" }]'], "leave --verdicts out"),
        (["--urgency", "11"], "from 1, the most urgent, to 9"),
        (["--words", "!?"], "has no word in it"),
        (["--where", "kind = new"], "write conditions as in"),
        (["--where", 'sauce = "Westwire"'], "did you mean `source`?"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_mend(run: Run, arguments: list[str], mend: str) -> None:
    result = run(tail, *arguments)
    assert result.exit_code == 2
    assert mend in " ".join(result.stderr.split())


def test_ctrl_c_ends_it_without_a_word(put: Put, environment: dict[str, str]) -> None:
    put("alerts", alert("before"))
    command = [sys.executable, "-m", "agents.commands.main", "tail", "--from-start"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert "Headline before" in child.stdout.readline() + child.stdout.readline()
        child.send_signal(signal.SIGINT)
        assert (child.communicate()[1].strip(), child.returncode) == ("", 130)

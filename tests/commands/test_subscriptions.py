"""`copytaster subscriptions` says what is wrong with a file, and what it would have caught."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agents.commands.subscriptions import subscriptions
from agents.deliver.subscriptions import SubscriptionsError
from streams.codec import encode
from streams.records import Alert, ArticleRef
from tests.commands.conftest import Put, Run

RANG = datetime(2026, 3, 1, tzinfo=UTC)
FILE = """
[[subscription]]
name = "ferries"
words = "ferry"
topic = "desk.ferries"
feed = true

[[subscription]]
name = "tolls"
kind = "update"
webhook = "https://desk.example/hook"
secret = "env:DESK_SECRET"
"""


def alert(number: int, **more: Any) -> tuple[bytes, bytes]:
    """An alert that rang so many minutes later."""
    said: dict[str, Any] = {"kind": "new", "story": "s", "headline": "Ferry sinks", "summary": ["Two were hurt."]}
    ref, rang = ArticleRef(id=f"article-{number}"), RANG + timedelta(minutes=number)
    return b"key", encode(Alert(id=f"alert-{number}", article=ref, alerted=rang, **(said | more)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "desk.toml").write_text(FILE)
    return tmp_path / "desk.toml"


def test_a_sound_file_is_listed_by_where_each_goes(run: Run, path: Path) -> None:
    result = run(subscriptions, "check", path, "--no-secrets")
    assert result.stdout.splitlines() == [
        "ferries  topic desk.ferries, feed /feeds/ferries.atom",
        "tolls  webhook https://desk.example/hook",
    ]
    assert "2 subscriptions, and no mistake" in result.stderr


def test_a_secret_that_is_missing_is_a_mistake_unless_it_is_elsewhere(run: Run, path: Path) -> None:
    with pytest.raises(SubscriptionsError, match=r"desk\.toml:12: `secret` DESK_SECRET is not set"):
        run(subscriptions, "check", path)


def test_the_alerts_that_each_would_have_caught_are_shown(run: Run, put: Put, path: Path) -> None:
    put("alerts", alert(1), alert(2, headline="Budget passed", kind="update"), alert(1), (b"key", b"nonsense"))
    result = run(subscriptions, "test", path)
    first, second = result.stdout.split("tolls: ")
    assert first.startswith("ferries: 1 of the last 2 alerts\n")
    assert "Ferry sinks" in first
    assert "Budget passed" not in first
    assert second.startswith("1 of the last 2 alerts\n")
    assert "Budget passed" in second


def test_a_withdrawal_is_caught_by_who_had_what_it_recalls(run: Run, put: Put, path: Path) -> None:
    put("alerts", alert(1), alert(2, kind="withdrawal", headline="Kill", recalls=["alert-1"]))
    rows = [json.loads(line) for line in run(subscriptions, "test", path, "--json").stdout.splitlines()]
    assert rows == [
        {"subscription": "ferries", "caught": 2, "alerts": ["alert-1", "alert-2"]},
        {"subscription": "tolls", "caught": 0, "alerts": []},
    ]


def test_a_story_goes_on_under_the_id_that_it_lives_on_with(run: Run, put: Put, path: Path) -> None:
    path.write_text('[[subscription]]\nname = "story"\nstory = "old"\nfeed = true')
    told = [alert(1, story="old"), alert(2, story="new", merged=["old"]), alert(3, story="new"), alert(4, story="x")]
    put("alerts", *told)
    (row,) = [json.loads(line) for line in run(subscriptions, "test", path, "--json").stdout.splitlines()]
    assert row["alerts"] == ["alert-1", "alert-2", "alert-3"]


def test_only_the_last_alerts_are_tried(run: Run, put: Put, path: Path) -> None:
    put("alerts", *(alert(number) for number in (3, 1, 2)))
    rows = [json.loads(line) for line in run(subscriptions, "test", path, "--json", "--last", 2).stdout.splitlines()]
    assert rows[0]["alerts"] == ["alert-2", "alert-3"]

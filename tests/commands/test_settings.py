"""`copytaster settings` prints what is in force."""

import json

from agents.commands.settings import settings
from tests.commands.conftest import Run


def test_each_setting_is_printed_with_its_value_unit_and_meaning(run: Run, environment: dict[str, str]) -> None:
    environment["COPYTASTER_WINDOW_HOURS"] = "12.5"
    line = next(line for line in run(settings).stdout.splitlines() if line.startswith("COPYTASTER_WINDOW_HOURS"))
    assert line.split(None, 3) == ["COPYTASTER_WINDOW_HOURS", "12.5", "hours", "how long copy is remembered at least"]


def test_a_password_is_masked(run: Run, environment: dict[str, str]) -> None:
    environment["COPYTASTER_STORE"] = "redis://:sesame@localhost:6379/0"
    result = run(settings)
    assert "sesame" not in result.stdout
    assert "redis://:***@localhost:6379/0" in result.stdout


def test_json_carries_the_same(run: Run, environment: dict[str, str]) -> None:
    environment["COPYTASTER_BATCH"] = "7"
    rows = {row["name"]: row for row in json.loads(run(settings, "--json").stdout)}
    assert rows["COPYTASTER_BATCH"]["value"] == "7"
    assert set(rows["COPYTASTER_BATCH"]) == {"name", "value", "unit", "about"}

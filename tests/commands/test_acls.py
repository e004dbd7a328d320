"""The commands that give each role its rights, and no more."""

import shlex
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from agents.commands.acls import acls
from streams.rights import ROLES
from streams.settings import Settings, variable


def _words(*arguments: str, **environment: str) -> list[list[str]]:
    said = CliRunner().invoke(acls, arguments, env=environment, catch_exceptions=False)
    assert said.exit_code == 0, said.output
    return [shlex.split(line) for line in said.output.splitlines()]


def _given(words: list[str]) -> set[tuple[str, str]]:
    """Operation and topic or group of each right that a command gives."""
    pairs = list(pairwise(words))
    operations = [value for name, value in pairs if name == "--operation"]
    return {(each, value) for name, value in pairs if name in ("--topic", "--group") for each in operations}


@pytest.mark.parametrize("role", ROLES)
def test_a_command_names_broker_role_and_principal(role: str) -> None:
    for words in _words(role, "--broker", "kafka:9092"):
        assert words[:3] == ["kafka-acls.sh", "--bootstrap-server", "kafka:9092"]
        assert words[words.index("--allow-principal") + 1] == f"User:{role}"


def test_who_publishes_may_write_the_first_topic_of_each_lane_and_do_nothing_else() -> None:
    entrances = {("Write", "wire.raw"), ("Write", "wire.urgent.raw")}
    assert [_given(each) for each in _words("publisher")] == [entrances]


def test_a_subscriber_reads_alerts_or_topics_of_its_own_in_its_group() -> None:
    assert [_given(each) for each in _words("subscriber")] == [{("Read", "wire.alerts")}]
    own = _words("subscriber", "--topic", "desk.sport", "--group", "sport", "--principal", "User:CN=sport desk")
    assert [_given(each) for each in own] == [{("Read", "desk.sport")}, {("Read", "sport")}]
    assert "User:CN=sport desk" in own[0]


def test_an_operator_may_not_join_the_workers_nor_make_topics() -> None:
    topics, group = map(_given, _words("operator", COPYTASTER_TOPIC_PREFIX="night"))
    assert {each for each, _ in topics} == {"Read", "Write"}
    assert all(name.startswith("night.") for _, name in topics)
    assert group == {("Describe", "copytaster-night")}


def test_a_worker_also_writes_the_topics_of_subscriptions(tmp_path: Path) -> None:
    file = tmp_path / "subscriptions.toml"
    file.write_text('[[subscription]]\nname = "harbour"\nwords = ["ferry"]\ntopic = "desk.harbour"\n')
    topics, subscribed, group = map(_given, _words("worker", COPYTASTER_SUBSCRIPTIONS=str(file)))
    assert ("Read", "wire.tagged") in topics
    assert subscribed == {("Write", "desk.harbour"), ("Create", "desk.harbour")}
    assert group == {("Read", "copytaster")}


def test_every_role_is_in_the_page_on_security_with_its_topics() -> None:
    page = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
    assert all(f"| {role} |" in page for role in ROLES)
    names = [variable(each) for each in fields(Settings) if each.name.startswith(("broker", "store_"))]
    missing = {name for name in names if f"`{name}`" not in page} - {"COPYTASTER_BROKER", "COPYTASTER_STORE_MEGABYTES"}
    assert not missing

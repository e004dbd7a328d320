"""Apache Kafka itself on this machine, one broker or several: for the tests, for faults on purpose, and by hand.

It lies with the scripts, not in the product: who installs copytaster gets no Java with it.
"""

import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from scripts.kafka.properties import LOCAL, Node, ports_of, properties
from streams.embedded import metadata_request
from streams.errors import CopytasterError
from streams.server import HOST, tie

_INSTALL = Path(__file__).with_name("install")
_FETCH_SECONDS = 600.0
_START_SECONDS = 180.0  # four on an idle machine
_STOP_SECONDS = 20.0
_TRIES = 3  # when another took a port that was just free
_LAST = 2000  # characters of a broker's log that tell what went wrong
# Below those that systems hand out by themselves (32768 and up): a broker's port stays its own while it is dead, and
# no client that knocks there gets it as the port it calls from.
_PORTS = range(20_000, 32_000)
# Compiled quickly rather than well: these live for minutes, several on a machine.
_JAVA = ["-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError"]


class NoKafka(CopytasterError):
    """Apache Kafka can't run here, or did not start."""


def installed() -> Path:
    """The folder of Kafka's jars, fetched if need be; raises NoKafka with what is missing."""
    ran = subprocess.run([_INSTALL], capture_output=True, text=True, timeout=_FETCH_SECONDS, check=False)  # noqa: S603
    if ran.returncode:
        raise NoKafka(f"Apache Kafka can't be had: {ran.stderr.strip()[-_LAST:]}")
    return Path(ran.stdout.strip())


class Broker:
    """One broker that is killed, frozen and started anew, and keeps its data and ports all the while."""

    def __init__(self, node: Node, jars: Path) -> None:
        self.node = node
        self._java = [shutil.which("java") or "java", *_JAVA, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"]
        self._java += ["-cp", f"{jars}/*"]
        self._settings = node.folder / "server.properties"
        self._log = node.folder / "broker.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """host:port of the listener without a lock."""
        return f"{HOST}:{self.node.ports[LOCAL]}"

    @property
    def runs(self) -> bool:
        """Whether its process lives, be it frozen."""
        return self._process is not None and self._process.poll() is None

    def format(self, told: Mapping[str, str], *options: str) -> None:
        """Write its settings, and lay out its data folder where there is none yet."""
        self.node.folder.mkdir(parents=True, exist_ok=True)
        self._settings.write_text("".join(f"{name}={value}\n" for name, value in told.items()))
        command = [*self._java, "kafka.tools.StorageTool", "format", "--ignore-formatted", "-c", str(self._settings)]
        ran = subprocess.run([*command, *options], capture_output=True, text=True, check=False)  # noqa: S603
        if ran.returncode:
            raise NoKafka(f"the data folder of a broker can't be made: {(ran.stdout + ran.stderr)[-_LAST:]}")

    def start(self) -> None:
        """Run it; returns at once (`Kafka.wait` waits)."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the program is Java, the arguments ours
                [*self._java, "kafka.Kafka", str(self._settings)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C goes to us, and we stop it last
                preexec_fn=tie(),  # noqa: PLW1509 - see streams.server
            )

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in good order."""
        self._end(signal.SIGTERM)

    def freeze(self) -> None:
        """Let it hang: its connections stay open, and nothing is answered."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on after `freeze`."""
        self._signal(signal.SIGCONT)

    def knows(self) -> int:
        """How many brokers it says are there; 0 when it doesn't answer."""
        try:
            with socket.create_connection((HOST, self.node.ports[LOCAL]), 1.0) as connection:
                connection.sendall(metadata_request())
                answer = b""
                while len(answer) < 12 and (more := connection.recv(4096)):
                    answer += more
        except OSError:
            return 0
        return int.from_bytes(answer[8:12], signed=True)  # after size and correlation id (Metadata response, version 2)

    def last_words(self) -> str:
        """The end of its log."""
        return self._log.read_text(errors="replace")[-_LAST:] or "(nothing)"

    def _end(self, number: int) -> None:
        if self._process is None:
            return
        self._signal(number)
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _signal(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)


class Kafka:
    """A cluster for the length of a `with`, ready when that begins; nothing of it runs on afterwards.

    `port` is the first broker's, the next count on from it; without one all are free ones. `listeners` are further
    listeners by name, with the security protocol of each (`{"OUTSIDE": "SASL_SSL"}`), `more` properties of every broker
    (certificates, an authorizer), `advertised` the ports that clients are told of a listener, one for each broker,
    where they are others; `scram` the names and passwords of SCRAM-SHA-512 users. `data_dir` is where the
    brokers' folders lie and stay; a temporary one goes at the end. Raises NoKafka where it can't run.
    """

    def __init__(
        self,
        brokers: int = 1,
        *,
        port: int | None = None,
        listeners: Mapping[str, str] | None = None,
        more: Mapping[str, str] | None = None,
        scram: Mapping[str, str] | None = None,
        advertised: Mapping[str, Sequence[int]] | None = None,
        data_dir: Path | None = None,
    ) -> None:
        self._count, self._port, self._data_dir = brokers, port, data_dir
        self._listeners, self._more, self._scram = listeners or {}, more or {}, scram or {}
        self._advertised = advertised or {}
        self.brokers: list[Broker] = []

    def __enter__(self) -> Self:
        jars = installed()
        self._folder = self._data_dir or Path(tempfile.mkdtemp(prefix="kafka-"))
        for left in reversed(range(_TRIES)):
            try:
                self._start(jars)
                return self
            except BaseException as error:
                taken = isinstance(error, NoKafka) and "in use" in str(error)
                self.__exit__()
                if not (taken and left and self._port is None):
                    raise
        raise AssertionError

    def bootstrap(self, listener: str = LOCAL) -> str:
        """The bootstrap servers of a listener, host:port,..."""
        return ",".join(f"{HOST}:{broker.node.ports[listener]}" for broker in self.brokers)

    def wait(self) -> None:
        """Until every broker that runs answers, and sees all of them; raises NoKafka with the last words of one."""
        deadline = time.monotonic() + _START_SECONDS
        up = [broker for broker in self.brokers if broker.runs]
        for broker in up:
            while broker.knows() != len(up):
                if not broker.runs or time.monotonic() > deadline:
                    what = "gives no answer" if broker.runs else "has ended"
                    raise NoKafka(f"broker {broker.node.number} {what}. It said:\n{broker.last_words()}")
                time.sleep(0.1)

    def __exit__(self, *_: object) -> None:
        for broker in self.brokers:
            broker.thaw()
            if self._data_dir is None:
                broker.kill()
        for broker in reversed(self.brokers):
            broker.stop()
        if self._data_dir is None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self, jars: Path) -> None:
        nodes = self._nodes()
        self.brokers = [Broker(node, jars) for node in nodes]
        for broker in self.brokers:
            told = properties(broker.node, nodes, self._listeners, self._more)
            broker.format(told, "--cluster-id", "copytaster-on-kafka-00", *self._users())
            broker.start()
        self.wait()

    def _nodes(self) -> list[Node]:
        names = ports_of(self._listeners)
        free = free_ports(self._count * len(names))
        own = [dict(zip(names, free[number :: self._count], strict=True)) for number in range(self._count)]
        if self._port is not None:
            own = [ports | {LOCAL: self._port + number} for number, ports in enumerate(own)]
        told = [{name: ports[number] for name, ports in self._advertised.items()} for number in range(self._count)]
        folders = [self._folder / f"broker-{number}" for number in range(self._count)]
        return [Node(*each) for each in zip(range(self._count), folders, own, told, strict=True)]

    def _users(self) -> Sequence[str]:
        users = [f"SCRAM-SHA-512=[name={name},password={password}]" for name, password in self._scram.items()]
        return [word for user in users for word in ("--add-scram", user)]


def free_ports(count: int) -> list[int]:
    """So many different ports that nobody listens on."""
    found: list[int] = []
    for port in random.SystemRandom().sample(_PORTS, len(_PORTS)):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)):
                found.append(port)
        if len(found) == count:
            return found
    raise NoKafka(f"no {count} free ports on {HOST}")

"""`scripts/kafka/start` runs until it is told to end, keeps what it is told to, and leaves nothing behind."""

import re
import subprocess
from pathlib import Path

from aiokafka import AIOKafkaConsumer

from scripts.kafka.cluster import Kafka, free_ports
from streams.broker import Outlet, ensure_topics
from streams.settings import Settings
from streams.topics import topics

START = Path(__file__).parents[2] / "scripts" / "kafka" / "start"


class Started:
    """The script, from when it says that Kafka runs until it has ended."""

    def __init__(self, data: Path) -> None:
        self._command = [str(START), "--port", str(free_ports(1)[0]), "--data", str(data)]

    def __enter__(self) -> Settings:
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        said = self._process.stdout.readline() if self._process.stdout else ""
        found = re.search(r"COPYTASTER_BROKER=(\S+)$", said)
        assert found, said
        return Settings(broker=found[1])

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        assert self._process.communicate()[0] == "stopped\n"
        assert self._process.returncode == 0


async def test_topics_are_kept_from_one_start_to_the_next(kafka: Kafka, tmp_path: Path) -> None:
    with Started(tmp_path) as settings:
        await ensure_topics(settings)
        async with Outlet(settings) as outlet:
            await outlet.send(topics(settings).raw.name, [(b"k", b"Toll rises to 40")])
    with Started(tmp_path) as settings:
        reader = AIOKafkaConsumer(
            topics(settings).raw.name, bootstrap_servers=settings.broker, auto_offset_reset="earliest"
        )
        async with reader:
            assert (await reader.getone()).value == b"Toll rises to 40"

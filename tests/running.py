"""A river that runs: a real worker on a real broker and store, with what its tests put in and take out."""

import asyncio
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from agents.commands.messages import stored
from agents.commands.wire import Wire
from agents.commands.worker import Worker
from streams.codec import decode, encode
from streams.embedded import EMBEDDED
from streams.errors import BrokerUnavailable
from streams.records import Alert, RawArticle, Record, Rejected, Verdict
from streams.settings import Settings

R = TypeVar("R", bound=Record)
PATIENCE = 240.0  # seconds; a worker on a busy machine takes some of them to start


def apart(broker: str, store: str, name: str, **fields: Any) -> Settings:
    """Settings of a river that shares the embedded broker with other tests, and no topic."""
    own: dict[str, Any] = {"topic_prefix": f"{name}-{uuid.uuid4().hex[:8]}", "partitions": 2, "web_port": 0}
    return Settings(broker=broker, store=store, **EMBEDDED, **(own | fields))


@dataclass
class Running:
    """Settings of a river, and the worker on it."""

    settings: Settings
    worker: Worker

    def send(self, *articles: RawArticle) -> None:
        """Publish articles, keyed by id."""
        self.send_bytes(*((article.id, encode(article)) for article in articles))

    def send_bytes(self, *messages: tuple[str, bytes]) -> None:
        """Publish messages as they are."""
        with Wire(self.settings) as wire:
            for key, value in messages:
                wire.send(f"{self.settings.topic_prefix}.raw", value, key.encode())

    def verdicts(self, ids: Iterable[str]) -> dict[str, Verdict]:
        """The verdicts on these articles, once there is one for each."""
        wanted = set(ids)
        found = self._await("verdicts", Verdict, lambda records: wanted <= {each.id for each in records})
        return {each.id: each for each in found}

    def verdict(self, article: str) -> Verdict:
        """The verdict on one article."""
        return self.verdicts([article])[article]

    def wait_for(self, topic: str, count: int) -> None:
        """Until so many verdicts (or alerts) are out."""
        self._await(topic, Alert if topic == "alerts" else Verdict, lambda records: len(records) >= count)

    def wait_until_rung(self, article: str) -> None:
        """Until an alert on this article is out."""
        self._await("alerts", Alert, lambda records: any(each.article.id == article for each in records))

    def alerts(self) -> list[Alert]:
        """Every alert so far."""
        return self.read("alerts", Alert)

    def rejection(self, key: str) -> Rejected:
        """The rejected message that had this key, once there is one."""
        found = self._await("rejected", Rejected, lambda records: any(each.key == key.encode() for each in records))
        return next(each for each in found if each.key == key.encode())

    def read(self, topic: str, kind: type[R]) -> list[R]:
        """What a topic holds."""
        return asyncio.run(self._read(topic, kind))

    async def _read(self, topic: str, kind: type[R]) -> list[R]:
        return [decode(message.value, kind) for message in await self._messages(topic) if message.value]

    def _readable(self, topic: str, kind: type[R]) -> list[R]:
        """What a topic holds; nothing while a cluster finds a broker for it in place of one that was killed."""
        with suppress(BrokerUnavailable):
            return self.read(topic, kind)
        return []

    def messages(self, topic: str) -> list[Any]:
        """The messages that a topic holds, with their keys, headers and times, as aiokafka gives them."""
        return asyncio.run(self._messages(topic))

    async def _messages(self, topic: str) -> list[Any]:
        return [message async for message in stored(self.settings, f"{self.settings.topic_prefix}.{topic}")]

    def timestamp(self, topic: str, key: str) -> float:
        """When Kafka got the message that has this key, in seconds since 1970."""
        return float(next(each.timestamp for each in self.messages(topic) if each.key == key.encode())) / 1000

    def _await(self, topic: str, kind: type[R], enough: Callable[[Sequence[R]], bool]) -> list[R]:
        deadline = time.monotonic() + PATIENCE
        while not enough(found := self._readable(topic, kind)):
            self.worker.check()
            assert time.monotonic() < deadline, f"not on {topic} in {PATIENCE:.0f} s:\n{self.worker.last_words()}"
            time.sleep(0.2)
        return found

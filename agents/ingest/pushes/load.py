"""How much copy is on its way from senders to Kafka: what is too much is told to come again, not taken and lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from streams.problems import later

_COME_BACK = 1  # seconds; what is in flight lies in Kafka by then, unless the broker is in trouble


@dataclass(slots=True)
class Load:
    """Bytes and articles in flight, each with the most there may be."""

    most_bytes: int
    most_articles: int
    bytes: int = 0
    articles: int = 0

    @contextmanager
    def share(self) -> Iterator["Share"]:
        """The share of one request, given back at the end."""
        share = Share(self)
        try:
            yield share
        finally:
            self.bytes -= share.bytes
            self.articles -= share.articles


@dataclass(slots=True)
class Share:
    """What one request has in flight. One alone may have more than the most, or it could never be served."""

    load: Load
    bytes: int = 0
    articles: int = 0

    def add(self, bytes: int = 0, articles: int = 0) -> None:  # noqa: A002 - the unit's name
        """Take more; raises Problem 429 where that is too much beside what others have in flight."""
        load = self.load
        full = load.bytes + bytes > load.most_bytes or load.articles + articles > load.most_articles
        if full and (load.bytes > self.bytes or load.articles > self.articles):
            raise later(429, f"this worker is busy with {load.articles} articles; send it again later", _COME_BACK)
        self.bytes, self.articles = self.bytes + bytes, self.articles + articles
        load.bytes, load.articles = load.bytes + bytes, load.articles + articles

"""The topics in flow order, and how each is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from streams.settings import Settings

_ENVELOPE = 2**20  # bytes a rejected message may take beside its base64
_DAY = 24 * 3600 * 1000  # milliseconds


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `retention` is in milliseconds; a rejected message is larger than the one it wraps."""

    name: str
    retention: int
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Topics:
    """The river's topics by their short names."""

    raw: Topic
    clean: Topic
    fresh: Topic
    tagged: Topic
    alerts: Topic
    verdicts: Topic
    rejected: Topic

    def __iter__(self) -> Iterator[Topic]:
        return (getattr(self, name) for name in self.__slots__)


def group(settings: Settings) -> str:
    """The consumer group of the river's workers."""
    return "copytaster" if settings.topic_prefix == "wire" else f"copytaster-{settings.topic_prefix}"


def largest_request(settings: Settings) -> int:
    """The largest message that the river itself sends, in bytes: a rejected one, base64 inside JSON."""
    return 2 * settings.max_message_bytes + _ENVELOPE


def topics(settings: Settings) -> Topics:
    """The topics under the prefix in force. What people read is kept longer than what workers pass on."""
    size = settings.max_message_bytes

    def topic(short: str, days: int, max_bytes: int = size) -> Topic:
        return Topic(f"{settings.topic_prefix}.{short}", days * _DAY, max_bytes)

    return Topics(
        raw=topic("raw", 7),
        clean=topic("clean", 1),
        fresh=topic("fresh", 1),
        tagged=topic("tagged", 1),
        alerts=topic("alerts", 30),
        verdicts=topic("verdicts", 30),
        rejected=topic("rejected", 30, largest_request(settings)),
    )

"""The topics in flow order, and how each is kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from streams.codec import decode
from streams.errors import RejectedCopy
from streams.records import CleanArticle, RawArticle
from streams.settings import Settings

_ENVELOPE = 2**20  # bytes a rejected message may take beside its base64
_DAY = 24 * 3600 * 1000  # milliseconds
_FLASH = re.compile(r"\W*(?:FLASH|BULLETIN|(?:NEWS ?)?ALERT)\b")  # how the trade heads what is of the first two grades


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `retention` is in milliseconds; a rejected message is larger than the one it wraps."""

    name: str
    retention: int
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The way of an article from room to room, until it is judged."""

    raw: Topic
    clean: Topic
    fresh: Topic
    tagged: Topic

    def __iter__(self) -> Iterator[Topic]:
        return iter((self.raw, self.clean, self.fresh, self.tagged))


@dataclass(frozen=True, slots=True)
class Topics(Lane):
    """The river's topics by their short names; `urgent` is a lane of its own for copy up to that `grade` of urgency."""

    urgent: Lane
    alerts: Topic
    verdicts: Topic
    rejected: Topic
    grade: int

    def __iter__(self) -> Iterator[Topic]:
        lane = (self.raw, self.clean, self.fresh, self.tagged)
        return iter((*lane, *self.urgent, self.alerts, self.verdicts, self.rejected))

    def lane(self, article: RawArticle | CleanArticle) -> Lane:
        """The lane of an article. A withdrawal keeps its place: it must not overtake what it withdraws."""
        urgency = article.urgency or (2 if isinstance(article, RawArticle) and _is_headed(article) else 9)
        return self.urgent if urgency <= self.grade and article.status != "canceled" else self

    def entrance(self, message: bytes) -> Topic:
        """The topic on which a raw article goes in, whoever brings it; the usual one for what can't be read."""
        try:
            return self.lane(decode(message, RawArticle)).raw
        except RejectedCopy:
            return self.raw


def _is_headed(article: RawArticle) -> bool:
    """Whether it begins as a flash or bulletin does; the clean room looks closer."""
    return any(each and _FLASH.match(each) for each in (article.headline, article.slug, article.take, article.text))


def group(settings: Settings) -> str:
    """The workers' consumer group: one for each prefix, so that two rivers may share a broker."""
    return "copytaster" if settings.topic_prefix == "wire" else f"copytaster-{settings.topic_prefix}"


def largest_request(settings: Settings) -> int:
    """The largest message that the river itself sends, in bytes: a rejected one, base64 inside JSON."""
    return 2 * settings.max_message_bytes + _ENVELOPE


def topics(settings: Settings) -> Topics:
    """The topics under the prefix in force. What people read is kept longer than what workers pass on."""
    size = settings.max_message_bytes

    def topic(short: str, days: int, max_bytes: int = size) -> Topic:
        return Topic(f"{settings.topic_prefix}.{short}", days * _DAY, max_bytes)

    usual, urgent = (
        Lane(topic(f"{name}raw", 7), topic(f"{name}clean", 1), topic(f"{name}fresh", 1), topic(f"{name}tagged", 1))
        for name in ("", "urgent.")
    )
    return Topics(
        raw=usual.raw,
        clean=usual.clean,
        fresh=usual.fresh,
        tagged=usual.tagged,
        urgent=urgent,
        grade=settings.urgent,
        alerts=topic("alerts", 30),
        verdicts=topic("verdicts", 30),
        rejected=topic("rejected", 30, largest_request(settings)),
    )

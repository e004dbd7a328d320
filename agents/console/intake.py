"""Takes messages from the topics into the index: an article's copy, its verdict, its alert, what was rejected."""

import logging
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Protocol

from agents.console.index import Index
from streams.codec import decode
from streams.errors import RejectedCopy
from streams.logs import about
from streams.records import Alert, CleanArticle, Rejected, Verdict
from streams.topics import Topics

_SHOWN = 2000  # bytes of a rejected message that are shown
_LONGEST_WAIT = 3600.0  # seconds; an article received longer ago was kept by its sender, and says nothing of our haste

log = logging.getLogger(__name__)


class Message(Protocol):
    """What Kafka gives: `timestamp` is in milliseconds since 1970."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None


class Intake:
    """Puts messages into an index. `position` has the last offset of wire.alerts by partition."""

    def __init__(self, index: Index, flow: Topics) -> None:
        self.index = index
        self.position: dict[int, int] = {}
        self._take: Mapping[str, Callable[[Message], None]] = {
            flow.clean.name: self._article,
            flow.urgent.clean.name: self._article,
            flow.verdicts.name: self._verdict,
            flow.alerts.name: self._alert,
            flow.rejected.name: self._rejection,
        }

    def take(self, message: Message) -> None:
        """Put one message in. One that can't be is logged and passed over: nothing stops for those who look."""
        place = f"{message.topic}/{message.partition}/{message.offset}"
        with about([message.key.decode(errors="replace")] if message.key else []):
            try:
                self._take[message.topic](message)
            except RejectedCopy as error:
                log.warning("the console passes over %s: %s", place, error)
            except Exception:
                log.exception("the console can't show %s", place)

    def _article(self, message: Message) -> None:
        article = decode(message.value or b"", CleanArticle)
        at = message.timestamp / 1000
        received = article.received.timestamp() if article.received else at
        born = received if 0 <= at - received <= _LONGEST_WAIT else at
        number = self.index.add(
            "articles",
            at=at,
            id=article.id,
            doc=article.doc,
            source=article.source,
            headline=article.headline,
            url=article.url,
            byline=article.byline,
            published=article.published.isoformat() if article.published else None,
            born=born,
        )
        if number:
            self.index.add("copy", rowid=number, headline=article.headline, body=article.text, source=article.source)
            told = "UPDATE verdicts SET source = ?, born = ? WHERE id = ? AND born IS NULL"
            self.index.change(told, article.source, born, article.id)

    def _verdict(self, message: Message) -> None:
        value, at = message.value or b"", message.timestamp / 1000
        verdict = decode(value, Verdict)
        for each in getattr(verdict, "merged", []):
            self.index.merge(each, verdict.story or each, at)
        latest = "SELECT source, born FROM articles WHERE id = ? AND at <= ? ORDER BY at DESC"
        article = self.index.row(latest, verdict.id, at)
        self.index.add(
            "verdicts",
            at=at,
            id=verdict.id,
            kind=verdict.verdict,
            rang=int(verdict.alert),
            story=self.index.living(verdict.story),
            source=article["source"] if article else None,
            born=article["born"] if article else None,
            record=value,
            digest=blake2b(value, digest_size=8).digest(),
        )

    def _alert(self, message: Message) -> None:
        value = message.value or b""
        alert = decode(value, Alert)
        self.position[message.partition] = max(message.offset, self.position.get(message.partition, 0))
        for each in getattr(alert, "merged", []):
            self.index.merge(each, alert.story, message.timestamp / 1000)
        for each in alert.recalls:
            self.index.add("marks", at=message.timestamp / 1000, id=each)
            self.index.change("UPDATE alerts SET recalled = 1 WHERE id = ?", each)
        number = self.index.add(
            "alerts",
            at=message.timestamp / 1000,
            id=alert.id,
            kind=alert.kind,
            story=self.index.living(alert.story),
            source=alert.article.source,
            article=alert.article.id,
            partition=message.partition,
            offset=message.offset,
            record=value,
            recalled=int(self._marked(alert.id) is not None),
        )
        if number:
            said = [alert.headline, *alert.summary, *(each.context for each in alert.changes), alert.article.source]
            names = "\n".join(each.name for each in alert.entities)
            self.index.add("told", rowid=number, said="\n".join(filter(None, said)), names=names)

    def _rejection(self, message: Message) -> None:
        if not message.value:  # the mark of what was put back
            at, name = message.timestamp / 1000, (message.key or b"").decode(errors="replace")
            self.index.add("marks", at=at, id=name)
            self.index.change("UPDATE rejections SET redriven = ? WHERE id = ?", at, name)
            return
        rejection = decode(message.value, Rejected)
        self.index.add(
            "rejections",
            at=message.timestamp / 1000,
            id=rejection.id,
            article=rejection.article,
            reason=rejection.reason,
            origin=f"{rejection.topic}/{rejection.partition}/{rejection.offset}",
            partition=message.partition,
            offset=message.offset,
            size=len(rejection.value),
            begins=rejection.value[:_SHOWN].decode(errors="replace"),
            redriven=self._marked(rejection.id),
        )

    def _marked(self, name: str) -> float | None:
        """When an alert was recalled, or a rejection put back."""
        mark = self.index.row("SELECT at FROM marks WHERE id = ?", name)
        return mark["at"] if mark else None

"""Makes a lost store anew from the topics: what was judged is entered as it was told, and nothing is told again.

Verdicts are taken in their order. The article of each comes from wire.raw and is cleaned again, which gives the same;
what the model found in it and what it shared with earlier copy its verdict says. No model runs, and no desk decides.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from aiokafka.structs import ConsumerRecord

from agents.alert.registry import Registry, as_judged
from agents.clean.article import clean
from agents.dedupe.store import Archive, Entry
from agents.dedupe.words import read
from agents.deliver.desk import Desk
from agents.deliver.subscriptions import Subscription
from streams.codec import decode
from streams.errors import RejectedCopy
from streams.history import History
from streams.records import (
    Alert,
    CleanArticle,
    FreshArticle,
    RawArticle,
    TaggedArticle,
    Verdict,
)
from streams.settings import Settings
from streams.topics import topics

_LEAD = 600.0  # seconds by which clocks of those who send and those who judge may differ
_IN_FLIGHT = timedelta(hours=1)  # a verdict whose alert isn't there by then has lost it to retention, not to a crash

Take = Callable[[ConsumerRecord], Awaitable[None]]
Told = Callable[[str, int, int], None]


@dataclass
class Waiting:
    """Raw articles until their verdict comes, as they were sent, by id; packed, for a backlog may be long."""

    _packed: defaultdict[str, dict[bytes, tuple[bytes, float]]] = field(default_factory=lambda: defaultdict(dict))
    _done: set[bytes] = field(default_factory=set)

    def put(self, value: bytes, timestamp: float) -> None:
        """One more, and when Kafka got it; raises RejectedCopy where it can't be read."""
        digest = blake2b(value, digest_size=8).digest()
        if digest not in self._done:
            self._packed[decode(value, RawArticle).id].setdefault(digest, (zlib.compress(value, 1), timestamp))

    def take(self, verdict: Verdict) -> CleanArticle | None:
        """The article of a verdict, cleaned; None where it isn't kept any more."""
        waiting = self._packed.get(verdict.id, {})
        for digest, (packed, timestamp) in waiting.items():
            raw = decode(zlib.decompress(packed), RawArticle).stamped(timestamp / 1000)
            with suppress(RejectedCopy):
                article = clean(raw, datetime.now(UTC))
                if article.doc == verdict.doc or not verdict.doc:  # verdicts of releases before this one name none
                    if verdict.verdict != "hold":
                        self._drop(verdict.id, digest)
                    return article
        return None

    def _drop(self, article: str, digest: bytes) -> None:
        del self._packed[article][digest]
        if not self._packed[article]:
            del self._packed[article]
        self._done.add(digest)


@dataclass
class Rebuilding:
    """Fills an empty store; `counts` says what was found, by name.

    `since` is what the store would have forgotten by now; `delivered` says of a message of wire.alerts whether it went
    to its subscribers before the store was lost.
    """

    settings: Settings
    archive: Archive
    registry: Registry
    desk: Desk
    since: datetime
    delivered: Callable[[ConsumerRecord], bool]
    counts: Counter[str] = field(default_factory=Counter)
    _articles: Waiting = field(default_factory=Waiting)
    _alerts: defaultdict[str, list[Alert]] = field(default_factory=lambda: defaultdict(list))
    _rung: set[str] = field(default_factory=set)
    _rejected: set[str] = field(default_factory=set)

    async def run(self, told: Told) -> None:
        """Enter all that the topics hold; `told` is given what is read, how many messages so far, and of how many."""
        flow = topics(self.settings)
        takes: dict[str, Take] = {lane.raw.name: self._raw for lane in (flow, flow.urgent)}
        takes |= {flow.alerts.name: self._alert, flow.verdicts.name: self._verdict}
        leads = dict.fromkeys(takes, _LEAD) | {flow.verdicts.name: 0.0}
        await self._read("what was judged", leads, takes, told)
        takes = {lane.fresh.name: self._fresh for lane in (flow, flow.urgent)}
        takes |= {lane.tagged.name: self._tagged for lane in (flow, flow.urgent)}
        await self._read("what was not yet", dict.fromkeys(takes, 0.0), takes, told)

    async def _read(self, name: str, leads: Mapping[str, float], takes: Mapping[str, Take], told: Told) -> None:
        history, read_ = History(self.settings, leads), 0
        async for message in history.messages():
            read_ += 1
            told(name, read_, history.total)
            with suppress(RejectedCopy):  # what the doors can't read either
                if message.value:
                    await takes[message.topic](message)

    async def _raw(self, message: ConsumerRecord) -> None:
        self._articles.put(message.value, message.timestamp)

    async def _alert(self, message: ConsumerRecord) -> None:
        alert = decode(message.value, Alert)
        if self.delivered(message):
            await self.desk.take_all([alert], alert.alerted.timestamp())
        if alert.id not in self._rung:
            self._rung.add(alert.id)
            self._alerts[alert.article.id].append(alert)

    async def _verdict(self, message: ConsumerRecord) -> None:
        at = datetime.fromtimestamp(message.timestamp / 1000, UTC)
        if at < self.since:
            return
        verdict = decode(message.value, Verdict)
        if verdict.verdict == "rejected":
            self._rejected.add(verdict.id)
            return
        article, alert = self._articles.take(verdict), self._rang(verdict)
        if verdict.alert and not alert and datetime.now(UTC) - at < _IN_FLIGHT:
            return  # the worker that told the verdict ended before its alert was out: both come again
        if article is None and (verdict.verdict == "hold" or not verdict.doc):
            self.counts["gone"] += 1
            return
        await self._enter(article or _stand_in(verdict, alert), verdict, alert, alert.alerted if alert else at)
        self.counts["without article"] += article is None

    async def _enter(self, article: CleanArticle, verdict: Verdict, alert: Alert | None, at: datetime) -> None:
        tagged = as_judged(article, verdict)
        if tagged.comparison.compared and article.paragraphs:
            await self.archive.claim([entry(article)])
        await self.registry.enter(tagged, verdict, alert, at)
        self.counts[verdict.verdict] += 1
        self.counts["alerts"] += alert is not None

    def _rang(self, verdict: Verdict) -> Alert | None:
        """The alert that rang with a verdict, which was sent before it."""
        told = self._alerts[verdict.id] if verdict.alert else []
        found = next((each for each in told if (each.kind, each.story) == (verdict.verdict, verdict.story)), None)
        if found:
            told.remove(found)
        return found

    async def _fresh(self, message: ConsumerRecord) -> None:
        await self._open(decode(message.value, FreshArticle))

    async def _tagged(self, message: ConsumerRecord) -> None:
        tagged = decode(message.value, TaggedArticle)
        if await self._open(tagged) and tagged.comparison.matches:
            await self.registry.wait(tagged, datetime.now(UTC))

    async def _open(self, fresh: FreshArticle) -> bool:
        """Whether an article was compared and is not judged yet; it must be known to those that come after it."""
        article = fresh.article
        if not fresh.comparison.compared or article.id in self._rejected or await self.registry.judged([article.doc]):
            return False
        await self.archive.claim([entry(article)])
        self.counts["in flight"] += 1
        return True


def entry(article: CleanArticle) -> Entry:
    """An article as the archive keeps it."""
    return Entry(article.id, article.doc, read(article.text, article.language), article.aside, article.language)


def _stand_in(verdict: Verdict, alert: Alert | None) -> CleanArticle:
    """What verdict and alert still tell of an article that is gone: what was new in it, for its story and reprints."""
    return CleanArticle(
        id=verdict.id,
        doc=verdict.doc,
        paragraphs=[each.text for each in verdict.novel],
        headline=alert.headline if alert else "",
        source=alert.article.source if alert else None,
        published=alert.published if alert else None,
        published_from="field" if alert and alert.published else "unknown",
        status="canceled" if verdict.verdict == "withdrawal" else "usable",
        language=(alert.language if alert else None) or "und",
    )


def silent(subscriptions: Iterable[Subscription]) -> list[Subscription]:
    """The subscriptions without their webhooks: what they caught is known again, and nothing is posted."""
    return [replace(each, webhook=None) for each in subscriptions]

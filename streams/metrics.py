"""What is counted, for Prometheus: rooms say what they did, and only this module knows how it is exported.

The library is Prometheus' own client, for Faust's sensor is written for it. Labels are names of our own, never words
of copy, so that no sender can make them many.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import get_args

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from streams.health import Health, Place, Position
from streams.records import Alert, Kind, Record, Rejected, Verdict

MEDIA_TYPE = CONTENT_TYPE_LATEST
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

_AGES = (0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600, 6 * 3600, 24 * 3600)  # seconds
_WORK = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)  # seconds

_verdicts = Counter("copytaster_verdicts", "Verdicts that Kafka has, by kind", ["kind"], registry=REGISTRY)
_alerts = Counter("copytaster_alerts", "Alerts that Kafka has, by kind", ["kind"], registry=REGISTRY)
_rejected = Counter("copytaster_rejected", "Messages put on wire.rejected, by topic", ["topic"], registry=REGISTRY)
_answered = Counter("copytaster_answered", "Messages answered, by topic", ["topic"], registry=REGISTRY)
_waits = Counter("copytaster_waits", "Tries that the store or the broker did not answer", registry=REGISTRY)
_age = Histogram(
    "copytaster_alert_age_seconds", "From an article's publication to its alert", registry=REGISTRY, buckets=_AGES
)
_passage = Histogram(
    "copytaster_passage_seconds",
    "From an article's receipt until its message on a topic was answered",
    ["topic"],
    registry=REGISTRY,
    buckets=_AGES,
)
_batch = Histogram(
    "copytaster_batch_seconds", "To answer a batch, by topic", ["topic"], registry=REGISTRY, buckets=_WORK
)
_tagging = Histogram("copytaster_tagging_seconds", "To tag a batch (NER)", registry=REGISTRY, buckets=_WORK)
_tagged = Counter("copytaster_tagged_articles", "Articles tagged (NER)", registry=REGISTRY)
_waiting = Gauge(
    "copytaster_waiting_messages",
    "Messages that wait in a partition of this worker's",
    ["topic", "partition"],
    registry=REGISTRY,
)
_alive = Gauge("copytaster_alive", "1 until the worker has stalled", registry=REGISTRY)
_ready = Gauge("copytaster_ready", "1 while the worker works", registry=REGISTRY)
_stalled = Gauge("copytaster_stalled_seconds", "How long the worker has stood still", registry=REGISTRY)
_sources = Gauge("copytaster_sources", "Sources that the console has heard of", registry=REGISTRY)
_quiet = Gauge("copytaster_quiet_sources", "Those silent for five times their usual gap", registry=REGISTRY)


for _kind in get_args(Kind):  # a count that begins at nought: else its first rise is not seen
    _verdicts.labels(_kind)


class _Store(Collector):
    """What the store counted: all workers export the same."""

    said = (0, 0, 0, 0)

    def collect(self) -> Iterable[Metric]:
        """The last that it said."""
        size, keys, hits, misses = self.said
        yield GaugeMetricFamily("copytaster_store_bytes", "Memory that the store uses", size)
        yield GaugeMetricFamily("copytaster_store_keys", "Keys in the store", keys)
        yield CounterMetricFamily("copytaster_store_hits", "Reads of the store that found their key", hits)
        yield CounterMetricFamily("copytaster_store_misses", "Reads of the store that did not", misses)


_store = _Store()
REGISTRY.register(_store)


def sent(record: Record) -> None:
    """A record is on its topic."""
    match record:
        case Verdict():
            _verdicts.labels(record.verdict).inc()
        case Alert():
            _alerts.labels(record.kind).inc()
            if record.published:
                _age.observe(max(0.0, (record.alerted - record.published).total_seconds()))
        case Rejected():
            _rejected.labels(record.topic).inc()


@contextmanager
def batch(topic: str, messages: int) -> Iterator[None]:
    """Time the answer to so many messages of a topic, and count them."""
    began = time.monotonic()
    yield
    _batch.labels(topic).observe(time.monotonic() - began)
    _answered.labels(topic).inc(messages)


def passed(topic: str, received: datetime | None) -> None:
    """A message with an article received then is answered."""
    if received:
        _passage.labels(topic).observe(max(0.0, (datetime.now(UTC) - received).total_seconds()))


def waited() -> None:
    """The store or the broker did not answer a door."""
    _waits.inc()


@contextmanager
def tagging(articles: int) -> Iterator[None]:
    """Time the model on so many articles."""
    with _tagging.time():
        yield
    _tagged.inc(articles)


def looked(health: Health, positions: Mapping[Place, Position]) -> None:
    """How the worker is, and where its partitions stand; those that it no longer has are forgotten."""
    _alive.set(health.alive)
    _ready.set(health.ready)
    _stalled.set(health.stalled)
    _waiting.clear()
    for (topic, partition), position in positions.items():
        _waiting.labels(topic, partition).set(position.waiting)


def stored(size: int, keys: int, hits: int, misses: int) -> None:
    """What the store says of itself."""
    _store.said = (size, keys, hits, misses)


def heard_of(quiet: Sequence[bool]) -> None:
    """Of each source that is known, whether it is quiet."""
    _sources.set(len(quiet))
    _quiet.set(sum(quiet))


def page() -> bytes:
    """Everything as Prometheus reads it."""
    return generate_latest(REGISTRY)

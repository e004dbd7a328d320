"""The Faust app: its settings, its topics before anything runs, its agents found by name."""

from collections.abc import Callable, Coroutine
from typing import Any, cast

import faust
from aiokafka import AIOKafkaProducer
from faust.exceptions import ConsumerNotStarted
from faust.sensors.prometheus import FaustMetrics, PrometheusMonitor
from faust.transport.drivers.aiokafka import Producer, Transport
from faust.types import TopicT, TransportT
from yarl import URL

from streams.broker import counts_producers, ensure_topics
from streams.health import Place
from streams.idempotence import IdempotentProducer
from streams.logs import worker_logging
from streams.metrics import REGISTRY
from streams.progress import Progress
from streams.settings import Settings, from_environment
from streams.topics import Topic, Topics, largest_request, topics
from streams.tracing import tracer

AGENTS = [
    "agents.ingest.agent",
    "agents.ingest.feeds.agent",
    "agents.clean.agent",
    "agents.dedupe.agent",
    "agents.extract.agent",
    "agents.alert.agent",
    "agents.deliver.agent",
    "agents.console.agent",
    "agents.watch.agent",
]
Work = Callable[[], Coroutine[Any, Any, object]]

_BUFFER = 256  # messages held for an agent: enough to stay busy, few enough for articles of megabytes


class _Producer(Producer):
    """Faust's, idempotent where the broker counts producers."""

    def _new_producer(self, transactional_id: str | None = None) -> AIOKafkaProducer:
        if not cast(App, self.app).idempotent:
            return super()._new_producer(transactional_id)
        return IdempotentProducer(**{**self._settings_default(), **self._settings_auth()})


class _Transport(Transport):
    Producer = _Producer


class App(faust.App):
    """An app whose topics exist before its first consumer asks for them."""

    settings: Settings
    flow: Topics
    early: list[Work]
    progress: Progress
    joined: bool = False
    idempotent: bool = False

    def plain(self, topic: Topic) -> TopicT:
        """A topic as bytes: reading and writing the records is the door's business."""
        return self.topic(topic.name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")

    async def on_first_start(self) -> None:
        """Make no data folder: Faust wants one for tables, and there are none."""

    async def on_start(self) -> None:
        """Create the topics, with their partitions and retention, then start as Faust does."""
        tracer()  # a worker that can't trace as it was told says so before it takes any message
        await ensure_topics(self.settings)
        self.idempotent = await counts_producers(self.settings)
        await super().on_start()
        for work in self.early:
            self.add_future(work())

    def _new_transport(self) -> TransportT:
        return _Transport(self.conf.broker_consumer, self)

    @property
    def partitions(self) -> set[Place] | None:
        """The partitions that this worker has; None while it waits for them."""
        try:
            return None if self.rebalancing or not self.joined else {(*each,) for each in self.consumer.assignment()}
        except ConsumerNotStarted:
            return None

    def at_once(self, work: Work) -> Work:
        """Do this from the start until the end, while the group of workers still shares out its partitions."""
        self.early.append(work)
        return work


def application(settings: Settings) -> App:
    """The app for these settings. State lives in the store, so no tables, changelogs or leader."""
    suffix = "" if settings.topic_prefix == "wire" else f"-{settings.topic_prefix}"
    made = App(
        f"copytaster{suffix}",
        broker=[URL(f"kafka://{host}") for host in settings.broker.split(",")],
        autodiscover=AGENTS,
        origin="streams.app",  # Faust would guess it from the program's path, and guess wrong
        broker_rebalance_timeout=settings.rebalance_seconds,
        broker_session_timeout=max(settings.rebalance_seconds, 6.0),
        broker_heartbeat_interval=min(3.0, settings.rebalance_seconds / 3),
        consumer_max_fetch_size=largest_request(settings),
        producer_max_request_size=largest_request(settings),
        producer_compression_type=None if settings.compression == "none" else settings.compression,
        producer_acks=-1,
        stream_buffer_maxsize=_BUFFER,
        logging_config=worker_logging(settings.log_level) if settings.log_format == "json" else None,
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=settings.web_port > 0,
        web_bind=settings.web_host,
        web_port=settings.web_port or 6066,
        web_host=settings.web_host,
        web_tables_enabled=False,
        web_router_enabled=False,
        web_stats_enabled=False,
        web_graph_enabled=False,
    )
    made.settings, made.flow, made.early, made.progress = settings, topics(settings), [], Progress()
    made.on_partitions_assigned.connect(_joined)  # type: ignore[arg-type]
    if not settings.web_port:  # the command line's --with-web, on by default, would overrule `web_enabled`
        made.boot_strategy.enable_web = False
    return made


async def _joined(joining: App, *_: object, **__: object) -> None:
    joining.joined = True


settings = from_environment()
app = application(settings)
if settings.web_port:
    app.monitor = PrometheusMonitor(FaustMetrics.create(REGISTRY, "faust"))
flow = app.flow

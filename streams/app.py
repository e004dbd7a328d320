"""The Faust app: its settings, its topics before anything runs, its agents found by name."""

import gc
import logging
from collections.abc import Callable, Coroutine
from typing import Any, cast

import faust
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from faust.auth import SASLCredentials, SSLCredentials
from faust.exceptions import ConsumerNotStarted
from faust.sensors.prometheus import FaustMetrics, PrometheusMonitor
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer, Producer, Transport
from faust.types import StreamT, TopicT, TransportT
from yarl import URL

from streams.broker import counts_producers, ensure_topics, refusal
from streams.health import Place
from streams.idempotence import IdempotentProducer
from streams.logs import worker_logging
from streams.mark import mark, marking
from streams.metrics import REGISTRY
from streams.permits import check_worker
from streams.progress import Progress
from streams.pulse import check_store
from streams.secrets import reveal
from streams.settings import Settings, from_environment
from streams.tls import context
from streams.topics import Topic, Topics, group, largest_request, topics
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
Carry = Callable[[StreamT[bytes]], Coroutine[Any, Any, None]]
Work = Callable[[], Coroutine[Any, Any, object]]

log = logging.getLogger(__name__)

_BUFFER = 256  # messages held for an agent: enough to stay busy, few enough for articles of megabytes
# What is fetched of a partition and taken from there at once. Faust stops taking from one at 204 messages of a buffer,
# and hands nothing to any agent while one is full: what it takes at once of four partitions must find room in the rest.
_FETCHED, _TAKEN = 2**18, 12  # bytes, messages

# Objects made, and collections of the young and the middle ones, before Python looks for cycles. What is there at the
# start stays, and what lies in caches lives long: to look all of it through took 0.18 seconds at a time, now 0.04.
_LITTER = 20_000, 20, 50

# Milliseconds for a broker to wait until there is something to fetch. A partition that is drained meanwhile is asked
# for in the next fetch only, so that it may wait as long. Tansu looks for new messages seldom while a fetch waits: with
# 100 ms a hop takes 30, with 20 four.
_WAIT_KAFKA, _WAIT_TANSU = 100, 20


class _ConsumerThread(AIOKafkaConsumerThread):
    """Faust's, with fetches that never wait as long as its 1.5 seconds for nothing."""

    def _create_worker_consumer(self, transport: Transport) -> AIOKafkaConsumer:
        client = super()._create_worker_consumer(transport)
        client._fetch_max_wait_ms = _WAIT_KAFKA if cast(App, self.app).idempotent else _WAIT_TANSU
        return client


class _Consumer(Consumer):
    def _new_consumer_thread(self) -> AIOKafkaConsumerThread:
        return _ConsumerThread(self, loop=self.loop, beacon=self.beacon)


class _Producer(Producer):
    """Faust's, idempotent where the broker counts producers."""

    def _new_producer(self, transactional_id: str | None = None) -> AIOKafkaProducer:
        if not cast(App, self.app).idempotent:
            return super()._new_producer(transactional_id)
        return IdempotentProducer(**{**self._settings_default(), **self._settings_auth()})


class _Transport(Transport):
    Consumer = _Consumer
    Producer = _Producer


class _Worker(faust.Worker):
    """Faust's, without the spinner: for that it has every client log all it can, to nobody, from `warning` on."""

    def _setup_spinner_handler(self, logger: logging.Logger, level: int) -> None:
        pass


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
        """Create the topics, with their partitions and retention, then start as Faust does.

        A worker that can't trace as it was told, or that store or broker refuse, says so before it takes any message.
        """
        tracer()
        await check_store(self.settings)
        await ensure_topics(self.settings)
        await check_worker(self.settings)
        self.idempotent = await counts_producers(self.settings)
        await super().on_start()
        gc.freeze()
        gc.set_threshold(*_LITTER)
        if not await mark(self.settings):
            self.add_future(marking(self.settings))
        for work in self.early:
            self.add_future(work())

    def _crash(self, reason: BaseException) -> None:
        """Say what to mend where a client of Faust's was refused: its own words are a traceback from a thread."""
        if refused := refusal(reason, self.settings):
            log.critical("%s", refused)
        super()._crash(refused or reason)

    def _new_transport(self) -> TransportT:
        return _Transport(self.conf.broker_consumer, self)

    @property
    def partitions(self) -> set[Place] | None:
        """The partitions that this worker has; None while it waits for them."""
        try:
            return None if self.rebalancing or not self.joined else {(*each,) for each in self.consumer.assignment()}
        except ConsumerNotStarted:
            return None

    def lanes(self, short: str) -> Callable[[Carry], Carry]:
        """An agent on this topic of either lane, so that what is urgent waits in no queue behind what isn't."""

        def made(work: Carry) -> Carry:
            for name, lane in (("", self.flow), ("urgent_", self.flow.urgent)):
                named = f"{work.__module__}.{name}{work.__name__}"
                self.agent(self.plain(getattr(lane, short)), name=named)(work)
            return work

        return made

    def at_once(self, work: Work) -> Work:
        """Do this from the start until the end, while the group of workers still shares out its partitions."""
        self.early.append(work)
        return work


def application(settings: Settings) -> App:
    """The app for these settings. State lives in the store, so no tables, changelogs or leader."""
    made = App(
        group(settings),
        broker=[URL(f"kafka://{host}") for host in settings.broker.split(",")],
        broker_credentials=_credentials(settings),
        autodiscover=AGENTS,
        origin="streams.app",  # Faust would guess it from the program's path, and guess wrong
        broker_rebalance_timeout=settings.rebalance_seconds,
        broker_session_timeout=max(settings.rebalance_seconds, 6.0),
        broker_heartbeat_interval=min(3.0, settings.rebalance_seconds / 3),
        consumer_max_fetch_size=_FETCHED,  # Kafka gives a larger message all the same (KIP-74)
        broker_max_poll_records=_TAKEN,
        producer_max_request_size=largest_request(settings),
        producer_compression_type=None if settings.compression == "none" else settings.compression,
        producer_acks=-1,
        stream_buffer_maxsize=_BUFFER,
        logging_config=worker_logging(settings.log_level) if settings.log_format == "json" else None,
        Worker=_Worker,
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


def _credentials(settings: Settings) -> SASLCredentials | SSLCredentials | None:
    """What `streams.connection` says to aiokafka, as Faust wants it said."""
    encrypted = context(settings, "broker") if settings.broker_tls == "yes" else None
    if settings.broker_user:
        return SASLCredentials(
            username=settings.broker_user,
            password=reveal(settings, "broker_password"),
            mechanism=settings.broker_mechanism,
            ssl_context=encrypted,
        )
    return SSLCredentials(encrypted) if encrypted else None


async def _joined(joining: App, *_: object, **__: object) -> None:
    joining.joined = True


settings = from_environment()
app = application(settings)
if settings.web_port:
    app.monitor = PrometheusMonitor(FaustMetrics.create(REGISTRY, "faust"))
flow = app.flow

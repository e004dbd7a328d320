"""The Faust app: its settings, its topics before anything runs, its agents found by name."""

from collections.abc import Callable, Coroutine
from typing import Any

import faust
from faust.types import TopicT
from yarl import URL

from streams.broker import ensure_topics
from streams.settings import Settings, from_environment
from streams.topics import Topic, Topics, largest_request, topics

AGENTS = [
    "agents.ingest.agent",
    "agents.ingest.feeds.agent",
    "agents.clean.agent",
    "agents.dedupe.agent",
    "agents.extract.agent",
    "agents.alert.agent",
    "agents.deliver.agent",
    "agents.console.agent",
]
Work = Callable[[], Coroutine[Any, Any, object]]

_BUFFER = 256  # messages held for an agent: enough to stay busy, few enough for articles of megabytes


class App(faust.App):
    """An app whose topics exist before its first consumer asks for them."""

    settings: Settings
    flow: Topics
    early: list[Work]

    def plain(self, topic: Topic) -> TopicT:
        """A topic as bytes: reading and writing the records is the door's business."""
        return self.topic(topic.name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")

    async def on_first_start(self) -> None:
        """Make no data folder: Faust wants one for tables, and there are none."""

    async def on_start(self) -> None:
        """Create the topics, with their partitions and retention, then start as Faust does."""
        await ensure_topics(self.settings)
        await super().on_start()
        for work in self.early:
            self.add_future(work())

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
    made.settings, made.flow, made.early = settings, topics(settings), []
    if not settings.web_port:  # the command line's --with-web, on by default, would overrule `web_enabled`
        made.boot_strategy.enable_web = False
    return made


settings = from_environment()
app = application(settings)
flow = app.flow

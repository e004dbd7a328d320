"""Real servers for the tests, started once, and settings of each test's own on them."""

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import fields

import pytest
from redis import Redis
from redis import asyncio as aioredis

from scripts.kafka.cluster import Kafka, NoKafka, installed
from streams.embedded import EMBEDDED, start_broker, start_store
from streams.settings import PREFIX, Settings, variable
from streams.store import connect


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--broker=kafka` runs those tests that share the embedded broker, and on Apache Kafka instead."""
    parser.addoption("--broker", choices=["tansu", "kafka"], default="tansu", help="the broker that tests share")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On Apache Kafka nothing is told by tests that talk to no broker, or to one of their own."""
    if config.getoption("broker") == "kafka":
        shared = [item for item in items if "embedded_broker" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in shared])
        items[:] = shared


@pytest.fixture(scope="session")
def kafka() -> Iterator[Kafka]:
    """Apache Kafka, one broker that tests share. Skips where it can't be had; on CI that is a failure."""
    try:
        installed()
    except NoKafka as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    with Kafka() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def embedded_broker(request: pytest.FixtureRequest) -> Iterator[str]:
    """host:port of a broker; tests share it, so each takes topic names of its own."""
    if request.config.getoption("broker") == "kafka":
        yield request.getfixturevalue("kafka").bootstrap()
        return
    with start_broker() as broker:
        yield broker


@pytest.fixture(scope="session")
def embedded_store() -> Iterator[str]:
    """URL of a store that tests share; `store_url` is the one that is empty."""
    with start_store() as store:
        yield store


@pytest.fixture
def store_url(embedded_store: str) -> str:
    """URL of a store that holds nothing yet."""
    with Redis.from_url(embedded_store) as store:
        store.flushall()
    return embedded_store


@pytest.fixture
async def redis(store_url: str) -> AsyncIterator[aioredis.Redis]:
    """A client of a store that holds nothing yet."""
    client = connect(Settings(store=store_url))
    yield client
    await client.aclose()


@pytest.fixture
def settings(embedded_broker: str, store_url: str) -> Settings:
    """Settings on the embedded servers, with topics no other test uses."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    return Settings(broker=embedded_broker, store=store_url, topic_prefix=prefix, web_port=0, **EMBEDDED)


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    """The environment of a process that runs with `settings`, whatever is set around the tests."""
    ours = {variable(each): str(getattr(settings, each.name)) for each in fields(settings)}
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)} | ours

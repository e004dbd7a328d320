"""Servers that let nobody in unasked, started once for all tests here."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.kafka.cluster import installed
from tests.live.secure import vault
from tests.live.secure.certificates import Certificates
from tests.live.secure.fortress import Fortress, fortress

USERS = ("worker", "publisher", "subscriber", "operator", "stranger", "brief")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Clients leave a connection that was cut as it began, or as it logged in, to the collector."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"))


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """What a test leaves to the collector is collected within it, and hits no other."""
    yield
    gc.collect()


def _lacking(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what}; CI must have it")
    pytest.skip(what)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Certificates of this run."""
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def castle(files: Certificates) -> Iterator[Fortress]:
    """Apache Kafka with TLS, users and an access list."""
    for needed in ("java", "mvn"):
        if not shutil.which(needed):
            _lacking(f"no {needed} on this machine (on Debian: apt-get install maven)")
    installed()
    with fortress(files, USERS) as kafka:
        yield Fortress(kafka, files)


@pytest.fixture(scope="session")
def redis_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where stores have their settings."""
    if not vault.program():
        _lacking("no redis-server with TLS on this machine (on Debian: apt-get install redis-server)")
    return tmp_path_factory.mktemp("stores")


@pytest.fixture(scope="session")
def safe(redis_folder: Path, files: Certificates) -> Iterator[int]:
    """The port of a store with a good certificate."""
    with vault.vault(redis_folder, files, files.good) as port:
        yield port

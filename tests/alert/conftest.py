"""The desk and its shelf, on a store that holds nothing yet."""

import pytest
from redis.asyncio import Redis

from agents.alert.desk import Desk
from agents.alert.shelf import Shelf
from agents.alert.store import Ledger
from streams.settings import Settings


@pytest.fixture
def shelf(redis: Redis) -> Shelf:
    return Shelf(redis, Settings())


@pytest.fixture
def desk(redis: Redis, shelf: Shelf) -> Desk:
    return Desk(Ledger(redis, Settings()), shelf, Settings())

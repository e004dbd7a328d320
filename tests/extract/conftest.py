"""The model that the settings name by default, loaded once for all tests of the room."""

import pytest

from agents.extract.model import Model, load
from streams.settings import Settings

MODEL = Settings().model


@pytest.fixture(scope="session")
def model() -> Model:
    return load(MODEL)

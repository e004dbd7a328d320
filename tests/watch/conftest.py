"""A store of a test's own."""

from collections.abc import Iterator

import pytest

from streams.embedded import start_store


@pytest.fixture
def store() -> Iterator[str]:
    """A store that a test may stop."""
    with start_store() as url:
        yield url

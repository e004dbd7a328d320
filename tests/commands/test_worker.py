"""A worker that is our child tells why it ended, and never outlives us."""

from dataclasses import replace

import pytest

from agents.commands.worker import Worker
from streams.errors import CopytasterError
from streams.settings import Settings


def test_a_worker_that_ended_is_told_with_its_last_words(settings: Settings) -> None:
    with Worker(replace(settings, broker="127.0.0.1:1", log_level="warning")) as worker:
        worker.process.wait(60)
        with pytest.raises(CopytasterError, match=r"(?s)worker ended with code [1-9].*127\.0\.0\.1:1"):
            worker.check()


def test_a_worker_that_runs_is_no_error_and_is_gone_afterwards(settings: Settings) -> None:
    with Worker(settings) as worker:
        worker.check()
        running = worker.process
    assert running.poll() is not None

"""A newer release takes an older one's place: nothing is lost, nothing rejected, nothing told in two ways."""

import asyncio
import time
from contextlib import ExitStack

from agents.commands.worker import Worker
from streams.broker import producer
from streams.embedded import start_store
from streams.formats import newer
from streams.records import Rejected, Verdict
from streams.settings import Settings

from .running import PATIENCE, Running, apart
from .test_crash import contents, stream

NEWER = "tests.newer"


async def put_again(settings: Settings, messages: list[tuple[str, bytes, bytes, list[tuple[str, bytes]]]]) -> None:
    """As if they lay there unanswered still."""
    async with producer(settings) as sender:
        for topic, key, value, headers in messages:
            await sender.send_and_wait(topic, value, key=key, headers=headers)


def wait_for_words(words: str, worker: Worker) -> None:
    deadline = time.monotonic() + PATIENCE
    while words not in (said := worker.last_words(1000)):
        worker.check()
        assert time.monotonic() < deadline, said
        time.sleep(0.5)


def test_an_older_worker_leaves_what_it_cannot_read_to_the_newer_one_that_replaces_it(embedded_broker: str) -> None:
    articles = stream()[:40]
    with start_store() as store:
        settings = apart(embedded_broker, store, "upgrade", tagger_processes=0)
        with Worker(settings, NEWER) as worker:
            river = Running(settings, worker)
            river.send(*articles[:20])
            river.verdicts(each.id for each in articles[:20])
        passed = [(each.topic, each.key, each.value, list(each.headers)) for each in river.messages("clean")]
        assert all(newer(dict(headers)) for *_, headers in passed)
        with ExitStack() as beside:
            with Worker(settings) as older:
                asyncio.run(put_again(settings, passed))
                wait_for_words("in the format of a newer release", older)
                river.worker = beside.enter_context(Worker(settings, NEWER))
                river.send(*articles[20:])
            verdicts = river.verdicts(each.id for each in articles)
            told, rejected = contents(river.read("verdicts", Verdict)), river.read("rejected", Rejected)

    assert set(verdicts) == {each.id for each in articles}
    assert rejected == []
    assert {name: len(each) for name, each in told.items() if len(each) > 1} == {}

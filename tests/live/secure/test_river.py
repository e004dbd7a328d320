"""From raw article to alert over TLS, each part with its own name and no more rights than it needs; no secret is told."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.commands.worker import Worker
from streams.errors import CopytasterError
from streams.records import RawArticle
from streams.rights import Right, rights
from tests.live.secure.fortress import PASSWORD, Fortress
from tests.running import Running

_PREFIX = "guarded"


@pytest.fixture(scope="module")
def river(castle: Fortress, safe: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A worker with the rights of one, its secrets in files; its log tells all that it may."""
    secret = tmp_path_factory.mktemp("secrets") / "password"
    secret.write_text(f"{PASSWORD}\n")
    settings = castle.settings(
        "worker",
        topic_prefix=_PREFIX,
        partitions=1,
        broker_password="",
        broker_password_file=str(secret),
        store=f"rediss://worker@127.0.0.1:{safe}/0",
        store_ca=castle.files.ca,
        store_password_file=str(secret),
        log_level="debug",
    )
    asyncio.run(castle.allow("worker", rights("worker", settings)))
    with Worker(settings) as worker:
        yield Running(settings, worker)


def _as(river: Running, castle: Fortress, user: str) -> Running:
    """The same river, as a user with the rights of the role of that name sees it."""
    settings = castle.settings(user, topic_prefix=_PREFIX)
    asyncio.run(castle.allow(user, rights(user, settings)))
    return Running(settings, river.worker)


def test_an_article_becomes_an_alert_and_nobody_has_more_rights_than_needed(river: Running, castle: Fortress) -> None:
    river.wait_for("alerts", 0)  # the worker makes the topics; who publishes may not
    article = RawArticle(id="lock-1", headline="Lock gate fails", text="The lock gate at Ardmouth failed on Monday.")
    _as(river, castle, "publisher").send(article)
    _as(river, castle, "subscriber").wait_until_rung("lock-1")
    operator = _as(river, castle, "operator")
    assert operator.verdict("lock-1").verdict == "new"
    operator.send_bytes(("broken", b"{"))
    assert "JSON" in operator.rejection("broken").reason


def test_no_secret_is_in_the_log_or_among_the_arguments_of_a_process(river: Running) -> None:
    assert PASSWORD not in river.worker.last_words(10**9)
    for arguments in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = arguments.read_bytes()
        except OSError:  # it has just ended
            continue
        assert PASSWORD.encode() not in words or b"StorageTool" in words, words


def test_a_worker_that_loses_a_right_ends_and_names_it(river: Running, castle: Fortress) -> None:
    asyncio.run(castle.forbid("worker", Right("topic", f"{_PREFIX}.fresh", "Read")))
    assert river.worker.process.wait(180)
    with pytest.raises(CopytasterError, match="ended with code"):
        river.worker.check()
    said = river.worker.last_words(10**9)
    assert "does not let the user 'worker'" in said
    assert f"{_PREFIX}.fresh" in said

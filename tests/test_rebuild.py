"""The store is lost while the river runs: its workers wait, it is made anew from the topics, and nothing rings again."""

import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from redis import Redis

from agents.commands.rebuild import rebuild
from agents.commands.worker import Worker
from agents.rebuilding import Rebuilding
from streams.embedded import start_store
from streams.records import Alert, RawArticle, Verdict
from streams.server import free_port
from streams.settings import Settings, variable
from streams.store import MARK

from .running import PATIENCE, Running, apart
from .watch.asking import ask, ready

FERRY = """At least 12 people died when the ferry Ondine capsized off the port of Marrow on Tuesday, the coast guard said.

The vessel carried 186 passengers and was bound for the island of Tarn when a squall struck it shortly after dawn.

Fishing boats pulled 97 survivors from the water before nightfall, and divers will resume the search on Wednesday."""
ADDED = "Prosecutor Maren Quist opened an investigation of the harbour office and seized its logbooks in the evening."
LATER = "Salvage crews from Harbourton raised the bow on Friday and found the car deck's door torn from its hinges."
RATES = """The central bank of Oland left its rate at 2 percent on Tuesday, governor Pia Kron told reporters in Velm.

Two of nine members had asked for a cut because bakeries and shipyards were letting workers go, the minutes show."""
MINE = """Rescuers reached the flooded Hask mine on Thursday and brought up all eleven miners alive, foreman Otto Lind said.

The pumps had failed on Monday night after lightning struck the shaft tower, an engineer from the insurer found."""
STONE = """Hikers found a meteorite of 31 kilograms near the village of Lund on Friday, geologist Vera Holm said.

The stone will go to the museum of Port Brink, which has shown the finds of the region since it opened its halls."""

BEFORE = [
    RawArticle(id="ferry", source="Harbour Post", headline="Ferry sinks off Marrow", version=1, text=FERRY),
    RawArticle(id="reprint", source="Blog", headline="Tragedy at sea", text=FERRY),
    RawArticle(id="ferry", source="Harbour Post", headline="Ferry sinks", version=2, text=f"{FERRY}\n\n{ADDED}"),
    RawArticle(id="rates", source="Oland Wire", slug="rates-oland", text=RATES),
    RawArticle(id="stone", embargoed_until=datetime.now(UTC) + timedelta(days=1), text=STONE),
    RawArticle(id="unreadable", text="\u0000"),
]
AFTER = RawArticle(id="mine", text=MINE)
FILE = """
[[subscription]]
name = "desk"
words = "ferry"
topic = "{topic}"
feed = true
"""


@pytest.fixture
def lost(embedded_broker: str, tmp_path: Path) -> Iterator[Settings]:
    with start_store() as store:
        path = tmp_path / "desk.toml"
        settings = apart(
            embedded_broker,
            store,
            "rebuild",
            partitions=1,
            tagger_processes=0,
            web_port=free_port(),
            subscriptions=str(path),
        )
        path.write_text(FILE.format(topic=f"{settings.topic_prefix}.desk"))
        yield settings


def test_a_lost_store_is_waited_for_and_made_anew_and_nothing_rings_again(
    lost: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Redis.from_url(lost.store) as store:
        with Worker(lost) as worker:
            river = Running(lost, worker)
            for number, each in enumerate(BEFORE, 1):
                river.send(each)
                river.wait_for("verdicts", number)
            before, verdicts, alerts = settled(store), river.read("verdicts", Verdict), river.alerts()
            until(lambda: "update" in {each.kind for each in river.read("desk", Alert)})

            store.flushall()
            river.send(AFTER)
            ask(lost, "/readyz", waits("has lost what the river remembers; run `copytaster rebuild`"), worker)
            time.sleep(2)
            assert [key for key in store.scan_iter() if not key.startswith(b"ct1:w:")] == []

        with monkeypatch.context() as broken:
            broken.setattr(Rebuilding, "_fresh", None)
            assert run(lost).exit_code != 0
        with Worker(lost) as worker:
            ask(lost, "/readyz", waits("is being rebuilt; if that broke off, run `copytaster rebuild`"), worker)

        told = run(lost)
        assert told.exit_code == 0, told.output
        assert "5 verdicts (2 new, 1 repeat, 1 update, 1 hold), 3 alerts" in told.output
        assert kept(store) == before

        with Worker(lost) as worker:
            river = Running(lost, worker)
            ask(lost, "/readyz", ready, worker)
            assert river.verdict(AFTER.id).verdict == "new"
            river.send(*BEFORE)
            river.send(
                RawArticle(id="again", source="Blog", headline="Ferry raised", text=f"{FERRY}\n\n{ADDED}\n\n{LATER}"),
                RawArticle(id="rates", source="Oland Wire", status="canceled", text="Kill."),
                RawArticle(id="other-stone", text=STONE),
            )
            river.verdict("other-stone")
            found = river.verdicts(["again", "rates"])
            now = river.alerts()
            until(lambda: "again" in {each.article.id for each in river.read("desk", Alert)})

    assert now[: len(alerts)] == alerts
    rang = {each.article.id: each for each in now[len(alerts) :]}
    assert set(rang) == {"mine", "again", "rates", "other-stone"}
    assert found["again"].verdict == "update"
    assert [each.text for each in found["again"].novel] == [LATER]
    assert found["again"].story == alerts[0].story
    assert rang["rates"].recalls == [each.id for each in alerts if each.article.id == "rates"]
    assert river.read("verdicts", Verdict)[: len(verdicts)] == verdicts
    desk = [each.id for each in river.read("desk", Alert)]
    assert len(set(desk)) == len(desk)


def run(settings: Settings) -> Result:
    """`copytaster rebuild` in this process."""
    return CliRunner().invoke(
        rebuild, env={variable(each): str(getattr(settings, each.name)) for each in fields(settings)}
    )


def settled(store: Any) -> dict[bytes, Any]:
    """What the store keeps, once it knows that Kafka has all that was told."""
    until(lambda: all(store.hget(key, "sent") == b"1" for key in store.scan_iter("ct1:s:o:*")))
    return kept(store)


def kept(store: Any) -> dict[bytes, Any]:
    """All that workers remember of copy, but when the index was begun."""
    reads: dict[bytes, Callable[[bytes], Any]] = {
        b"string": store.get,
        b"hash": store.hgetall,
        b"list": lambda key: store.lrange(key, 0, -1),
        b"zset": lambda key: store.zrange(key, 0, -1, withscores=True),
    }
    found = [key for pattern in ("ct1:s:*", "ct3:f:*") for key in store.scan_iter(pattern)]
    kept = {key: reads[store.type(key)](key) for key in found} | {b"mark": store.get(MARK)}
    kept.get(b"ct3:f:g", {}).pop(b"began", None)
    return kept


def waits(reason: str) -> Callable[[int, Any], bool]:
    """Whether a worker isn't ready for this reason."""
    return lambda status, said: status == 503 and any(reason in each for each in said["reasons"])


def until(true: Callable[[], bool]) -> None:
    """Wait for it."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.2)

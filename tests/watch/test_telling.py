"""What a running worker tells of its work: metrics, a log of JSON lines, and traces."""

import asyncio
import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from aiohttp import ClientSession

from agents.commands.worker import Worker
from streams.records import RawArticle
from tests.running import PATIENCE, Running
from tests.watch.asking import TEXT, ask, quick, ready


def test_a_worker_counts_what_it_did_and_logs_it_as_json(embedded_broker: str, store: str) -> None:
    settings = replace(quick(embedded_broker, store), log_format="json")
    with Worker(settings) as worker:
        river = Running(settings, worker)
        river.send(RawArticle(id="first", text=TEXT, published=datetime.now(UTC)))
        river.verdict("first")
        river.send(RawArticle(id="again", text=TEXT))
        river.send_bytes(("torn", b"{"))
        river.rejection("torn")
        river.verdict("again")
        ask(settings, "/readyz", ready, worker)
        page = asyncio.run(read(f"http://{settings.web_host}:{settings.web_port}/metrics"))
        words = worker.last_words(1000)
    told = dict(re.findall(r"^(\S+) ([\d.e+]+)$", page, re.MULTILINE))
    kinds = {
        kind: told[f'copytaster_verdicts_total{{kind="{kind}"}}'] for kind in ("new", "repeat", "rejected", "stale")
    }
    assert kinds == {"new": "1.0", "repeat": "1.0", "rejected": "1.0", "stale": "0.0"}
    assert told["copytaster_alert_age_seconds_count"] == "1.0"
    assert told[f'copytaster_rejected_total{{topic="{settings.topic_prefix}.raw"}}'] == "1.0"
    assert float(told["copytaster_tagging_seconds_sum"]) > 0
    assert float(told["copytaster_store_bytes"]) > 0
    assert float(told["faust_messages_received_total"]) >= 3
    lines = [json.loads(line) for line in words.splitlines() if line.startswith("{")]
    assert [line["article"] for line in lines if line["message"].startswith("rejected")] == ["torn"]


async def read(url: str) -> str:
    """A page as text."""
    async with ClientSession() as client, client.get(url) as answer:
        return await answer.text()


class Collector(BaseHTTPRequestHandler):
    """Takes spans in as OpenTelemetry's collector does."""

    taken: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        self.taken.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def collector() -> Iterator[str]:
    """URL of a collector."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_article_is_traced_from_its_receipt_to_its_alert(
    embedded_broker: str, store: str, collector: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector)
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "200")  # milliseconds
    settings = quick(embedded_broker, store)
    with Worker(settings) as worker:
        river = Running(settings, worker)
        river.send(RawArticle(id="traced", text=TEXT))
        river.verdict("traced")
        parents = [trace(river, topic) for topic in ("clean", "fresh", "tagged", "alerts", "verdicts")]
        deadline = time.monotonic() + PATIENCE
        while not all(
            f"process {settings.topic_prefix}.{name}".encode() in b"".join(Collector.taken) for name in WORKED
        ):
            assert time.monotonic() < deadline, worker.last_words()
            time.sleep(0.1)
    assert len({each.split("-")[1] for each in parents}) == 1
    assert len({each.split("-")[2] for each in parents}) == 4  # the alert and the verdict come from one span


WORKED = ("raw", "clean", "fresh", "tagged")


def trace(river: Running, topic: str) -> str:
    """The traceparent (W3C) of the one message on a topic."""
    (message,) = river.messages(topic)
    return str(dict(message.headers)["traceparent"].decode())

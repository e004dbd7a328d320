"""What a running worker tells of its work: metrics, a log of JSON lines, and traces."""

import asyncio
import json
import re
import time
from datetime import UTC, datetime

from aiohttp import ClientSession

from streams.records import RawArticle
from tests.running import PATIENCE, Running
from tests.watch.asking import TEXT, ask, ready
from tests.watch.conftest import Collector


def test_a_worker_counts_what_it_did(river: Running) -> None:
    before = counted(river)
    river.send(RawArticle(id="first", text=TEXT, published=datetime.now(UTC)))
    river.verdict("first")
    river.send(RawArticle(id="again", text=TEXT))
    river.send_bytes(("torn", b"{"))
    river.rejection("torn")
    river.verdict("again")
    ask(river.settings, "/readyz", ready, river.worker)
    after = counted(river)

    def rise(name: str) -> float:
        return after[name] - before.get(name, 0.0)

    kinds = {
        kind: rise(f'copytaster_verdicts_total{{kind="{kind}"}}') for kind in ("new", "repeat", "rejected", "stale")
    }
    assert kinds == {"new": 1, "repeat": 1, "rejected": 1, "stale": 0}
    assert rise("copytaster_alert_age_seconds_count") == 1
    assert rise(f'copytaster_rejected_total{{topic="{river.settings.topic_prefix}.raw"}}') == 1
    assert rise("copytaster_tagging_seconds_sum") > 0
    assert after["copytaster_store_bytes"] > 0
    assert rise("faust_messages_received_total") >= 3


def counted(river: Running) -> dict[str, float]:
    """The metrics by name and labels."""
    page = asyncio.run(read(f"http://{river.settings.web_host}:{river.settings.web_port}/metrics"))
    return {name: float(value) for name, value in re.findall(r"^(\S+) ([\d.e+]+)$", page, re.MULTILINE)}


async def read(url: str) -> str:
    """A page as text."""
    async with ClientSession() as client, client.get(url) as answer:
        return await answer.text()


def test_its_log_is_json_lines_that_name_the_article(river: Running) -> None:
    river.send_bytes(("broken", b"["))
    river.rejection("broken")
    lines = [json.loads(line) for line in river.worker.last_words(1000).splitlines() if line.startswith("{")]
    assert [line["article"] for line in lines if line["message"].startswith("rejected")][-1] == "broken"


def test_an_article_is_traced_from_its_receipt_to_its_alert(river: Running, collector: Collector) -> None:
    river.send(RawArticle(id="traced", text=f"A fire broke out at the sawmill of Hask on Monday.\n\n{TEXT}"))
    river.verdict("traced")
    parents = [trace(river, topic, "traced") for topic in ("clean", "fresh", "tagged", "alerts", "verdicts")]
    (trace_id,) = {each.split("-")[1] for each in parents}
    assert len({each.split("-")[2] for each in parents}) == 4  # the alert and the verdict come from one span
    wanted = {f"process {river.settings.topic_prefix}.{name}".encode() for name in WORKED}
    deadline = time.monotonic() + PATIENCE
    while not wanted <= {each for each in wanted if sent(collector, bytes.fromhex(trace_id), each)}:
        assert time.monotonic() < deadline, river.worker.last_words()
        time.sleep(0.1)


WORKED = ("raw", "clean", "fresh", "tagged")


def sent(collector: Collector, trace_id: bytes, name: bytes) -> bool:
    """Whether a span of that trace with that name came: its id stands a little before its name (OTLP, Span)."""
    between = re.compile(re.escape(trace_id) + rb".{0,80}?" + re.escape(name), re.DOTALL)
    return any(between.search(each) for each in list(collector.taken))


def trace(river: Running, topic: str, article: str) -> str:
    """The traceparent (W3C) of the one message of an article on a topic."""
    (message,) = [each for each in river.messages(topic) if each.key == article.encode()]
    return str(dict(message.headers)["traceparent"].decode())

"""From an article to those who asked for its alert: a real worker, a topic, a webhook that fails first, and a feed."""

import asyncio
import base64
from pathlib import Path

import feedparser
from aiohttp import ClientSession

from agents.commands.worker import Worker
from streams.codec import decode
from streams.records import Alert, RawArticle, Verdict
from streams.server import free_port
from tests.running import PATIENCE, Running, apart

from .receiver import Receiver, receiving, status
from .samples import SECRET

FERRY = """The ferry Ondine capsized off the port of Marrow on Tuesday, and 12 people died, the coast guard said.

Fishing boats pulled 97 survivors from the water before nightfall, and divers will resume the search on Wednesday."""
FILE = """
[[subscription]]
name = "desk"
words = "ferry"
topic = "{topic}"
webhook = "{url}"
secret = "file:{key}"
feed = true

[[subscription]]
name = "others"
words = "budget"
topic = "{topic}"
"""


def test_an_alert_reaches_topic_webhook_and_feed(embedded_broker: str, store_url: str, tmp_path: Path) -> None:
    path, key = tmp_path / "desk.toml", tmp_path / "key"
    settings = apart(
        embedded_broker,
        store_url,
        "deliver",
        tagger_processes=0,
        web_port=free_port(),
        subscriptions=str(path),
        subscriptions_networks="127.0.0.0/8",
    )
    key.write_text(base64.b64encode(SECRET).decode())
    topic = f"{settings.topic_prefix}.desk"

    async def deliver() -> tuple[Receiver, bytes]:
        async with receiving() as receiver:
            receiver.answers = [status(503)]
            path.write_text(FILE.format(topic=topic, url=receiver.url, key=key))
            with Worker(settings) as worker:
                river = Running(settings, worker)
                await asyncio.to_thread(river.send, RawArticle(id="first", headline="Ferry sinks", text=FERRY))
                await asyncio.to_thread(river.wait_until_rung, "first")
                async with asyncio.timeout(PATIENCE):
                    while not receiver.taken:
                        await receiver.came.wait()
                        receiver.came.clear()
                address = f"http://{settings.web_host}:{settings.web_port}/feeds/desk.atom"
                async with ClientSession() as client, client.get(address) as answer:
                    body = await answer.read()
                (found,) = await asyncio.to_thread(river.alerts)
                (message,) = await asyncio.to_thread(river.messages, "desk")
                (verdict,) = await asyncio.to_thread(river.read, "verdicts", Verdict)
                assert decode(message.value, Alert) == found
                assert dict(message.headers)["ce_id"] == found.id.encode()
                assert (verdict.verdict, verdict.alert) == ("new", True)
                assert (found.language, receiver.ids, receiver.asked) == ("en", [found.id], [found.id] * 2)
            return receiver, body

    receiver, body = asyncio.run(deliver())
    assert receiver.taken[0]["data"]["headline"] == "Ferry sinks"
    assert [each.title for each in feedparser.parse(body).entries] == ["New: Ferry sinks"]

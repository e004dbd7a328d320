"""The console of a running worker: from an article to its alert on the page's stream, and the figures of the river."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import ClientSession

from agents.commands.worker import Worker
from streams.embedded import start_store
from streams.records import RawArticle
from streams.server import free_port
from tests.console.test_api import events
from tests.running import PATIENCE, Running, apart

FERRY = """The ferry Ondine capsized off the port of Marrow on Tuesday, and 12 people died, the coast guard said.

Fishing boats pulled 97 survivors from the water before nightfall, and divers will resume the search on Wednesday."""


@pytest.fixture(scope="module")
def river(embedded_broker: str) -> Iterator[Running]:
    """One worker that serves its console."""
    with start_store() as store:
        settings = apart(embedded_broker, store, "worker", tagger_processes=0, web_port=free_port())
        with Worker(settings) as worker:
            yield Running(settings, worker)


def test_an_article_rings_on_the_page_and_is_counted(river: Running) -> None:
    river.send(RawArticle(id="first", source="Harbour Post", headline="Ferry sinks", text=FERRY))
    river.send_bytes(("broken", b"{"))
    river.wait_until_rung("first")
    said = asyncio.run(look(river))
    (alert,) = said["alerts"]["page"]["alerts"]
    assert (alert["headline"], alert["source"]) == ("Ferry sinks", "Harbour Post")
    (telling,) = said["story"]["tellings"]
    assert "".join(piece["text"] for piece in telling["paragraphs"][0]) == FERRY.split("\n\n", maxsplit=1)[0]
    assert {piece["kind"] for paragraph in telling["paragraphs"] for piece in paragraph} == {"new"}
    assert '"headline":"Ferry sinks"' in said["event"]
    assert set(said["river"]["lags"][-1][1]) == {f"{river.settings.topic_prefix}.{name}" for name in WORKED}
    assert [each["article"] for each in said["rejected"]["rejected"]] == ["broken"]


ROOMS = ("raw", "clean", "fresh", "tagged")
WORKED = (*ROOMS, *(f"urgent.{name}" for name in ROOMS))


async def look(river: Running) -> dict[str, Any]:
    """What the console answers once it has the verdict and a rejection, and its lag was measured."""
    port = f"http://{river.settings.web_host}:{river.settings.web_port}"
    async with asyncio.timeout(PATIENCE), ClientSession(port) as client:

        async def ask(path: str, enough: Any = lambda said: True) -> Any:
            while True:
                async with client.get(path) as answer:
                    if enough(said := await answer.json()):
                        return said
                await asyncio.sleep(0.2)

        alerts = await ask("/api/alerts", lambda said: said["page"]["alerts"])
        story = f"/api/stories/{alerts['page']['alerts'][0]['story']}"
        async with client.get("/api/stream?after=") as answer:
            ((_, event),) = await events(answer, 1)
        return {
            "alerts": alerts,
            "event": event,
            "story": await ask(story, lambda said: said["tellings"][0]["paragraphs"]),
            "river": await ask("/api/river", lambda said: said["lags"] and said["articles"] == 2),
            "rejected": await ask("/api/rejected", lambda said: said["rejected"]),
        }

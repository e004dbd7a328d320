"""The door of the clean room: wire.raw in, wire.clean out; what can't be read goes to wire.rejected."""

from asyncio import sleep
from collections.abc import Sequence
from datetime import UTC, datetime

from faust.types import StreamT

from agents.clean.article import clean
from streams.app import app, flow
from streams.door import Answer, Door
from streams.records import RawArticle


async def strip(articles: Sequence[RawArticle]) -> list[Answer]:
    """Each article stripped to its copy; between two of them others have their turn, such as what is urgent."""
    answers, now = [], datetime.now(UTC)
    for article in articles:
        cleaned = clean(article, now)
        answers.append(Answer(flow.lane(cleaned).clean, cleaned.id, cleaned))
        await sleep(0)
    return answers


@app.lanes("raw")
async def clean_articles(stream: StreamT[bytes]) -> None:
    """wire.raw → wire.clean."""
    await Door(app, RawArticle, strip).carry(stream)

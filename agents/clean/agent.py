"""The door of the clean room: wire.raw in, wire.clean out; what can't be read goes to wire.rejected."""

from collections.abc import Sequence
from datetime import UTC, datetime

from faust.types import StreamT

from agents.clean.article import clean
from streams.app import app, flow
from streams.door import Answer, Door
from streams.records import RawArticle


async def strip(articles: Sequence[RawArticle]) -> list[Answer]:
    """Each article stripped to its copy."""
    now = datetime.now(UTC)
    cleaned = [clean(article, now) for article in articles]
    return [Answer(flow.lane(article).clean, article.id, article) for article in cleaned]


@app.lanes("raw")
async def clean_articles(stream: StreamT[bytes]) -> None:
    """wire.raw → wire.clean."""
    await Door(app, RawArticle, strip).carry(stream)

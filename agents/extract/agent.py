"""The door of the extract room: wire.fresh in, wire.tagged out, with the entities of the new passages."""

from collections.abc import Sequence

from faust.types import StreamT

from agents.extract.tagger import Tagger
from streams import metrics
from streams.app import app, flow, settings
from streams.door import Answer, Door
from streams.errors import CopytasterError
from streams.progress import sign
from streams.records import FreshArticle, TaggedArticle

tagger = Tagger(settings.model, processes=settings.tagger_processes, heard=sign, waiting=app.progress.waiting)


async def tag(articles: Sequence[FreshArticle]) -> list[Answer]:
    """Each article with what its new passages name."""
    lane = flow.lane(articles[0].article)  # of a batch all are in one
    with metrics.tagging(len(articles)):
        entities = await tagger.tag([one.novel for one in articles], urgent=lane is flow.urgent)
    return [
        Answer(
            lane.tagged, one.article.id, TaggedArticle(article=one.article, comparison=one.comparison, entities=found)
        )
        for one, found in zip(articles, entities, strict=True)
    ]


@app.lanes("fresh")
async def extract_entities(stream: StreamT[bytes]) -> None:
    """wire.fresh → wire.tagged."""
    try:
        async with tagger:
            await Door(app, FreshArticle, tag, ahead=2).carry(stream)
    except CopytasterError as error:  # no model: a worker that can't tag must not look as if it could
        await app.crash(error)

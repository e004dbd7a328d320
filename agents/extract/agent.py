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
    with metrics.tagging(len(articles)):
        urgent = any(flow.lane(each.article) is flow.urgent for each in articles)
        entities = await tagger.tag([each.novel for each in articles], urgent=urgent)
    return [
        Answer(
            flow.lane(each.article).tagged,
            each.article.id,
            TaggedArticle(article=each.article, comparison=each.comparison, entities=found),
        )
        for each, found in zip(articles, entities, strict=True)
    ]


@app.lanes("fresh")
async def extract_entities(stream: StreamT[bytes]) -> None:
    """wire.fresh → wire.tagged."""
    try:
        async with tagger:
            await Door(app, FreshArticle, tag).carry(stream)
    except CopytasterError as error:  # no model: a worker that can't tag must not look as if it could
        await app.crash(error)

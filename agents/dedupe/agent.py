"""The door of the dedupe room: wire.clean in, wire.fresh out, or wire.tagged where nothing is left to tag."""

from collections.abc import Sequence
from datetime import UTC, datetime

from faust.types import StreamT

from agents.dedupe.comparer import compare_articles
from agents.dedupe.store import Archive
from streams.app import app, flow, settings
from streams.door import Answer, Door
from streams.records import CleanArticle, TaggedArticle
from streams.store import memory

_window, _budget = settings.window_hours * 3600, settings.store_megabytes * 2**20
archive = Archive(memory(settings), window=_window, budget=_budget, where=settings.store)


async def compare(articles: Sequence[CleanArticle]) -> list[Answer]:
    """Send repeats straight to the alert room, and all else the long way.

    A kill has nothing to be tagged, but must not overtake the article it withdraws.
    """
    answers = []
    for fresh in await compare_articles(archive, articles, datetime.now(UTC)):
        article, comparison = fresh.article, fresh.comparison
        lane = flow.lane(article)
        if fresh.novel or not comparison.compared:
            answers.append(Answer(lane.fresh, article.id, fresh))
        else:
            answers.append(Answer(lane.tagged, article.id, TaggedArticle(article=article, comparison=comparison)))
    return answers


@app.lanes("clean")
async def dedupe_articles(stream: StreamT[bytes]) -> None:
    """wire.clean → wire.fresh | wire.tagged."""
    await Door(app, CleanArticle, compare).carry(stream)

"""The door of the alert room: wire.tagged in, a verdict for every article out, and an alert for what is new."""

from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import cast

from faust.types import StreamT, TopicT

from agents.alert.desk import Desk
from agents.alert.shelf import Shelf, receipt
from agents.alert.store import Ledger, Outcome
from streams.app import app, flow, settings
from streams.door import Answer, Door, Errand
from streams.records import TaggedArticle
from streams.store import memory

now = partial(datetime.now, UTC)
shelf = Shelf(memory(settings), settings)
desk = Desk(Ledger(memory(settings), settings), shelf, settings)


async def _answers(outcomes: Awaitable[Sequence[Outcome]]) -> list[Answer]:
    told = [each for each in await outcomes if not each.sent]
    alerts = [Answer(flow.alerts, each.alert.article.id, each.alert, each.doc) for each in told if each.alert]
    return [*alerts, *(Answer(flow.verdicts, each.verdict.id, each.verdict, each.doc) for each in told)]


async def _released() -> list[Answer]:
    return [Answer(flow.lane(each).clean, each.id, each, receipt(each)) for each in await shelf.due(now().timestamp())]


@app.lanes("tagged")
async def judge_articles(stream: StreamT[bytes]) -> None:
    """wire.tagged → wire.verdicts, wire.alerts, and wire.clean for what was held; nobody waits for ever."""
    door = Door(app, TaggedArticle, lambda batch: _answers(desk.judge_all(batch, now())), delivered=desk.sent)
    overdue = Errand(lambda: _answers(desk.overdue(now())), settings.park_seconds / 4, desk.sent)
    errands = overdue, Errand(_released, 1.0, shelf.let_go)
    await door.carry(stream, *(errands if flow.tagged.name in cast(TopicT, stream.channel).topics else ()))

"""The door of the alert room: wire.tagged in, a verdict for every article out, and an alert for what is new."""

from collections.abc import Sequence
from datetime import UTC, datetime

from faust.types import StreamT

from agents.alert.desk import Desk
from agents.alert.store import Ledger, Outcome
from streams.app import app, flow, settings
from streams.door import Answer, Door
from streams.records import TaggedArticle
from streams.store import connect

desk = Desk(Ledger(connect(settings), settings), settings)


async def judge(articles: Sequence[TaggedArticle]) -> list[Answer]:
    """The answers to articles one after another, and to those that waited for them."""
    return _answers(await desk.judge_all(articles, datetime.now(UTC)))


def _answers(outcomes: Sequence[Outcome]) -> list[Answer]:
    told = [each for each in outcomes if not each.sent]
    alerts = [Answer(flow.alerts, each.alert.article.id, each.alert, each.doc) for each in told if each.alert]
    return [*alerts, *(Answer(flow.verdicts, each.verdict.id, each.verdict, each.doc) for each in told)]


@app.agent(app.plain(flow.tagged))
async def judge_articles(stream: StreamT[bytes]) -> None:
    """wire.tagged → wire.verdicts, wire.alerts; nobody waits for ever."""
    door = Door(app, TaggedArticle, judge, delivered=desk.sent)
    await door.carry(stream, every=settings.park_seconds / 4, also=_overdue)


async def _overdue() -> list[Answer]:
    return _answers(await desk.overdue(datetime.now(UTC)))

"""The desk where verdicts are made: look up, decide, remember, in this order, and again where another was quicker."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime

from agents.alert.case import LOOKED, Case
from agents.alert.shelf import Shelf
from agents.alert.store import Ledger, Outcome
from agents.alert.terms import terms
from streams.records import TaggedArticle
from streams.settings import Settings
from streams.thresholds import Thresholds

_TRIES = 5  # decisions made anew because another worker changed a story; then the last one stands


class Desk:
    """Judges articles, each once: the same document always has the same outcome."""

    def __init__(self, ledger: Ledger, shelf: Shelf, settings: Settings) -> None:
        self._ledger, self._shelf = ledger, shelf
        self._thresholds = Thresholds(story_hours=settings.story_hours)
        self._patience = settings.park_seconds

    async def judge(self, tagged: TaggedArticle, now: datetime) -> list[Outcome]:
        """The outcome for one article, and those of the articles that waited for it (see `judge_all`)."""
        return await self.judge_all([tagged], now)

    async def judge_all(
        self, articles: Sequence[TaggedArticle], now: datetime, *, patient: bool = True
    ) -> list[Outcome]:
        """The outcomes for articles in their order, each followed by those of the articles that waited for it.

        None for an article that must wait itself, for the verdict on earlier copy that it shares text with. Raises
        StoreUnavailable; asking again is safe.
        """
        told: dict[str, Outcome] = {}
        overdue = set() if patient else {each.article.doc for each in articles}
        ahead = deque(articles)
        while ahead:
            tagged = ahead.popleft()
            doc = tagged.article.doc
            # Reprints of reprints wait for one another: each is told once, or their number would grow with every path.
            if doc in told:
                continue
            outcome, children = await self._judge(tagged, now, patient=doc not in overdue)
            if outcome:
                told[doc] = outcome
                ahead.extendleft(reversed(await self._ledger.waiting([each for each in children if each not in told])))
        return list(told.values())

    async def overdue(self, now: datetime) -> list[Outcome]:
        """Outcomes for articles that have waited too long: what they wait for may never come."""
        return await self.judge_all(await self._ledger.overdue(now.timestamp() - self._patience), now, patient=False)

    async def sent(self, docs: Sequence[str]) -> None:
        """Kafka has the outcomes of these documents: they are never told again."""
        await self._ledger.sent(docs)

    async def _judge(
        self, tagged: TaggedArticle, now: datetime, *, patient: bool
    ) -> tuple[Outcome | None, Sequence[str]]:
        """The outcome, None where the article must wait, and the documents that waited for it."""
        weights = terms(tagged)
        for attempt in range(_TRIES):
            opened = await self._ledger.open(tagged, list(weights)[:LOOKED], list(weights))
            if opened.outcome:
                return opened.outcome, () if opened.outcome.sent else opened.children
            if patient and None in opened.matches.values():
                if await self._ledger.park(tagged, now.timestamp()):
                    return None, ()
                continue
            last = attempt == _TRIES - 1
            decision = Case(tagged, weights, opened, now, self._thresholds).decision(merging=not last)
            if decision.outcome.verdict.verdict == "hold":  # not remembered: it is judged when it is released
                await self._shelf.hold(tagged, now.timestamp())
                return decision.outcome, ()
            if remembered := await self._ledger.commit(decision, opened, force=last):
                return remembered
        raise AssertionError("the last try is forced")

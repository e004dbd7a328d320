"""The whole river in one process, room after room: the same craft and store as the live path, without Kafka."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from agents.alert.desk import Desk
from agents.alert.shelf import Shelf
from agents.alert.store import Ledger
from agents.clean.article import clean
from agents.dedupe.comparer import compare_articles
from agents.dedupe.store import Archive
from agents.extract.tagger import Tagger
from streams.errors import RejectedCopy
from streams.records import CleanArticle, FreshArticle, RawArticle, TaggedArticle, Verdict
from streams.settings import Settings
from streams.store import connect


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with the clean article that its offsets count in; None where none could be read."""

    verdict: Verdict
    article: CleanArticle | None = None


@dataclass
class River:
    """Judges articles one after another. The same articles in the same order give the same verdicts.

    Its clock is the articles': it stands at the latest date published so far, so that copy of
    another year is judged as it would have been then, however fast it is read.
    """

    archive: Archive
    tagger: Tagger
    desk: Desk
    clock: datetime | None = None

    async def judge(self, articles: Sequence[RawArticle]) -> list[Judged]:
        """One verdict for each article, in order; those that can't be read are `rejected` with the reason."""
        compared = [await self._compare(article) for article in articles]
        passages = [each.novel if isinstance(each, FreshArticle) else [] for each, _ in compared]
        entities = await self.tagger.tag(passages)
        judged = []
        for (each, now), named in zip(compared, entities, strict=True):
            if isinstance(each, Verdict):
                judged.append(Judged(each))
                continue
            tagged = TaggedArticle(article=each.article, comparison=each.comparison, entities=named)
            judged += [Judged(outcome.verdict, each.article) for outcome in await self.desk.judge(tagged, now)]
        return judged

    async def _compare(self, article: RawArticle) -> tuple[FreshArticle | Verdict, datetime]:
        now = self.clock = self.clock or article.published or article.received or datetime.now(UTC)
        try:
            cleaned = clean(article, datetime.now(UTC))
        except RejectedCopy as error:
            return rejected(article.id, str(error)), now
        if cleaned.published and cleaned.published > now:
            now = self.clock = cleaned.published
        return (await compare_articles(self.archive, [cleaned], now))[0], now


def rejected(article: str, reason: str) -> Verdict:
    """The verdict on copy that can't be read."""
    return Verdict(id=article, verdict="rejected", alert=False, reasons={"reason": reason})


@asynccontextmanager
async def river(settings: Settings) -> AsyncIterator[River]:
    """A river on the store of these settings, with the model in this process."""
    store = connect(settings)
    window, budget = settings.window_hours * 3600, settings.store_megabytes * 2**20
    archive = Archive(store, window=window, budget=budget, where=settings.store)
    async with Tagger(settings.model, processes=0) as tagger:
        yield River(archive, tagger, Desk(Ledger(store, settings), Shelf(store, settings), settings))
    await store.aclose()

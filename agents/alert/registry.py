"""Enters what was judged before into an empty ledger: each verdict as it was told, and all that followed from it.

Nothing is decided here. So a store that was lost is made anew as it was, and whatever comes again is known.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from agents.alert.case import LOOKED, to_be_remembered
from agents.alert.growth import grown
from agents.alert.lineage import lineage
from agents.alert.memory import Memory
from agents.alert.merging import merged
from agents.alert.shelf import Shelf
from agents.alert.store import Ledger, Outcome
from agents.alert.stories import Story, profile
from agents.alert.terms import leading, terms
from streams.records import Alert, CleanArticle, Comparison, TaggedArticle, Verdict
from streams.settings import Settings
from streams.thresholds import Thresholds


def as_judged(article: CleanArticle, verdict: Verdict) -> TaggedArticle:
    """An article as it was judged, as far as its verdict tells: all that its story and its versions took from it."""
    compared = verdict.verdict != "hold" and article.status != "canceled"
    comparison = Comparison(compared=compared, matches=verdict.matches, changes=verdict.changes)
    return TaggedArticle(article=article, comparison=comparison, entities=verdict.entities)


class Registry:
    """Enters verdicts in the order in which they were told. Raises StoreUnavailable; asking again is safe."""

    def __init__(self, ledger: Ledger, shelf: Shelf, settings: Settings) -> None:
        self._ledger, self._shelf = ledger, shelf
        self._thresholds = Thresholds(story_hours=settings.story_hours)

    async def enter(self, tagged: TaggedArticle, verdict: Verdict, alert: Alert | None, now: datetime) -> None:
        """Remember an article as judged at `now`, with the alert that rang for it; or shelve it where it is held."""
        if verdict.verdict == "hold":
            await self._shelf.hold(tagged, now.timestamp())
            return
        weights, outcome = terms(tagged), Outcome(tagged.article.doc, verdict, alert)
        opened = await self._ledger.open(tagged, list(weights)[:LOOKED], list(weights))
        if not opened.outcome:
            about = profile(weights, tagged.article.language, opened.counts, leading(tagged))
            story, other = await self._stories(verdict)
            after = grown(story, Memory(story.told if story else b""), tagged, about, verdict, now)
            if after and other:
                after = replace(merged(after, other)[0], id=verdict.story or after.id)
            line = lineage(tagged, opened.known, opened.likely, self._thresholds)
            dead = other and replace(other, id=verdict.merged[0])
            decision = to_be_remembered(tagged, weights, line, outcome, after, dead)
            await self._ledger.commit(decision, opened, force=True)
        await self._ledger.sent([tagged.article.doc])

    async def wait(self, tagged: TaggedArticle, now: datetime) -> None:
        """Have an article that is not judged yet wait for those it shares text with, or be judged as soon as may be."""
        if not await self._ledger.park(tagged, now.timestamp()):
            await self._ledger.keep(tagged, (now - timedelta(days=1)).timestamp())

    async def judged(self, docs: Sequence[str]) -> set[str]:
        """Those of the documents that have an outcome."""
        return await self._ledger.judged(docs)

    async def _stories(self, verdict: Verdict) -> tuple[Story | None, Story | None]:
        """The story that the article was placed in, and the one that was merged with it then."""
        names = [verdict.story or "", *verdict.merged]
        best = verdict.stories[0].story if verdict.stories else ""
        placed = best if best in names else names[0]
        found = {name: await self._ledger.story(name) for name in names if name}
        return found.get(placed), next((each for name, each in found.items() if name != placed), None)

"""The desk where verdicts are made: look up, decide, remember, in this order, and again where another was quicker."""

from collections import deque
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from agents.alert import signals
from agents.alert.alerts import SHOWN, alert
from agents.alert.evidence import weighed
from agents.alert.facts import by_importance, sift, statements
from agents.alert.growth import OPENING, grown, told_at
from agents.alert.lineage import Lineage, Versions, is_stale, keys, lineage, version
from agents.alert.memory import Memory
from agents.alert.merging import merged, twin
from agents.alert.placement import Placement, place
from agents.alert.shelf import Shelf
from agents.alert.store import Decision, Ledger, Opened, Outcome
from agents.alert.stories import Profile, Story, profile
from agents.alert.terms import leading, terms
from agents.alert.verdict import Evidence, decide
from streams.records import Alert, CleanArticle, Novel, TaggedArticle, Verdict
from streams.settings import Settings
from streams.thresholds import Thresholds

LOOKED = 24  # terms by which a story is found: those that tell most
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
        looked = list(weights)[:LOOKED]
        for attempt in range(_TRIES):
            opened = await self._ledger.open(tagged, looked, list(weights))
            if opened.outcome:
                return opened.outcome, () if opened.outcome.sent else opened.children
            if patient and None in opened.matches.values():
                if await self._ledger.park(tagged, now.timestamp()):
                    return None, ()
                continue
            last = attempt == _TRIES - 1
            decision = self._decide(tagged, weights, looked, opened, now, merging=not last)
            if decision.outcome.verdict.verdict == "hold":  # not remembered: it is judged when it is released
                await self._shelf.hold(tagged, now.timestamp())
                return decision.outcome, ()
            if remembered := await self._ledger.commit(decision, opened, force=last):
                return remembered
        raise AssertionError("the last try is forced")

    def _decide(
        self,
        tagged: TaggedArticle,
        weights: dict[str, float],
        looked: list[str],
        opened: Opened,
        now: datetime,
        *,
        merging: bool,
    ) -> Decision:
        """Everything after looking and before remembering; touches no server."""
        article, claimed = tagged.article, signals.read(tagged, now)
        about = profile(weights, article.language, opened.counts, leading(tagged))
        line = lineage(tagged, opened.known, opened.likely, self._thresholds)
        placement, story = self._place(tagged, about, opened, line.versions)
        subject, memory = story.profile if story else about, Memory(story.told if story else b"")
        sifted = sift(tagged, memory, subject, self._thresholds)
        verdict = decide(
            Evidence(
                tagged=tagged,
                signals=claimed,
                placement=placement,
                story=story.id if story else f"s{article.doc}",
                stories=_stories(tagged, opened),
                stale=is_stale(tagged, line.versions, self._thresholds),
                followed=bool(line.versions),
                sifted=sifted,
                reasons=_held_by(article) if claimed.held and not claimed.killed else _marked(article),
            ),
            self._thresholds,
        )
        names = story.named if story else {}
        verdict = replace(verdict, passages=weighed(tagged, verdict, sifted, memory, subject, names))
        after, dead, told = grown(story, memory, tagged, about, verdict, now), None, None
        running = opened.stories if merging and verdict.verdict in OPENING else ()
        other = twin(story, placement, running, self._thresholds) if story else None
        if after and other:
            names, (after, dead) = names | other.named, merged(after, other)
            verdict = replace(verdict, story=after.id, merged=[dead.id])
        if verdict.alert:
            ranked = _ranked(tagged, verdict, memory, subject)
            told = _alert(tagged, verdict, names, after, ranked, opened, line, now)
        return Decision(
            outcome=Outcome(article.doc, verdict, told),
            version=version(article, told.id if told else None, verdict.story),
            lineage=line,
            keys=() if verdict.verdict == "advisory" else keys(article),
            story=after,
            dead=dead.id if dead else None,
            looked=[] if verdict.verdict == "withdrawal" else looked,  # a kill says nothing of what it kills
            counted=list(weights) if verdict.verdict in OPENING else [],
        )

    def _place(
        self, tagged: TaggedArticle, about: Profile, opened: Opened, versions: Versions
    ) -> tuple[Placement, Story | None]:
        """The story by the item's earlier versions or by reused text first, by likeness else."""
        overlaps: dict[str, float] = {}
        for match in tagged.comparison.matches:
            judged = opened.matches.get(match.doc)
            if judged and judged.story:
                overlaps[judged.story] = max(overlaps.get(judged.story, 0.0), match.overlap)
        for each in versions.values():
            if each.story:
                overlaps[each.story] = 1.0
        placement = place(about, opened.stories, overlaps, told_at(tagged), self._thresholds)
        return placement, next((each for each in opened.stories if each.id == placement.story), None)


def _held_by(article: CleanArticle) -> dict[str, str | None]:
    """What holds the copy back: its own notice or its status, and until when."""
    until, notice = article.embargoed_until, article.notice
    if until:
        reason = f"embargoed until {until.astimezone(UTC):%Y-%m-%d %H:%M:%SZ}" + (f", by “{notice}”" if notice else "")
    else:
        said = f"held by “{notice}”, which names no time that can be read" if notice else "withheld"
        reason = f"{said}; `copytaster release` frees it"
    return {"held": notice or article.status, "until": until.isoformat() if until else None, "reason": reason}


def _marked(article: CleanArticle) -> dict[str, int | str]:
    """What the trade's markers said that bears on the verdict."""
    said = {"edition": article.markers.edition, "take": article.markers.part, "corrects": article.markers.correction}
    return {name: each for name, each in said.items() if each}


def _stories(tagged: TaggedArticle, opened: Opened) -> dict[str, str]:
    """The story of each matched article, by its id."""
    judged = ((match.id, opened.matches.get(match.doc)) for match in tagged.comparison.matches)
    return {name: found.story for name, found in judged if found and found.story}


def _alert(
    tagged: TaggedArticle,
    verdict: Verdict,
    named_before: Collection[str],
    after: Story | None,
    ranked: Sequence[Novel],
    opened: Opened,
    line: Lineage,
    now: datetime,
) -> Alert:
    """The alert for a verdict that rings: what it replaces are those on earlier versions and on the copy it updates.

    A later take replaces nothing.
    """
    earlier = [each.alert for each in line.versions.values() if each.alert and not each.withdrawn]
    closest = tagged.comparison.matches[:1] if verdict.verdict in ("update", "correction") else []
    updated = [found.alert for each in closest if (found := opened.matches.get(each.doc)) and found.alert]
    withdrawn = verdict.verdict == "withdrawal"
    adds = withdrawn or signals.read(tagged, now).continues
    return alert(
        tagged,
        verdict,
        ranked=ranked,
        story=verdict.story or "",
        named_before=named_before,
        sources=after.sources if after else [],
        supersedes=[] if adds else list(dict.fromkeys([*earlier, *updated])),
        recalls=earlier if withdrawn else [],
        now=now,
    )


def _ranked(tagged: TaggedArticle, verdict: Verdict, memory: Memory, subject: Profile) -> list[Novel]:
    """Those of the verdict's novel passages that the alert shows, the most important first."""
    passages = {novel.start: novel for novel in verdict.novel}
    found = statements(tagged.article, [each for each in tagged.comparison.passages if each.start in passages])
    ranked = by_importance(found, memory, subject, SHOWN)
    return [passages[each.passage.start] for each in ranked]

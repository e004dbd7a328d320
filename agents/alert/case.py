"""One article and all that was looked up for it, from which its decision follows; nothing here touches a server."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from msgspec.structs import replace

from agents.alert import signals
from agents.alert.alerts import SHOWN, alert
from agents.alert.evidence import weighed
from agents.alert.facts import Sifted, Subject, by_importance, measured, sift, statements
from agents.alert.growth import OPENING, grown, told_at
from agents.alert.lineage import Lineage, Versions, is_stale, keys, lineage, version
from agents.alert.memory import Memory
from agents.alert.merging import merged, twin
from agents.alert.placement import Placement, place
from agents.alert.signals import Signals
from agents.alert.store import Decision, Opened, Outcome
from agents.alert.stories import Profile, Story, profile
from agents.alert.terms import leading
from agents.alert.verdict import Evidence, decide
from streams.records import Alert, CleanArticle, Novel, TaggedArticle, Verdict
from streams.thresholds import Thresholds

LOOKED = 24  # terms by which a story is found: those that tell most


@dataclass(frozen=True)
class Case:
    """An article, the weights of its terms (those that tell most first), and what the store knows of it."""

    tagged: TaggedArticle
    weights: Mapping[str, float]
    opened: Opened
    now: datetime
    thresholds: Thresholds

    def decision(self, *, merging: bool) -> Decision:
        """The verdict, the alert if it rings, and what is to be remembered; stories are merged only if `merging`."""
        verdict, names = self._verdict, self._named
        after, dead = grown(self._story, self._memory, self.tagged, self._about, verdict, self.now), None
        other = self._twin if merging and verdict.verdict in OPENING else None
        if after and other:
            names, (after, dead) = names | other.named.keys(), merged(after, other)
            verdict = replace(verdict, story=after.id, merged=[dead.id])
        told = self._alert(verdict, names, after) if verdict.alert else None
        outcome = Outcome(self.tagged.article.doc, verdict, told)
        return to_be_remembered(self.tagged, self.weights, self._line, outcome, after, dead)

    @cached_property
    def _claimed(self) -> Signals:
        return signals.read(self.tagged, self.now)

    @cached_property
    def _about(self) -> Profile:
        return profile(self.weights, self.tagged.article.language, self.opened.counts, leading(self.tagged))

    @cached_property
    def _line(self) -> Lineage:
        return lineage(self.tagged, self.opened.known, self.opened.likely, self.thresholds)

    @cached_property
    def _before(self) -> Versions:
        """The versions that went before it. One that waited for it, and was judged when it had waited too long, came
        after it, and told nothing of what the two share: as its later version it would silence that for good.
        """
        return {doc: each for doc, each in self._line.versions.items() if doc not in self.opened.children}

    @cached_property
    def _placement(self) -> Placement:
        """The story by the item's earlier versions or by reused text first, by likeness else."""
        overlaps: dict[str, float] = {}
        for match in self.tagged.comparison.matches:
            judged = self.opened.matches.get(match.doc)
            if judged and judged.story:
                overlaps[judged.story] = max(overlaps.get(judged.story, 0.0), match.overlap)
        overlaps |= {each.story: 1.0 for each in self._line.versions.values() if each.story}
        return place(self._about, self.opened.stories, overlaps, told_at(self.tagged), self.thresholds)

    @cached_property
    def _story(self) -> Story | None:
        return next((each for each in self.opened.stories if each.id == self._placement.story), None)

    @cached_property
    def _twin(self) -> Story | None:
        return self._story and twin(self._story, self._placement, self.opened.stories, self.thresholds)

    @cached_property
    def _subject(self) -> Profile:
        return self._story.profile if self._story else self._about

    @cached_property
    def _memory(self) -> Memory:
        return Memory(self._story.told if self._story else b"")

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(self._story.named) if self._story else frozenset()

    @cached_property
    def _sifted(self) -> Sifted:
        return sift(self.tagged, self._memory, self._subject, self.thresholds)

    @cached_property
    def _verdict(self) -> Verdict:
        article, claimed, line = self.tagged.article, self._claimed, self._line
        verdict = decide(
            Evidence(
                tagged=self.tagged,
                signals=claimed,
                placement=self._placement,
                story=self._story.id if self._story else f"s{article.doc}",
                stories=self._stories_of_matches(),
                stale=is_stale(self.tagged, self._before, self.thresholds),
                followed=bool(line.versions),
                sifted=self._sifted,
                reasons=_held_by(article) if claimed.held and not claimed.killed else _marked(article),
            ),
            self.thresholds,
        )
        evidence = weighed(self.tagged, verdict, self._sifted, self._named)
        return replace(verdict, passages=evidence)

    def _stories_of_matches(self) -> dict[str, str]:
        judged = ((match.id, self.opened.matches.get(match.doc)) for match in self.tagged.comparison.matches)
        return {name: found.story for name, found in judged if found and found.story}

    def _alert(self, verdict: Verdict, named_before: Collection[str], after: Story | None) -> Alert:
        """The alert for a verdict that rings: it replaces those on earlier versions and on the copy it updates.

        A later take replaces nothing.
        """
        withdrawn = verdict.verdict == "withdrawal"
        versions = self._line.versions if withdrawn else self._before
        earlier = [each.alert for each in versions.values() if each.alert and not each.withdrawn]
        closest = self.tagged.comparison.matches[:1] if verdict.verdict in ("update", "correction") else []
        updated = [found.alert for each in closest if (found := self.opened.matches.get(each.doc)) and found.alert]
        return alert(
            self.tagged,
            verdict,
            ranked=self._ranked(verdict),
            story=verdict.story or "",
            named_before=named_before,
            sources=after.sources if after else [],
            supersedes=[] if withdrawn or self._claimed.continues else list(dict.fromkeys([*earlier, *updated])),
            recalls=earlier if withdrawn else [],
            now=self.now,
        )

    def _ranked(self, verdict: Verdict) -> Sequence[Novel]:
        """Those of the verdict's novel passages that the alert shows, the most important first."""
        passages = {novel.start: novel for novel in verdict.novel}
        known = {each.statement.passage.start: each for each in self._sifted.additions}
        shown = [each for each in self.tagged.comparison.passages if each.start in passages]
        brought = statements(self.tagged.article, [each for each in shown if each.start not in known])
        known |= {
            each.statement.passage.start: each for each in measured(brought, self._memory, Subject(self._subject.words))
        }
        ranked = by_importance([known[each.start] for each in shown], SHOWN, lead_first=not self._memory)
        return [passages[each.statement.passage.start] for each in ranked]


def to_be_remembered(
    tagged: TaggedArticle,
    weights: Mapping[str, float],
    line: Lineage,
    outcome: Outcome,
    story: Story | None,
    dead: Story | None,
) -> Decision:
    """An outcome and what goes with it: the article as a version, its story after it, and its twin."""
    article, verdict = tagged.article, outcome.verdict
    return Decision(
        outcome=outcome,
        version=version(article, outcome.alert.id if outcome.alert else None, verdict.story),
        lineage=line,
        keys=() if verdict.verdict == "advisory" else keys(article),
        story=story,
        dead=dead.id if dead else None,
        # A kill says nothing of what it kills.
        looked=[] if verdict.verdict == "withdrawal" else list(weights)[:LOOKED],
        counted=list(weights) if verdict.verdict in OPENING else [],
    )


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

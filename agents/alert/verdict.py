"""The decision: what an article is, and whether it rings. Pure; everything it rests on is handed in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agents.alert.facts import Sifted
from agents.alert.growth import OPENING
from agents.alert.placement import Placement
from agents.alert.signals import Signals
from streams.records import Comparison, Kind, Novel, Passage, TaggedArticle, Verdict
from streams.thresholds import Thresholds

JUDGE = "3"  # goes up whenever the same article may get another verdict


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an article when it is judged.

    `story` is the article's, running or to be opened; `stories` gives that of each matched article by its id;
    `stale` says that a later version of the item is known, `followed` that an earlier one is; `sifted` has the novel
    passages that tell something, to the running story or of their own.
    """

    tagged: TaggedArticle
    signals: Signals
    placement: Placement
    story: str
    stories: Mapping[str, str]
    stale: bool
    followed: bool
    sifted: Sifted
    reasons: Mapping[str, float | int | str | bool | None]


def decide(evidence: Evidence, thresholds: Thresholds) -> Verdict:
    """The verdict on an article, with the scores and thresholds that decided it."""
    tagged, comparison = evidence.tagged, evidence.tagged.comparison
    brought = _brought_in(evidence, thresholds)
    kind = _kind(evidence, bool(brought), thresholds)
    told = _told(evidence, kind, brought)
    overlap = _overlap(comparison)
    return Verdict(
        id=tagged.article.id,
        doc=tagged.article.doc,
        verdict=kind,
        alert=kind in (*OPENING, "withdrawal"),
        story=evidence.story if kind in OPENING else evidence.placement.story,
        matches=comparison.matches,
        novel=_texts(tagged.article.text, told),
        changes=comparison.changes if kind != "repeat" else [],
        entities=tagged.entities,
        stories=list(evidence.placement.looked),
        reasons={
            "overlap": overlap,
            "overlap_needed": thresholds.update_overlap,
            "novel_passages": sum(passage.novel for passage in comparison.passages),
            "passages_told": len(evidence.sifted.told),
            "passages_aside": len(evidence.sifted.aside),
            "new_company_needed": thresholds.new_company,
            "about_needed": thresholds.about_story,
            "new_pairs_needed": thresholds.new_pairs,
            "brought_in": len(brought),
            **(_main_story(evidence, thresholds) if brought else {}),
            "changes": len(comparison.changes),
            "story_score": evidence.placement.score,
            "story_score_needed": evidence.placement.needed,
            "story_runner_up": evidence.placement.runner_up,
            **comparison.scores,
            **evidence.reasons,
        },
        versions={"judge": JUDGE},
    )


def _kind(evidence: Evidence, brought: bool, thresholds: Thresholds) -> Kind:
    comparison, signals = evidence.tagged.comparison, evidence.signals
    if signals.killed:
        return "withdrawal"
    if signals.held:
        return "hold"
    if evidence.stale:
        return "stale"
    if signals.advisory:
        return "advisory"
    novel = any(passage.novel for passage in comparison.passages)
    if comparison.matches and not (novel or comparison.changes or brought):
        return "repeat"
    running = evidence.placement.story is not None
    if signals.corrected and (running or comparison.matches):
        return "correction"
    if comparison.matches and _overlap(comparison) >= thresholds.update_overlap:
        return "update"
    if signals.continues and evidence.followed:
        return "update"  # a later take adds to the first, whatever text they share
    if not running:
        return "new"
    return "development" if evidence.sifted.telling or comparison.changes else "repeat"


def _told(evidence: Evidence, kind: Kind, brought: Sequence[Passage]) -> list[Passage]:
    """The passages that the verdict shows as new, in text order."""
    passages = evidence.tagged.comparison.passages
    if kind in ("new", "development"):
        return evidence.sifted.telling
    if kind in ("update", "correction"):
        return sorted([*(each for each in passages if each.novel), *brought], key=lambda each: each.start)
    return []


def _brought_in(evidence: Evidence, thresholds: Thresholds) -> list[Passage]:
    """Passages known from one other story, brought into this one: new to its readers.

    A round-up of many stories brings nothing: there no story has most of the text, or more than one other is told.
    """
    shares = _shares(evidence)
    if len(shares) != 2 or evidence.story not in shares or shares[evidence.story] < thresholds.main_story:
        return []
    return [
        passage
        for passage in evidence.tagged.comparison.passages
        if not passage.novel and evidence.stories.get(passage.where or "") not in (None, evidence.story)
    ]


def _main_story(evidence: Evidence, thresholds: Thresholds) -> dict[str, float]:
    return {"main_story": round(_shares(evidence)[evidence.story], 4), "main_story_needed": thresholds.main_story}


def _shares(evidence: Evidence) -> dict[str, float]:
    """The share of the article's text that is known from each story."""
    lengths: Counter[str] = Counter()
    for passage in evidence.tagged.comparison.passages:
        if not passage.novel and (story := evidence.stories.get(passage.where or "")):
            lengths[story] += passage.end - passage.start
    total = sum(each.end - each.start for each in evidence.tagged.comparison.passages)
    return {story: length / total for story, length in lengths.items()}


def _texts(text: str, passages: Sequence[Passage]) -> list[Novel]:
    return [Novel(text=text[each.start : each.end], start=each.start, end=each.end) for each in passages]


def _overlap(comparison: Comparison) -> float:
    """The largest share of its words that one earlier article has; the closest may have a little less."""
    return max((each.overlap for each in comparison.matches), default=0.0)

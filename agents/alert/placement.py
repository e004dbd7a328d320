"""Which running story an article belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec.structs import replace

from agents.alert.stories import Profile, Story, channels, mean, others
from streams.records import Candidate
from streams.thresholds import LIVES, OTHER_PEOPLE, PACE, Thresholds

LOOKED_AT = 5  # stories that a verdict tells of
_HEADLINE = 140  # characters of theirs
_NOTHING = Candidate(story="", headline="", score=0.0)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article belongs: the story's id (None for a new one), the score that decided and the one needed.

    `looked` are the likeliest stories, the best first, at most `LOOKED_AT`.
    """

    story: str | None
    score: float
    needed: float
    runner_up: float = 0.0
    looked: tuple[Candidate, ...] = ()


def place(
    article: Profile,
    candidates: Iterable[Story],
    overlaps: Mapping[str, float],
    when: datetime | None,
    thresholds: Thresholds,
) -> Placement:
    """Choose the story that an article belongs to, or none.

    A story scores its likeness, less where it is about other people, faded by the time since its last article, and the
    share of the article's words found in its copy (`overlaps`, by story id): of text that is reused, the text decides,
    even where the story has ended.
    """
    scored = sorted(
        (_candidate(article, story, when, overlaps.get(story.id, 0.0), thresholds) for story in candidates),
        key=lambda each: (-each.score, each.story),
    )
    best, second = ([*scored, _NOTHING, _NOTHING])[:2]
    story = best.story if best.story and best.score >= thresholds.same_story else None
    looked = tuple(replace(each, score=round(each.score, 4)) for each in scored[:LOOKED_AT])
    return Placement(story, round(best.score, 4), thresholds.same_story, round(second.score, 4), looked)


def ends(story: Story, thresholds: Thresholds) -> datetime | None:
    """When a story is over if nothing more comes; None where no article of it told a date.

    It may be quiet for `story_hours`, and for some of its own gaps where those are longer: a trial that is heard once a
    week runs on. News of one event comes in bursts, so that a quick story tells nothing of how soon it is over.
    """
    if story.last is None:
        return None
    least = timedelta(hours=thresholds.story_hours)
    gap = (story.last - (story.first or story.last)) / max(1, story.size - 1)
    return story.last + min(max(least, PACE * gap), LIVES * least)


def _candidate(
    article: Profile, story: Story, when: datetime | None, overlap: float, thresholds: Thresholds
) -> Candidate:
    like, parted, fresh = channels(article, story.profile), others(article, story.profile), 1.0
    if when and story.last and (end := ends(story, thresholds)):
        fresh = _freshness(abs(when - story.last) / (end - story.last))
    return Candidate(
        story=story.id,
        headline=story.headline[:_HEADLINE],
        score=mean(like) * (OTHER_PEOPLE if parted else 1.0) * fresh + overlap,
        likeness={kind: round(value, 4) for kind, value in like.items()},
        other_people=parted,
        freshness=round(fresh, 4),
        overlap=overlap,
    )


def _freshness(quiet: float) -> float:
    """1 while its copy runs, half when the story has been quiet for all its life (1); 0 beyond."""
    return 0.5**quiet if quiet <= 1 else 0.0

"""Stories that turn out to be one: which they are, and the one that lives on."""

from collections.abc import Iterable

from msgspec.structs import replace

from agents.alert.growth import kept_entries, kept_names, kept_sources, titled
from agents.alert.memory import Memory
from agents.alert.placement import Placement
from agents.alert.stories import Story, affinity, mean, others, summed
from streams.records import Candidate
from streams.thresholds import Thresholds


def twin(story: Story, placement: Placement, running: Iterable[Story], thresholds: Thresholds) -> Story | None:
    """The other story that this one, which an article is about to join, turns out to be; None where there isn't any.

    The article must be about both as a whole, and the stories alike before it: one article may tell of two events, a
    second such hardly. A round-up that has text of both tells nothing. What is merged is never parted again.
    """
    told = {each.story: each for each in placement.looked if _bears(each) >= thresholds.same_event}
    if story.id not in told:
        return None
    alike = [
        (affinity(story.profile, other.profile), other)
        for other in running
        if other.id in told and other.id != story.id and not (told[other.id].overlap and told[story.id].overlap)
        if not (others(story.profile, other.profile) or others(other.profile, story.profile))
    ]
    best = max(alike, key=lambda pair: (pair[0], pair[1].id), default=None)
    return best[1] if best and best[0] >= thresholds.alike else None


def merged(one: Story, other: Story) -> tuple[Story, Story]:
    """The story that lives on, with all that both told, and the one that it takes in: the smaller, or the higher id."""
    living, dead = sorted((one, other), key=lambda each: (-each.size, each.id))
    joint = replace(
        living,
        profile=summed([living.profile, dead.profile]),
        named=kept_names([*dead.named.items(), *living.named.items()]),
        sources=kept_sources([*dead.sources, *living.sources]),
        size=living.size + dead.size,
        first=min(filter(None, (living.first, dead.first)), default=None),
        last=max(filter(None, (living.last, dead.last)), default=None),
        timeline=kept_entries([*dead.timeline, *living.timeline]),
        told=Memory(living.told).joined(Memory(dead.told)),
    )
    return titled(joint), dead


def _bears(candidate: Candidate) -> float:
    """How much an article is about a story, whatever text they share."""
    return 0.0 if candidate.other_people else mean(candidate.likeness) * candidate.freshness

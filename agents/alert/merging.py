"""Stories that turn out to be one: which they are, and the one that lives on."""

from collections.abc import Iterable

from msgspec.structs import replace

from agents.alert.growth import kept_entries, kept_names, kept_sources, titled
from agents.alert.memory import Memory
from agents.alert.placement import Placement
from agents.alert.stories import Story, affinity, others, summed
from streams.thresholds import Thresholds


def twin(story: Story, placement: Placement, running: Iterable[Story], thresholds: Thresholds) -> Story | None:
    """The other story that is this one, if there is such: the article just told belongs to either, and they are alike.

    To be alike for a while is not enough: what is merged is never parted again.
    """
    near = {each.story for each in placement.looked if each.score >= placement.needed and not each.other_people}
    alike = [
        (affinity(story.profile, other.profile), other)
        for other in running
        if other.id in near and other.id != story.id
        if not (others(story.profile, other.profile) or others(other.profile, story.profile))
    ]
    best = max(alike, key=lambda pair: (pair[0], pair[1].id), default=None)
    return best[1] if best and best[0] >= thresholds.same_event else None


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

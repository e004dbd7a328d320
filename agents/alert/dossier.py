"""What is known of one story, for somebody who asks: its headline, timeline and names."""

from datetime import datetime

from agents.alert.placement import ends
from agents.alert.store import Ledger
from agents.alert.stories import Entry, Named
from streams.records import Record
from streams.thresholds import Thresholds


class Dossier(Record, frozen=True, kw_only=True):
    """A story as a reader may see it.

    `first` and `last` are the dates that its articles told, `ends` is when it is over if nothing more comes (None where
    no date was told); `articles` counts repeats too; `timeline` has what rang, in order of time; `entities` come by how
    many of its articles name them, the most first.
    """

    story: str
    headline: str
    articles: int
    first: datetime | None
    last: datetime | None
    ends: datetime | None
    sources: list[str]
    timeline: list[Entry]
    entities: list[Named]


async def dossier(ledger: Ledger, name: str, thresholds: Thresholds) -> Dossier | None:
    """The dossier of a story by its id, or by that of one merged with it; None where none is known or all is forgotten.

    Raises StoreUnavailable.
    """
    story = await ledger.story(name)
    if story is None:
        return None
    return Dossier(
        story=story.id,
        headline=story.headline,
        articles=story.size,
        first=story.first,
        last=story.last,
        ends=ends(story, thresholds),
        sources=story.sources,
        timeline=story.timeline,
        entities=sorted(story.named.values(), key=lambda each: (-each.articles, each.name)),
    )

"""How a story grows with each article that is judged."""

from datetime import datetime

import msgspec

from agents.alert.alerts import fold
from agents.alert.facts import remember
from agents.alert.memory import Memory
from agents.alert.stories import Profile, Story, summed
from streams.records import Kind, TaggedArticle, Verdict

OPENING: tuple[Kind, ...] = ("new", "development", "update", "correction")  # verdicts that may open a story
_SOURCES = 50  # kept of those that carried it


def grown(story: Story | None, told: Memory, tagged: TaggedArticle, about: Profile, verdict: Verdict) -> Story | None:
    """The story after this article, `told` being its memory before; None where the article leaves it as it is.

    A repeat adds who carried it, and nothing of what it says: a fact told ten times weighs no more than once.
    """
    article = tagged.article
    if verdict.verdict in OPENING:
        headline = article.headline or article.paragraphs[0]
        begun = story or Story(id=verdict.story or "", headline=headline, profile=Profile())
        return msgspec.structs.replace(
            begun,
            profile=summed([begun.profile, about]),
            told=remember(told, article, [novel.text for novel in verdict.novel]),
            names=begun.names | {fold(each.name): each.kind for each in tagged.entities},
            **_carried(begun, tagged, opened=story is None),
        )
    if verdict.verdict == "repeat" and story:
        return msgspec.structs.replace(story, **_carried(story, tagged, opened=False))
    return None


def told_at(tagged: TaggedArticle) -> datetime | None:
    """When the article says that it was published; None where it doesn't."""
    article = tagged.article
    return article.published if article.published_from in ("field", "markup", "text") else None


def _carried(story: Story, tagged: TaggedArticle, *, opened: bool) -> dict[str, object]:
    source, when = tagged.article.source, told_at(tagged)
    sources = [*story.sources, source] if source and source not in story.sources else story.sources
    return {
        "sources": sources[-_SOURCES:],
        "size": story.size + (not opened),
        "last": max(filter(None, (story.last, when)), default=None),
    }

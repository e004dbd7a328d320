"""How a story grows with each article that is judged. Whatever comes, it keeps a bounded size."""

import math
from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from agents.alert.alerts import fold
from agents.alert.facts import remember
from agents.alert.memory import Memory
from agents.alert.stories import Entry, Named, Profile, Story, summed
from agents.alert.words import words
from streams.records import Kind, TaggedArticle, Verdict

OPENING: tuple[Kind, ...] = ("new", "development", "update", "correction")  # verdicts that may open a story
SOURCES = 50  # kept of those that carried it
NAMES = 256  # kept of what it named, those of most articles; as many are in forty articles of one story
ENTRIES = 32  # of its timeline: the first, and the latest
_TITLES = 5  # latest headlines of which the story takes its own: old ones tell old figures
_HEADLINE = 140  # characters of the copy, where it has no headline


def grown(
    story: Story | None, told: Memory, tagged: TaggedArticle, about: Profile, verdict: Verdict, now: datetime
) -> Story | None:
    """The story after this article, `told` being its memory before; None where the article leaves it as it is.

    A repeat adds who carried it, and nothing of what it says: a fact told ten times weighs no more than once. A
    withdrawal adds itself to the timeline, and takes its article's headline off the story.
    """
    article = tagged.article
    if verdict.verdict in OPENING:
        begun = story or Story(id=verdict.story or "", headline="", profile=Profile(), size=0)
        carried = _carried(begun, tagged)
        return titled(
            replace(
                carried,
                profile=summed([begun.profile, about]),
                told=remember(told, article, [novel.text for novel in verdict.novel]),
                named=kept_names([*begun.named.items(), *_named(tagged)]),
                timeline=kept_entries([*begun.timeline, _entry(tagged, verdict, now)]),
            )
        )
    if verdict.verdict == "withdrawal" and story:
        return titled(replace(story, timeline=kept_entries([*story.timeline, _entry(tagged, verdict, now)])))
    return _carried(story, tagged) if verdict.verdict == "repeat" and story else None


def told_at(tagged: TaggedArticle) -> datetime | None:
    """When the article says that it was published; None where it doesn't."""
    article = tagged.article
    return article.published if article.published_from in ("field", "markup", "text") else None


def titled(story: Story) -> Story:
    """The story under the headline that says most of what it is about, of the latest that stand."""
    last = {each.article: each for each in story.timeline}
    standing = [each.headline for each in last.values() if each.verdict != "withdrawal" and each.headline]
    latest = reversed(standing[-_TITLES:])
    return replace(story, headline=max(latest, key=lambda each: _aptness(each, story.profile), default=story.headline))


def kept_entries(entries: Iterable[Entry]) -> list[Entry]:
    """A timeline in the order of time, cut to its beginning and its latest entries."""
    ordered = sorted(entries, key=lambda each: each.at)
    return [*ordered[:1], *ordered[1:][-(ENTRIES - 1) :]]


def kept_names(told: Iterable[tuple[str, Named]]) -> dict[str, Named]:
    """What a story named, the latest last; where there are too many, those of fewest articles go, the oldest first."""
    names: dict[str, Named] = {}
    for key, each in told:
        known = names.pop(key, None)
        names[key] = replace(known, articles=known.articles + each.articles) if known else each
    over = sorted(names, key=lambda key: names[key].articles)[: max(0, len(names) - NAMES)]
    return {key: each for key, each in names.items() if key not in set(over)}


def kept_sources(sources: Iterable[str]) -> list[str]:
    """Who carried a story, each once, the first first."""
    return list(dict.fromkeys(sources))[-SOURCES:]


def _aptness(headline: str, profile: Profile) -> float:
    """The cosine of a headline's words with what the story is about, but for the story's length."""
    found = set(words(headline))
    return math.fsum(profile.words.get(word, 0.0) for word in found) / math.sqrt(len(found) or 1)


def _entry(tagged: TaggedArticle, verdict: Verdict, now: datetime) -> Entry:
    article = tagged.article
    headline = article.headline or next(iter(article.paragraphs), "")[:_HEADLINE]
    return Entry(article=article.id, at=told_at(tagged) or now, verdict=verdict.verdict, headline=headline)


def _named(tagged: TaggedArticle) -> Iterable[tuple[str, Named]]:
    return ((fold(each.name), Named(name=each.name, kind=each.kind)) for each in tagged.entities)


def _carried(story: Story, tagged: TaggedArticle) -> Story:
    source, when = tagged.article.source, told_at(tagged)
    return replace(
        story,
        sources=kept_sources([*story.sources, *([source] if source else [])]),
        size=story.size + 1,
        first=min(filter(None, (story.first, when)), default=None),
        last=max(filter(None, (story.last, when)), default=None),
    )

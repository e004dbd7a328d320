"""The story store: stories, outcomes and waiting articles. Nothing else in this room knows Redis.

Keys, all under `ct1:s:` (the 1 is the layout's version): `o:DOC` the outcome of a document (verdict, alert, story,
whether Kafka has them); `s:STORY` a story and its revision, or `to` which story it was merged; `t:TERM` the latest
stories under a term, by revision; `r` the latest revision; `i:ITEM` the versions of an item with their alerts, `c:NAME`
under which item those of another id, headline or slug are kept; `df:GENERATION`, `n:GENERATION`, `g` document
frequencies; `w:DOC` an article that waits, `wz` those by time, `p:DOC` who waits for a document.
"""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, cast

import msgspec
from redis.asyncio import Redis

from agents.alert.lineage import Chain, Lineage, Version, keys, names
from agents.alert.packing import pack, unpack
from agents.alert.packing import story as unpacked_story
from agents.alert.stories import Counts, Story
from streams.records import Alert, TaggedArticle, Verdict
from streams.settings import Settings
from streams.store import answering
from streams.thresholds import LIVES

PREFIX = "ct1:s:"
CANDIDATES = 24  # stories compared with
_POSTINGS = 32  # stories kept under a term, the latest
_MERGERS = 32  # followed from a story that was merged to the one that lives on, as in the scripts
_GENERATION = 20_000  # articles after which document frequencies begin anew beside the old

_ROOT, _OPEN, _COMMIT, _PARK, _SENT = (
    files("agents.alert").joinpath(f"{name}.lua").read_text() for name in ("root", "open", "commit", "park", "sent")
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided on a document. `sent` says that Kafka has it."""

    doc: str
    verdict: Verdict
    alert: Alert | None = None
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a matched document: its story and its alert, if it has them."""

    story: str | None
    alert: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """All that a verdict rests on; `revision` and `revisions` are what it was when looked at.

    `known` are the versions under the ids that name the item, `likely` those under its headline and slug.
    """

    outcome: Outcome | None
    matches: Mapping[str, Judged | None]
    stories: tuple[Story, ...]
    revisions: Mapping[str, str]
    counts: Counts
    known: tuple[Chain, ...]
    likely: tuple[Chain, ...]
    revision: int
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome to be remembered, with the story as it is now, the `dead` one merged with it, and the terms to it."""

    outcome: Outcome
    version: Version
    lineage: Lineage
    keys: Sequence[str]
    story: Story | None
    dead: str | None
    looked: Sequence[str]
    counted: Sequence[str]


class Ledger:
    """Looks up and remembers decisions.

    Raises StoreUnavailable where the store doesn't answer; asking again is safe.
    """

    def __init__(self, redis: Redis, settings: Settings) -> None:
        self._redis, self._settings = redis, settings
        register = redis.register_script
        self._open, self._commit, self._park = register(_ROOT + _OPEN), register(_ROOT + _COMMIT), register(_PARK)
        self._sent = register(_SENT)
        # Longer than the archive remembers: a document that can be matched has an outcome to be found.
        self.outcome_life = int(2 * settings.window_hours * 3600) + 7200
        self._story_life = int(LIVES * settings.story_hours * 3600)

    async def open(self, tagged: TaggedArticle, looked: Sequence[str], counted: Sequence[str]) -> Opened:
        """Look up an article: one round trip, at a cost that doesn't grow with the number of stories."""
        docs = [match.doc for match in tagged.comparison.matches if match.doc != tagged.article.doc]
        own, other = names(tagged.article), keys(tagged.article)
        asked = msgspec.msgpack.encode([docs, looked, counted, [*own, *other]])
        reply = await self._run(self._open, [PREFIX, tagged.article.doc, CANDIDATES, asked])
        outcome, matches, stories, frequencies, articles, chains, revision, children, aliases = reply
        living = dict(zip(map(bytes.decode, aliases[::2]), map(bytes.decode, aliases[1::2]), strict=True))
        found = [_chain(living, *each) for each in chains]
        return Opened(
            outcome=_outcome(tagged.article.doc, *outcome) if outcome else None,
            matches={doc: _judged(living, *found) if found else None for doc, found in zip(docs, matches, strict=True)},
            stories=tuple(unpacked_story(record) for _, record, _ in stories),
            revisions={name.decode(): seen.decode() for name, _, seen in stories},
            counts=Counts(articles, dict(zip(counted, msgspec.msgpack.decode(frequencies), strict=True))),
            known=tuple(found[: len(own)]),
            likely=tuple(found[len(own) :]),
            revision=int(revision),
            children=tuple(child.decode() for child in children),
        )

    async def commit(
        self, decision: Decision, opened: Opened, *, force: bool
    ) -> tuple[Outcome, tuple[str, ...]] | None:
        """Remember a decision; None where it must be made anew.

        Gives the outcome that stands, first told or told before, and the documents that waited for it until now.
        """
        story, outcome, lineage = decision.story, decision.outcome, decision.lineage
        arguments: list[Any] = [
            PREFIX,
            outcome.doc,
            decision.version.item,
            msgspec.msgpack.encode(decision.version),
            len(lineage.versions),
            int(decision.version.withdrawn),
            opened.revision,
            int(force),
            story.id if story else "",
            pack(story) if story else "",
            opened.revisions.get(story.id, "") if story else "",
            decision.dead or "",
            opened.revisions.get(decision.dead, "") if decision.dead else "",
            pack(outcome.verdict),
            pack(outcome.alert) if outcome.alert else "",
            outcome.alert.id if outcome.alert else "",
            outcome.verdict.story or "",
            self.outcome_life,
            self._story_life,
            _POSTINGS,
            _GENERATION,
            msgspec.msgpack.encode([lineage.names, decision.keys, decision.looked, decision.counted]),
        ]
        reply = await self._run(self._commit, arguments)
        if reply[0] == b"conflict":
            return None
        children = tuple(child.decode() for child in reply[1])
        return (_outcome(outcome.doc, *reply[2:]) if reply[0] == b"known" else outcome), children

    async def story(self, name: str) -> Story | None:
        """A story by its id, or by that of one merged with it; None where it isn't known, or forgotten."""
        for _ in range(_MERGERS):
            with answering(self._settings):
                kept = await cast(Awaitable[list[bytes | None]], self._redis.hmget(f"{PREFIX}s:{name}", ["b", "to"]))
            record, living = kept
            if record or not living:
                return unpacked_story(record) if record else None
            name = living.decode()
        return None

    async def park(self, tagged: TaggedArticle, now: float) -> bool:
        """Have an article wait until those it shares text with are judged; False where they are."""
        docs = [match.doc for match in tagged.comparison.matches if match.doc != tagged.article.doc]
        body = pack(tagged)
        return bool(await self._run(self._park, [PREFIX, tagged.article.doc, body, now, self.outcome_life, *docs]))

    async def keep(self, tagged: TaggedArticle, since: float) -> None:
        """Have an article wait as one that came at `since` (seconds since 1970), whatever is judged."""
        with answering(self._settings):
            pipeline = self._redis.pipeline(transaction=True)
            pipeline.set(f"{PREFIX}w:{tagged.article.doc}", pack(tagged), ex=self.outcome_life)
            pipeline.zadd(f"{PREFIX}wz", {tagged.article.doc: since})
            await pipeline.execute()

    async def judged(self, docs: Sequence[str]) -> set[str]:
        """Those of the documents that have an outcome."""
        with answering(self._settings):
            pipeline = self._redis.pipeline(transaction=False)
            for doc in docs:
                pipeline.exists(f"{PREFIX}o:{doc}")
            return {doc for doc, known in zip(docs, await pipeline.execute(), strict=True) if known}

    async def waiting(self, docs: Sequence[str]) -> list[TaggedArticle]:
        """Those of the documents that still wait."""
        if not docs:
            return []
        with answering(self._settings):
            bodies = cast(list[bytes | None], await self._redis.mget([f"{PREFIX}w:{doc}" for doc in docs]))
        return [unpack(body, TaggedArticle) for body in bodies if body]

    async def overdue(self, before: float) -> list[TaggedArticle]:
        """Articles that have waited since `before` (seconds since 1970)."""
        with answering(self._settings):
            docs = cast(list[bytes], await self._redis.zrangebyscore(f"{PREFIX}wz", "-inf", before))
        return await self.waiting([doc.decode() for doc in docs])

    async def sent(self, docs: Sequence[str]) -> None:
        """Kafka has the outcomes of these documents: never tell them again, and let nobody wait with them."""
        if docs:
            await self._run(self._sent, [PREFIX, self.outcome_life, *docs])

    async def _run(self, script: Any, arguments: Sequence[Any]) -> Any:
        with answering(self._settings):
            return await cast(Awaitable[Any], script(args=arguments))


def _outcome(doc: str, verdict: bytes, alert: bytes, sent: bytes) -> Outcome:
    told = unpack(alert, Alert) if alert else None
    return Outcome(doc, unpack(verdict, Verdict), told, sent == b"1")


def _chain(living: Mapping[str, str], root: bytes, versions: Sequence[bytes]) -> Chain:
    docs, entries = versions[::2], versions[1::2]
    decoded = [msgspec.msgpack.decode(each, type=Version) for each in entries]
    told = [msgspec.structs.replace(each, story=living.get(each.story or "", each.story)) for each in decoded]
    return Chain(root.decode(), dict(zip(map(bytes.decode, docs), told, strict=True)))


def _judged(living: Mapping[str, str], story: bytes, alert: bytes) -> Judged:
    name = story.decode()
    return Judged(living.get(name, name) or None, alert.decode() or None)

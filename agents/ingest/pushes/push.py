"""A push: what a request brings becomes articles, and the answer says where each lies or why it was rejected."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import msgspec

from agents.ingest.contents import READ_AS, Read, attempt
from agents.ingest.encoding import decode_as
from agents.ingest.formats import Found, Input, Unreadable
from agents.ingest.pushes.fields import filled
from agents.ingest.pushes.load import Share
from streams.problems import Problem

Position = tuple[str, int, int]  # topic, partition, offset
Publish = Callable[[Sequence[Input]], Awaitable[Sequence[Position]]]


@dataclass(frozen=True, slots=True)
class Push:
    """A request's body, its media type and charset, and the fields of articles that its query gave."""

    body: bytes
    kind: str = ""
    charset: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """16 hex digits that another request hardly shares (BLAKE2b)."""
        said = msgspec.json.encode([self.kind, self.charset, sorted(self.fields.items())])
        return blake2b(said + b"\n" + self.body, digest_size=8).hexdigest()


def reader(kind: str) -> Read:
    """What reads bodies of a media type; raises Problem 415 with those that are read."""
    try:
        return READ_AS[kind]
    except KeyError:
        kinds = ", ".join(filter(None, READ_AS))
        raise Problem(415, f"bodies of type {kind} are not read; send one of {kinds}", {"Accept": kinds}) from None


def articles(push: Push, largest: int, most: int) -> list[Input]:
    """What the body holds; an article of more than `largest` bytes of JSON is unreadable.

    Raises Problem 4xx, for more than `most` articles too.
    """
    if not push.body.strip():
        raise Problem(400, "the body is empty; send an article in it")
    identity = f"push-{push.digest}"
    found = attempt(reader(push.kind), _in_utf8(push), identity, most)
    if len(found) > most:
        limit = f"{most:,} articles (COPYTASTER_PUSH_PENDING_ARTICLES)"
        raise Problem(413, f"the body holds more than {limit}; send fewer at once")
    return [_within(each, largest) for each in filled(found, push.fields, identity)]


def _in_utf8(push: Push) -> bytes:
    """A text in UTF-8 where its charset is declared and true; else as it came, for its reader to find out."""
    if not push.charset or not push.kind.startswith("text/") or push.kind == "text/xml":  # XML declares its own
        return push.body
    try:
        return decode_as(push.body, push.charset).encode()
    except LookupError as error:
        raise Problem(415, f"charset {push.charset} is not known; send the text as UTF-8") from error
    except UnicodeError:
        return push.body


def _within(each: Input, largest: int) -> Input:
    if isinstance(each, Unreadable) or len(each.value) <= largest:
        return each
    reason = f"{len(each.value):,} bytes is more than the {largest:,} that an article may have; cut it"
    return Unreadable(each.place, each.value, reason)


async def take(push: Push, largest: int, share: Share, publish: Publish) -> bytes:
    """Publish what can be read; gives the answer (JSON) once Kafka has it.

    Raises Problem 4xx when nothing can be, 429 when too much is in flight, and what `publish` raises.
    """
    inputs = await asyncio.to_thread(articles, push, largest, share.load.most_articles)
    good = [each for each in inputs if isinstance(each, Found)]
    bad = [_rejected(each, push) for each in inputs if isinstance(each, Unreadable)]
    if not good:
        first = bad[0]["reason"] if bad else "there is none"
        raise Problem(422, f"no article in the body can be read: {first}", rejected=bad)
    share.add(articles=len(good))
    positions = await publish(good)
    accepted = [
        {"id": each.key, "topic": topic, "partition": partition, "offset": offset}
        for each, (topic, partition, offset) in zip(good, positions, strict=True)
    ]
    return msgspec.json.encode({"accepted": accepted, "rejected": bad})


def _rejected(each: Unreadable, push: Push) -> dict[str, str]:
    return {"place": each.place.replace(f"push-{push.digest}", "body", 1), "reason": each.reason}

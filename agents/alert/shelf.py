"""The shelf for copy that must not be used yet, in the same store: held until its time comes, or until it is told.

Keys, under the ledger's prefix: `h:ITEM` the version of an item that is held (its body, document and version number),
`hz` those items by the time when they are due, `hk:NAME` the item that a headline, a slug or another id leads to. The
ledger's commit takes an item off when a version of it is judged.
"""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import inf
from typing import Any, cast

from msgspec.structs import replace
from redis.asyncio import Redis

from agents.alert.lineage import keys
from agents.alert.packing import pack, unpack
from agents.alert.store import PREFIX
from streams.records import CleanArticle, TaggedArticle
from streams.settings import Settings
from streams.store import answering

_KEPT = 90 * 24 * 3600  # seconds that a held article is kept beyond its time, and one without a time at all

_AGAIN = 30.0  # seconds after which another worker may release what one took and didn't send

_HOLD, _DUE, _LET_GO = (files("agents.alert").joinpath(f"{name}.lua").read_text() for name in ("hold", "due", "let_go"))


@dataclass(frozen=True, slots=True)
class Held:
    """An article on the shelf, and when it is due (seconds since 1970; infinity: when told)."""

    tagged: TaggedArticle
    due: float


class Shelf:
    """Keeps articles that are held, the latest version of each item.

    Raises StoreUnavailable where the store doesn't answer; asking again is safe.
    """

    def __init__(self, redis: Redis, settings: Settings) -> None:
        self._redis, self._settings = redis, settings
        self._hold, self._due, self._let_go = (redis.register_script(each) for each in (_HOLD, _DUE, _LET_GO))

    async def hold(self, tagged: TaggedArticle, now: float) -> None:
        """Keep an article until its embargo ends (at once where it has), or for want of a time until it is told."""
        article = tagged.article
        until = article.embargoed_until
        due = inf if article.status == "withheld" else until.timestamp() if until else now
        life = _KEPT + int(due - now if now < due < inf else 0)
        version = "" if article.version is None else article.version
        body = pack(tagged)
        other = (*article.evolved_from, *keys(article))
        told = "+inf" if due == inf else due
        await self._run(self._hold, [PREFIX, article.doc, article.id, version, body, told, life, *other])

    async def due(self, now: float) -> list[CleanArticle]:
        """The articles that may be used by now, free to go where copy is compared; soon due again if not let go of."""
        articles = [_read(body).article for body in await self._run(self._due, [PREFIX, now, now + _AGAIN])]
        return [replace(each, status="usable", embargoed_until=None) for each in articles]

    async def held(self) -> list[Held]:
        """Every article on the shelf, the first due first."""
        with answering(self._settings):
            rows = cast(list[tuple[bytes, float]], await self._redis.zrange(f"{PREFIX}hz", 0, -1, withscores=True))
            pipeline = self._redis.pipeline(transaction=False)
            for item, _ in rows:
                pipeline.hget(f"{PREFIX}h:{item.decode()}", "body")
            bodies = await pipeline.execute()
        return [Held(_read(body), due) for body, (_, due) in zip(bodies, rows, strict=True) if body]

    async def release(self, item: str, now: float) -> bool:
        """Make an item due now, whatever it waits for; False where none of that id is held."""
        with answering(self._settings):
            if not await self._redis.exists(f"{PREFIX}h:{item}"):
                return False
            await self._redis.zadd(f"{PREFIX}hz", {item: now})
        return True

    async def let_go(self, released: Sequence[str]) -> None:
        """Kafka has these again (`receipt` of each): take them off, unless a later version is held by now."""
        await self._run(self._let_go, [PREFIX, *(part for each in released for part in each.split(" ", 1))])

    async def _run(self, script: Any, arguments: Sequence[Any]) -> Any:
        with answering(self._settings):
            return await cast(Awaitable[Any], script(args=arguments))


def receipt(article: CleanArticle) -> str:
    """By what a released article is let go of: its document and its item."""
    return f"{article.doc} {article.id}"


def _read(body: bytes) -> TaggedArticle:
    return unpack(body, TaggedArticle)

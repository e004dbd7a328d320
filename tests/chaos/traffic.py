"""What goes into a river and comes out of it while it is disturbed: articles sent in order, verdicts followed."""

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from msgspec.structs import replace

from agents.commands.messages import stored
from streams.broker import Outlet, consumer, start
from streams.codec import decode, encode
from streams.errors import BrokerUnavailable
from streams.records import Alert, RawArticle, Record, Verdict
from streams.settings import Settings
from streams.topics import topics
from tests.chaos.articles import Copy
from tests.chaos.comparison import Run

_IN_FLIGHT = 300  # articles sent and not yet judged
_TICK = 0.05  # seconds
_PATIENCE = 240.0  # seconds for a broker to come back
R = TypeVar("R", bound=Record)


def say(words: str) -> None:
    """Tell whoever looks on."""
    print(f"{time.strftime('%H:%M:%S', time.gmtime())} {words}", file=sys.stderr, flush=True)


@dataclass(slots=True)
class Judged:
    """The ids that have a verdict (a hold is none), and when the last came (by the steady clock)."""

    ids: set[str]
    latest: float

    def __len__(self) -> int:
        return len(self.ids)

    async def reach(self, count: int) -> None:
        """Wait until so many have one."""
        while len(self.ids) < count:  # noqa: ASYNC110 - looked at as often as the verdicts are
            await asyncio.sleep(_TICK)


async def follow(settings: Settings, judged: Judged) -> None:
    """Follow `wire.verdicts` for ever, from its beginning again whenever the brokers are away."""
    while True:
        reader = consumer(settings)
        try:
            await start(reader, settings)
            # By name: of a topic that was made just now a broker may not know all partitions yet.
            reader.assign([TopicPartition(topics(settings).verdicts.name, at) for at in range(settings.partitions)])
            while True:
                for messages in (await reader.getmany(timeout_ms=200)).values():
                    found = {
                        each.id for each in (decode(message.value, Verdict) for message in messages) if _final(each)
                    }
                    if not found <= judged.ids:
                        judged.ids |= found
                        judged.latest = time.monotonic()
        except (KafkaError, BrokerUnavailable) as error:
            say(f"following verdicts anew: {error}")
            await asyncio.sleep(1.0)
        finally:
            await reader.stop()


def _final(verdict: Verdict) -> bool:
    return verdict.verdict != "hold"


async def publish(settings: Settings, copies: Sequence[Copy], judged: Judged) -> None:
    """Send every article once its time has come; a send that isn't confirmed is made again."""
    raw, ahead, sent = topics(settings).raw.name, list(copies), set[str]()
    async with Outlet(settings) as outlet:
        while ahead:
            ready = _ready(ahead[: 2 * _IN_FLIGHT], _IN_FLIGHT - len(sent - judged.ids), sent, judged.ids)
            if ready:
                ahead = [each for each in ahead if each.article.id not in sent]
                await _send(outlet, raw, [_stamped(each) for each in ready])
            await asyncio.sleep(_TICK)


def _ready(copies: Sequence[Copy], room: int, sent: set[str], judged: set[str]) -> list[Copy]:
    """Those that may go now, as many as there is room for; they count as sent, for those behind them."""
    ready: list[Copy] = []
    for each in copies:
        if len(ready) < room and judged.issuperset(each.after) and sent.issuperset(each.behind):
            sent.add(each.article.id)
            ready.append(each)
    return ready


async def _send(outlet: Outlet, topic: str, articles: Sequence[RawArticle]) -> None:
    messages = [(each.id.encode(), encode(each)) for each in articles]
    while True:
        try:
            await outlet.send(topic, messages)
            return
        except BrokerUnavailable as error:
            say(f"sending {len(messages)} articles again: {error}")


def _stamped(copy: Copy) -> RawArticle:
    """An embargo begins when the article is first sent; sent again it is the same to the byte."""
    until = datetime.now(UTC) + timedelta(seconds=copy.embargo)
    return replace(copy.article, embargoed_until=until) if copy.embargo else copy.article


async def outcome(settings: Settings) -> Run:
    """Every verdict and alert that lies on the topics."""
    return Run(await _all(settings, "verdicts", Verdict), await _all(settings, "alerts", Alert))


async def _all(settings: Settings, topic: str, kind: type[R]) -> list[R]:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            name = f"{settings.topic_prefix}.{topic}"
            return [decode(each.value, kind) async for each in stored(settings, name) if each.value]
        except (KafkaError, BrokerUnavailable):
            if time.monotonic() > until:
                raise
            await asyncio.sleep(1.0)

"""What becomes of copy that was sent: its alerts as they ring, until the workers have answered all of it."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

import click
from aiokafka import AIOKafkaConsumer
from aiokafka.structs import ConsumerRecord

from agents.commands.messages import Since, reading
from streams.broker import partitions, started
from streams.codec import decode
from streams.errors import BrokerUnavailable, CopytasterError
from streams.health import Place, Position
from streams.positions import Positions
from streams.records import Alert, Verdict
from streams.settings import Settings
from streams.topics import group, topics

T = TypeVar("T")

_EVERY = 0.5  # seconds between two looks at what the workers have answered
_PATIENCE = 300.0  # seconds without any answer: longer than a killed worker's partitions wait for another

log = logging.getLogger(__name__)


async def show(settings: Settings, since: Since) -> None:
    """Show the alerts that came since then and come until all that lies on wire.raw now is answered; then a summary.

    Raises CopytasterError when nothing is answered for five minutes.
    """
    from agents.commands.lines import alert_row, console

    screen, flow = console(), topics(settings)
    verdicts: list[Verdict] = []
    seen: set[int] = set()  # of what came again after a worker was killed: it is the same to the byte
    done = asyncio.create_task(answered(settings), name="answered")
    try:
        async with reading(settings, flow.verdicts.name, flow.alerts.name, since=since) as reader:
            async for message in _until(done, reader):
                if (told := hash(message.value)) in seen:
                    continue
                seen.add(told)
                if message.topic == flow.alerts.name:
                    screen.print(alert_row(decode(message.value, Alert)))
                else:
                    verdicts.append(decode(message.value, Verdict))
    finally:
        done.cancel()
    click.echo(summary(verdicts) if verdicts else "no verdict: this copy was answered before, or none could be read")


async def _until(done: "asyncio.Task[None]", reader: AIOKafkaConsumer) -> AsyncIterator[ConsumerRecord]:
    """Messages until a task is done, and those that lie there then. Raises what the task raises."""
    ends = None
    while ends is None or any([await reader.position(partition) < end for partition, end in ends.items()]):
        if ends is None and done.done():
            done.result()
            ends = await reader.end_offsets(reader.assignment())
        for messages in (await reader.getmany(timeout_ms=500)).values():
            for message in messages:
                yield message


async def answered(settings: Settings, patience: float = _PATIENCE) -> None:
    """Returns once the workers have answered what lies on wire.raw now, and all that they made of it.

    Room after room, as copy passes them: a message is acknowledged when Kafka has the answers to it, so that the ends
    of the next topics, taken then, lie behind them all. Raises CopytasterError after `patience` seconds of silence.
    """
    flow, positions = topics(settings), Positions(settings, group(settings))
    try:
        for room in ("raw", "clean", "fresh", "tagged"):
            names = [getattr(lane, room).name for lane in (flow, flow.urgent)]
            places = await _patiently(partial(_places, settings, *names))
            await _passed(partial(positions.read, places), patience)
    finally:
        await positions.close()


async def _places(settings: Settings, *names: str) -> list[Place]:
    async with started(settings) as reader:
        return [(each.topic, each.partition) for each in await partitions(reader, *names)]


async def _passed(read: Callable[[], Awaitable[dict[Place, Position]]], patience: float) -> None:
    """Waits until the group has acknowledged what these partitions hold now."""
    targets = {place: each.end for place, each in (await _patiently(read)).items()}
    left, heard = sum(targets.values()), time.monotonic()
    while left:
        now = await _patiently(read)
        before, left = left, sum(max(0, targets[place] - each.answered) for place, each in now.items())
        if left != before:
            heard = time.monotonic()
        if time.monotonic() - heard > patience:
            raise CopytasterError(
                f"{left} messages got no answer for {patience:.0f} s; does a worker run? "
                "Start one with `copytaster worker`: what was sent is kept"
            )
        await asyncio.sleep(_EVERY if left else 0)


async def _patiently(work: Callable[[], Awaitable[T]]) -> T:
    """The work, again until the broker answers; that it is away is said once."""
    said = False
    while True:
        try:
            return await work()
        except BrokerUnavailable as error:
            if not said:
                log.warning("waiting: %s", error)
            said = True
            await asyncio.sleep(_EVERY)


def summary(verdicts: Sequence[Verdict]) -> str:
    """One line: how many articles, of which kinds, how many stories and alerts; a hold that ended is what came."""
    last = {each.id: at for at, each in enumerate(verdicts)}
    final = [each for at, each in enumerate(verdicts) if each.verdict != "hold" or at == last[each.id]]
    kinds = Counter(each.verdict for each in final)
    stories = {each.story for each in final if each.story}
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return f"articles: {len(final)} ({told}); stories: {len(stories)}; alerts: {sum(each.alert for each in final)}"

"""`copytaster demo`: the whole river on one command, with sample copy, and nothing left behind."""

import asyncio
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Literal

import click
from aiokafka import AIOKafkaConsumer

from agents.commands import options
from agents.commands.answers import Answers
from agents.commands.dates import published
from agents.commands.messages import reading
from agents.commands.replay import publish
from agents.commands.signals import deafen, unwinding
from agents.commands.wire import Wire
from agents.commands.worker import Worker
from agents.ingest.files import read
from agents.ingest.formats import Input
from streams.codec import decode
from streams.errors import CopytasterError
from streams.records import Alert, Verdict
from streams.settings import Settings, masked
from streams.topics import topics

_PATIENCE = 60.0  # seconds without any answer
_SEEDS = Path(__file__).parents[2] / "seeds"


@click.command()
@options.paths(required=False)
@options.broker
@options.store
@options.order()
def demo(paths: tuple[str, ...], broker: str | None, store: str | None, order: Literal["name", "date"]) -> None:
    """Send sample copy through the whole river and see what comes out.

    Starts a broker, a store and a worker of its own. On a terminal it then stays for more copy until Ctrl-C.
    """
    given = _distinct(read(paths or (_sample(),), order, published))
    with ExitStack() as running:
        running.enter_context(unwinding())
        settings = _servers(running, broker, store)
        worker = running.enter_context(Worker(settings))
        running.callback(deafen)
        asyncio.run(_run(given, settings, worker))


def _sample() -> str:
    if not _SEEDS.is_dir():
        raise CopytasterError(f"no sample copy at {_SEEDS}, where a checkout has it; name files: copytaster demo PATH")
    return str(_SEEDS)


def _distinct(inputs: Iterator[Input]) -> list[Input]:
    """The same article twice gets one verdict, so it is sent once."""
    return list({(each.key, each.value): each for each in inputs}.values())


def _servers(running: ExitStack, broker: str | None, store: str | None) -> Settings:
    """Settings for a small, quick river: servers of our own where none are given, one partition so that order holds."""
    from streams.embedded import EMBEDDED, start_broker, start_store
    from streams.server import free_port

    own: dict[str, Any] = {} if broker else EMBEDDED
    return options.in_force(
        broker=broker or running.enter_context(start_broker()),
        store=store or running.enter_context(start_store()),
        partitions=1,
        web_host="127.0.0.1",
        web_port=free_port() if sys.stdin.isatty() else 0,
        drop_folder="",  # its files are for a river that lasts
        log_level="warning",
        **own,
    )


async def _run(given: Sequence[Input], settings: Settings, worker: Worker) -> None:
    from agents.commands.lines import console, verdict_row

    screen, flow, started = console(), topics(settings), time.monotonic()
    # From the start, for on servers that have seen this copy before its verdicts are there already.
    async with reading(settings, flow.verdicts.name, flow.alerts.name, since="start") as reader:
        servers = f"broker {settings.broker}  store {masked(settings.store)}"
        screen.print(f"{servers}  articles {len(given)}\n", style="dim")
        sent = await asyncio.to_thread(_publish, given, settings)
        verdicts = []
        async for verdict, alert in _answers(sent, reader, worker, settings):
            verdicts.append(verdict)
            screen.print(verdict_row(verdict, alert.headline if alert else "", len(verdicts)))
        screen.print(f"\n{summary(verdicts)}; {time.monotonic() - started:.0f} s", style="bold", soft_wrap=True)
        if sys.stdin.isatty():
            look = f"Look at it: http://{settings.web_host}:{settings.web_port}/"
            feed = f"{look}\nFeed it: {_program()} replay --broker {settings.broker} FILE    Ctrl-C ends\n"
            screen.print(feed, style="dim", soft_wrap=True)
            await reader.seek_to_end()
            with suppress(asyncio.CancelledError):
                await _stay(_arriving(reader, worker, settings))


async def _stay(arriving: AsyncIterator[Verdict | Alert]) -> None:
    from agents.commands.lines import alert_row, console, verdict_row

    screen = console()
    async for record in arriving:
        if isinstance(record, Alert):
            screen.print(alert_row(record))
        elif not record.alert:
            screen.print(verdict_row(record))


def _program() -> str:
    """How this program is called from here: a newcomer's environment is not on the path."""
    if shutil.which("copytaster"):
        return "copytaster"
    return os.path.relpath(Path(sys.executable).with_name("copytaster"))


def _publish(given: Sequence[Input], settings: Settings) -> list[str]:
    """Send everything; gives the ids of what was sent."""
    sent: list[str] = []
    with Wire(settings) as wire:
        publish(given, wire, settings, lambda each: sent.append(each.key))
    return sent


async def _answers(
    sent: Sequence[str], reader: AIOKafkaConsumer, worker: Worker, settings: Settings
) -> AsyncIterator[tuple[Verdict, Alert | None]]:
    answers = Answers(sent)
    arriving = _arriving(reader, worker, settings)
    while answers:
        try:
            answers.take(await asyncio.wait_for(anext(arriving), _PATIENCE))
        except TimeoutError as error:
            raise CopytasterError(
                f"{len(answers)} articles got no verdict for {_PATIENCE:.0f} s. The worker said:\n{worker.last_words()}"
            ) from error
        for answer in answers.answered():
            yield answer


async def _arriving(reader: AIOKafkaConsumer, worker: Worker, settings: Settings) -> AsyncIterator[Verdict | Alert]:
    """Verdicts and alerts as they arrive, as long as the worker lives."""
    alerts = topics(settings).alerts.name
    while True:
        worker.check()
        for messages in (await reader.getmany(timeout_ms=500)).values():
            for message in messages:
                yield decode(message.value, Alert) if message.topic == alerts else decode(message.value, Verdict)


def summary(verdicts: Sequence[Verdict]) -> str:
    """One line: how many articles, of which kinds, how many stories and alerts."""
    kinds = Counter(each.verdict for each in verdicts)
    stories = {each.story for each in verdicts if each.story}
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    alerts = sum(each.alert for each in verdicts)
    return f"articles: {len(verdicts)} ({told}); stories: {len(stories)}; alerts: {alerts}"

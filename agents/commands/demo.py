"""`copytaster demo`: the whole river on one command, with sample copy, and nothing left behind."""

import asyncio
import os
import shutil
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from aiokafka import AIOKafkaConsumer

from agents.commands import options
from agents.commands.answers import Answers
from agents.commands.dates import published
from agents.commands.messages import reading
from agents.commands.outcome import summary
from agents.commands.replay import publish
from agents.commands.sample import embargoed_until, is_embargoed, sample
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

if TYPE_CHECKING:
    from agents.commands.lines import Row

_PATIENCE = 60.0  # seconds without any answer
_EMBARGO = timedelta(seconds=5)  # of the sample's embargoed copy, from when it is sent


@click.command()
@options.paths(required=False)
@options.broker
@options.store
@options.order()
def demo(paths: tuple[str, ...], broker: str | None, store: str | None, order: Literal["name", "date"]) -> None:
    """Send sample copy through the whole river and see what comes out.

    Starts a broker, a store and a worker of its own. On a terminal it then stays for more copy until Ctrl-C.
    """
    given = _distinct(read(paths or (sample(),), order, published))
    embargoed = [each for each in given if is_embargoed(each)] if not paths else []
    with ExitStack() as running:
        running.enter_context(unwinding())
        settings = _servers(running, broker, store)
        worker = running.enter_context(Worker(settings))
        running.callback(deafen)
        asyncio.run(_run([each for each in given if each not in embargoed], embargoed, settings, worker))


def _distinct(inputs: Iterator[Input]) -> list[Input]:
    """The same article twice gets one verdict, so it is sent once."""
    return list({(each.key, each.value): each for each in inputs}.values())


def _servers(running: ExitStack, broker: str | None, store: str | None) -> Settings:
    """Settings for a small, quick river: servers of our own where none are given, one partition so that order holds."""
    from streams.embedded import EMBEDDED, UNGUARDED_BROKER, UNGUARDED_STORE, start_broker, start_store
    from streams.server import free_port

    own: dict[str, Any] = {} if broker else EMBEDDED | UNGUARDED_BROKER
    own |= {} if store else UNGUARDED_STORE
    return options.in_force(
        broker=broker or running.enter_context(start_broker()),
        store=store or running.enter_context(start_store()),
        partitions=1,
        urgent=0,
        web_host="127.0.0.1",
        web_port=free_port() if sys.stdin.isatty() else 0,
        drop_folder="",  # its files are for a river that lasts
        log_level="warning",
        **own,
    )


async def _run(given: Sequence[Input], embargoed: Sequence[Input], settings: Settings, worker: Worker) -> None:
    """Show the verdicts on all that is given, then on what is embargoed, which is sent for the last seconds of that."""
    from agents.commands.lines import console

    screen, flow, started = console(), topics(settings), time.monotonic()
    # From the start, for on servers that have seen this copy before its verdicts are there already.
    async with reading(settings, flow.verdicts.name, flow.alerts.name, since="start") as reader:
        servers = f"broker {settings.broker}  store {masked(settings.store)}"
        screen.print(f"{servers}  articles {len(given) + len(embargoed)}\n", style="dim")
        verdicts: list[Verdict] = []
        rung: dict[str, str] = {}
        answers, arriving = Answers(()), _arriving(reader, worker, settings)
        for batch in (given, embargoed):
            ending = [each.key for each in embargoed] if batch is embargoed else []
            stamped = embargoed_until(datetime.now(UTC) + _EMBARGO, batch) if ending else batch
            for sent in await asyncio.to_thread(_publish, stamped, settings):
                answers.expect(sent)
            async for verdict, alert in _answered(answers, ending, arriving, worker):
                verdicts.append(verdict)
                screen.print(_row(verdict, alert, len(verdicts), rung))
        screen.print(f"\n{summary(verdicts)}; {time.monotonic() - started:.0f} s", style="bold", soft_wrap=True)
        if sys.stdin.isatty():
            look = f"Look at it: http://{settings.web_host}:{settings.web_port}/"
            feed = f"{look}\nFeed it: {_program()} replay --broker {settings.broker} FILE    Ctrl-C ends\n"
            screen.print(feed, style="dim", soft_wrap=True)
            await reader.seek_to_end()
            with suppress(asyncio.CancelledError):
                await _stay(_arriving(reader, worker, settings))


def _row(verdict: Verdict, alert: Alert | None, number: int, rung: dict[str, str]) -> "Row":
    """The verdict's lines; `rung` gives the article of each alert, and gets this one's."""
    from agents.commands.lines import verdict_row

    if not alert:
        return verdict_row(verdict, "", number)
    rung[alert.id] = alert.article.id
    return verdict_row(verdict, alert.headline, number, [rung.get(each, each) for each in alert.recalls])


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


async def _answered(
    answers: Answers, embargoed: Sequence[str], arriving: AsyncIterator[Verdict | Alert], worker: Worker
) -> AsyncIterator[tuple[Verdict, Alert | None]]:
    """Verdicts in the order sent, each with its alert; those of the embargoed a second time, when they are released."""
    while answers:
        try:
            answers.take(await asyncio.wait_for(anext(arriving), _PATIENCE))
        except TimeoutError as error:
            raise CopytasterError(
                f"{len(answers)} articles got no verdict for {_PATIENCE:.0f} s. The worker said:\n{worker.last_words()}"
            ) from error
        for verdict, alert in answers.answered():
            if verdict.verdict == "hold" and verdict.id in embargoed:
                answers.expect(verdict.id)
            yield verdict, alert


async def _arriving(reader: AIOKafkaConsumer, worker: Worker, settings: Settings) -> AsyncIterator[Verdict | Alert]:
    """Verdicts and alerts as they arrive, as long as the worker lives."""
    alerts = topics(settings).alerts.name
    while True:
        worker.check()
        for messages in (await reader.getmany(timeout_ms=500)).values():
            for message in messages:
                yield decode(message.value, Alert) if message.topic == alerts else decode(message.value, Verdict)

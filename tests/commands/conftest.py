"""What the tests of commands share: running one as a person would, and looking at a topic afterwards."""

import asyncio
from collections.abc import Callable

import pytest
from aiokafka.structs import ConsumerRecord
from click import Command
from click.testing import CliRunner, Result

from agents.commands.messages import stored
from streams.broker import ensure_topics, producer
from streams.settings import Settings

Run = Callable[..., Result]
Stored = Callable[[str], list[ConsumerRecord]]
Put = Callable[..., None]


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Run a command in this process, on the embedded servers; an error that is ours is raised as it is."""

    def runner(command: Command, *arguments: object, text: str | bytes | None = None) -> Result:
        words = [str(each) for each in arguments]
        return CliRunner().invoke(command, words, input=text, env=environment, catch_exceptions=False)

    return runner


@pytest.fixture
def kept(settings: Settings) -> Stored:
    """What a topic holds, by its short name, in the order of its timestamps."""

    async def read(name: str) -> list[ConsumerRecord]:
        messages = [each async for each in stored(settings, f"{settings.topic_prefix}.{name}")]
        return sorted(messages, key=lambda each: each.timestamp)

    return lambda name: asyncio.run(read(name))


@pytest.fixture
def put(settings: Settings) -> Put:
    """Put messages, pairs of key and value, on a topic by its short name."""

    async def send(name: str, messages: tuple[tuple[bytes | None, bytes | None], ...]) -> None:
        await ensure_topics(settings)
        sender = producer(settings)
        await sender.start()
        for key, value in messages:
            await sender.send_and_wait(f"{settings.topic_prefix}.{name}", value, key=key)
        await sender.stop()

    return lambda name, *messages: asyncio.run(send(name, messages))

"""What a console knows, and how it learns it: messages in, questions answered, and a word to those who wait.

All of it in one thread of its own: whoever looks or searches must not keep the worker's agents waiting.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from agents.console.figures import Lags
from agents.console.index import Index
from agents.console.intake import Intake, Message
from agents.console.stream import News
from streams.settings import Settings
from streams.topics import topics

T = TypeVar("T")


class Desk:
    """`caught_up` once all that was on the topics at the start is in the index."""

    def __init__(self, settings: Settings) -> None:
        self.index = Index(settings.console_articles)
        self.intake = Intake(self.index, topics(settings))
        self.lags, self.news = Lags(), News()
        self.caught_up = False
        self._thread = ThreadPoolExecutor(1, "console")

    async def take(self, messages: Sequence[Message], caught_up: bool) -> None:
        """Take messages in, and tell those who wait."""
        if messages:
            await self.ask(lambda _: self._take(messages))
            self.news.tell()
        self.caught_up = caught_up

    async def ask(self, question: Callable[[Index], T]) -> T:
        """What the index answers."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question, self.index)

    def close(self) -> None:
        """Forget everything."""
        self._thread.shutdown()
        self.index.close()

    def _take(self, messages: Sequence[Message]) -> None:
        with self.index.at_once():
            for message in messages:
                self.intake.take(message)
            self.index.forget()

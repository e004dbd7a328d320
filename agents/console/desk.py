"""What a console knows, and how it learns it: messages in, a few at a time, and a word to those who wait."""

import asyncio
from collections.abc import Sequence

from agents.console.figures import Lags
from agents.console.index import Index
from agents.console.intake import Intake, Message
from agents.console.stream import News
from streams.settings import Settings
from streams.topics import topics

_AT_ONCE = 8  # messages taken in before others get their turn


class Desk:
    """`caught_up` once all that was on the topics at the start is in the index."""

    def __init__(self, settings: Settings) -> None:
        self.index = Index(settings.console_articles)
        self.intake = Intake(self.index, topics(settings))
        self.lags, self.news = Lags(), News()
        self.caught_up = False

    async def take(self, messages: Sequence[Message], caught_up: bool) -> None:
        """Take messages in; the worker has other work, so it gets its turn between them."""
        for start in range(0, len(messages), _AT_ONCE):
            for message in messages[start : start + _AT_ONCE]:
                self.intake.take(message)
            await asyncio.sleep(0)
        self.caught_up = caught_up
        if messages:
            self.index.forget()
            self.news.tell()

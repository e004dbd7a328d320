"""What the doors of a worker are at, for who watches them: what they wait for, and that long work goes on."""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from streams.health import Place

_heard: ContextVar[Callable[[], None]] = ContextVar("heard", default=lambda: None)


def sign() -> None:
    """A part of the work at hand is done: it takes long, but it goes on."""
    _heard.get()()


class Progress:
    """`waits` holds why each wait goes on, `signs` when work on a partition's messages was last seen to go on."""

    def __init__(self) -> None:
        self.waits: dict[object, str] = {}
        self.signs: dict[Place, float] = {}

    @contextmanager
    def on(self, places: Collection[Place]) -> Iterator[None]:
        """Messages of these partitions are at hand: a `sign` within it, also in tasks begun there, is of them."""
        before = _heard.set(lambda: self.signs.update(dict.fromkeys(places, time.monotonic())))
        try:
            yield
        finally:
            _heard.reset(before)

    @contextmanager
    def waiting(self, reason: str) -> Iterator[None]:
        """Nothing can be answered within it, and that is no stall."""
        this = object()
        self.waits[this] = reason
        try:
            yield
        finally:
            del self.waits[this]

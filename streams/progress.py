"""What the doors of a worker are at, for who watches them: what they wait for, and that long work goes on."""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from streams.health import Place

_at_hand: ContextVar[Collection[Place]] = ContextVar("at_hand", default=())


class Progress:
    """`waits` holds why each wait goes on, `signs` when work on a partition's messages was last seen to go on."""

    def __init__(self) -> None:
        self.waits: dict[object, str] = {}
        self.signs: dict[Place, float] = {}

    @contextmanager
    def on(self, places: Collection[Place]) -> Iterator[None]:
        """Messages of these partitions are at hand; what is told within it is told of them."""
        before = _at_hand.set(places)
        try:
            yield
        finally:
            _at_hand.reset(before)

    def sign(self) -> None:
        """A part of the work at hand is done: it takes long, but it goes on."""
        self.signs |= dict.fromkeys(_at_hand.get(), time.monotonic())

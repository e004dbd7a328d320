"""How a command with children ends: whatever tells it to, they are stopped first."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_ENDS = [signal.SIGTERM, signal.SIGHUP]


@contextmanager
def unwinding() -> Iterator[None]:
    """Within it SIGTERM and a closed terminal raise SystemExit, as Ctrl-C raises KeyboardInterrupt."""

    def leave(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.getsignal(number) for number in (*_ENDS, signal.SIGINT)}
    for number in _ENDS:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def deafen() -> None:
    """From here on no signal ends us: a second Ctrl-C must not leave the children half stopped."""
    for number in (*_ENDS, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)

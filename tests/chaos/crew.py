"""The workers, and their supervisor: whoever ends is started anew, whether we ended it or it ended by itself."""

import asyncio
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from agents.commands.worker import Worker
from streams.settings import Settings

_LOOK = 0.2  # seconds between two looks at who has ended
_AGAIN = 1.0  # seconds after which a worker that ended by itself is started anew
_WORDS = 100_000  # lines of a log that are kept


@dataclass(slots=True)
class Seat:
    """A place at the desk: the worker that has it, if one does, and when the next is due (by the steady clock)."""

    number: int
    worker: Worker | None = None
    due: float = 0.0
    ended_by: str = ""

    @property
    def runs(self) -> bool:
        """Whether a worker has it that we didn't end."""
        return self.worker is not None and self.worker.process.poll() is None


class Crew:
    """So many workers on a river. Their logs are kept in `folder`; a worker that hangs finds a file there.

    `ends` counts those that ended by themselves, `hung` those of them that were made to hang. What is done to one is
    told in words, none where there is no worker for it just now.
    """

    def __init__(self, settings: Settings, size: int, folder: Path) -> None:
        self._settings, self._folder = settings, folder
        self._seats: list[Seat] = []
        self._leaving: list[Seat] = []
        self._ended, self._numbers = 0, count()
        self.ends, self.hung = 0, 0
        for _ in range(size):
            self.join()

    async def tend(self) -> None:
        """Start anew whoever has ended, as long as this runs."""
        while True:
            for seat in [*self._seats, *self._leaving]:
                if seat.worker and not seat.runs:
                    self._bury(seat)
            for seat in self._seats:
                if not seat.worker and time.monotonic() >= seat.due:
                    self._start(seat)
            await asyncio.sleep(_LOOK)

    def join(self) -> str:
        """One more worker."""
        self._seats.append(Seat(next(self._numbers)))
        self._start(self._seats[-1])
        return f"worker {self._seats[-1].number} joins"

    def kill(self, pick: int, seconds: float) -> str:
        """End one as a power cut would; another starts after so many seconds."""
        seat = self._picked(pick)
        if seat is None or seat.worker is None:
            return ""
        seat.ended_by = "kill"
        seat.worker.kill()
        self._bury(seat)
        seat.due = time.monotonic() + seconds
        return f"worker {seat.number} killed, back in {seconds:.1f} s"

    def leave(self, pick: int) -> str:
        """Ask one to end, and start none in its place; the last stays."""
        seat = self._picked(pick)
        if seat is None or seat.worker is None or len(self._seats) < 2:
            return ""
        seat.ended_by = "leave"
        self._seats.remove(seat)
        self._leaving.append(seat)
        seat.worker.process.terminate()
        return f"worker {seat.number} leaves"

    def hang(self, pick: int) -> str:
        """Have one's consumer fetch nothing more: its own watch must end it."""
        seat = self._picked(pick)
        if seat is None:
            return ""
        self._hook(seat).touch()
        return f"worker {seat.number} hangs"

    async def stop(self, pick: int, seconds: float) -> str:
        """Stop one in the middle of its work, and have it go on after so many seconds."""
        seat = self._picked(pick)
        if seat is None or seat.worker is None:
            return ""
        group = seat.worker.process.pid
        _signal(group, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        _signal(group, signal.SIGCONT)
        return f"worker {seat.number} was stopped for {seconds:.1f} s"

    def close(self) -> None:
        """End all."""
        for seat in [*self._seats, *self._leaving]:
            if seat.worker:
                seat.ended_by = seat.ended_by or "us"
                seat.worker.kill()
                self._bury(seat)

    def _picked(self, pick: int) -> Seat | None:
        """One that runs; those that hang are their watch's to end."""
        running = [seat for seat in self._seats if seat.runs and not self._hook(seat).exists()]
        return running[pick % len(running)] if running else None

    def _start(self, seat: Seat) -> None:
        hook, seat.ended_by = self._hook(seat), ""
        hook.unlink(missing_ok=True)
        seat.worker = Worker(self._settings, "tests.watch.stalling", {"HOW": "fetch", "STALL": str(hook)})
        seat.worker.__enter__()

    def _hook(self, seat: Seat) -> Path:
        return self._folder / f"hang-{seat.number}"

    def _bury(self, seat: Seat) -> None:
        """Keep its log, and have the seat free."""
        worker = seat.worker
        if worker is None:
            return
        if not seat.ended_by:
            self.ends += 1
            self.hung += self._hook(seat).exists()
            seat.due = time.monotonic() + _AGAIN
        self._ended += 1
        log = self._folder / f"{self._ended:03}-worker-{seat.number}.log"
        log.write_text(f"seat {seat.number}, ended by {seat.ended_by or 'itself'}\n{worker.last_words(_WORDS)}\n")
        worker.__exit__(None, None, None)
        seat.worker = None


def _signal(group: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)

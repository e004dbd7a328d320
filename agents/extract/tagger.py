"""Tags articles off the event loop: cut into pieces, read by the pool, gathered article by article."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from typing import Self

from agents.extract.names import Mention, gather
from agents.extract.pieces import LENGTH, pieces
from agents.extract.pool import find, open_pool
from streams.errors import CopytasterError
from streams.records import Entity

log = logging.getLogger(__name__)

_JOB = 2 * LENGTH  # characters read in one go, at most: half a second's work, so that closing doesn't wait long
_TRIES = 3


class Tagger:
    """Finds the entities of articles, within `async with` (or between `start` and `close`); several may enter it.

    `processes` of a pool run the model, or with 0 a thread of this process. The same passages give the same
    entities, whatever else is in the batch and however many processes there are. `heard` is called whenever a job of
    half a second is done, `waiting` with the reason for the time in which the model is loaded.
    """

    def __init__(
        self,
        model: str,
        *,
        processes: int,
        heard: Callable[[], None] = lambda: None,
        waiting: Callable[[str], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._model, self._processes, self._heard, self._waiting = model, processes, heard, waiting
        self._pool: Executor | None = None
        self._running, self._inside = False, 0
        # What isn't urgent has no more jobs in the pool than keep it busy, so that what is waits for those alone.
        self._turns = asyncio.Semaphore((processes or 1) + 1)

    async def start(self) -> None:
        """Load the model in each process; raises CopytasterError where that can't be done."""
        if not self._running:
            self._running, self._alone = True, asyncio.Lock()
        with self._waiting(f"the model {self._model} is being loaded"):
            await asyncio.gather(*(self._find([]) for _ in range(self._processes or 1)))

    async def close(self) -> None:
        """End the pool when it is done with the pieces in hand; work that waits is cancelled."""
        self._running = False
        await self._end(self._pool)

    async def __aenter__(self) -> Self:
        self._inside += 1
        try:
            await self.start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self._inside -= 1
        if not self._inside:
            await self.close()

    async def tag(self, articles: Sequence[Sequence[str]], *, urgent: bool = False) -> list[list[Entity]]:
        """The entities of each article, given the texts of its new passages; one without any costs nothing.

        What is `urgent` goes before what waits, and after the jobs of half a second that are at hand.

        Raises CopytasterError when the pool's processes end again and again at this work, and is cancelled when
        the tagger is closed meanwhile: that is no fault of the copy.
        """
        cut = [list(pieces(passages)) for passages in articles]
        if any(cut) and not self._running:
            raise CopytasterError("the tagger is closed; enter it (`async with`) before asking it to tag")
        jobs = _jobs(chain.from_iterable(cut), self._size(cut))
        found = await asyncio.gather(*(self._take_turn(job, urgent) for job in jobs))
        return await asyncio.to_thread(_gather, cut, chain.from_iterable(found))

    async def _take_turn(self, texts: Sequence[str], urgent: bool) -> list[list[Mention]]:
        async with nullcontext() if urgent else self._turns:
            return await self._find(texts)

    def _size(self, cut: Sequence[Sequence[str]]) -> int:
        """Characters of a job: each process gets its share of a small batch."""
        total = sum(len(piece) for each in cut for piece in each)
        return min(_JOB, -(-total // (self._processes or 1)))

    async def _find(self, texts: Sequence[str]) -> list[list[Mention]]:
        """The mentions in each text. Work that was in the pool when a process ended is done again."""
        for attempt in range(_TRIES):
            # Again, but one job at a time: the one that ends its process must not take the others with it each time.
            async with self._alone if attempt else nullcontext():
                if not self._running:
                    raise asyncio.CancelledError("the tagger was closed")
                pool = self._pool = self._pool or open_pool(self._model, self._processes)
                try:
                    found = await asyncio.wrap_future(pool.submit(find, self._model, texts))
                except BrokenExecutor:
                    await self._end(pool)
                else:
                    self._heard()
                    return found
        act = f"reading {sum(map(len, texts)):,} characters that begin {texts[0][:60]!r}" if texts else "loading"
        raise CopytasterError(
            f"{self._model}: its process ended {_TRIES} times while {act}; "
            "was it killed, or is the machine short of memory?"
        )

    async def _end(self, pool: Executor | None) -> None:
        """Shut a pool down, once, however many tell of its end; its processes are gone afterwards."""
        if pool and pool is self._pool:
            if self._running:
                log.warning("a process of the tagger's was ended from outside; new ones take over")
            self._pool = None
            await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)


def _jobs(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    """The texts in order, in lists of `size` characters or one text more."""
    job: list[str] = []
    for text in texts:
        job.append(text)
        if sum(map(len, job)) >= size:
            yield job
            job = []
    if job:
        yield job


def _gather(cut: Sequence[Sequence[str]], found: Iterator[list[Mention]]) -> list[list[Entity]]:
    return [gather([mention for _ in each for mention in next(found)]) for each in cut]

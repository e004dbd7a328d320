"""Watches a worker: looks every few seconds whether it answers what waits.

It ends one that stalls for long, and one that broker or store let in no longer.
"""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Collection

from streams import metrics
from streams.app import App
from streams.errors import AccessRefused, BrokerUnavailable, CopytasterError, StoreUnavailable, WorkerStalled
from streams.health import STARTING, Clocks, Look, Patience, Place, Position, advance, health
from streams.permits import check_worker
from streams.positions import Positions
from streams.pulse import Pulse

_EVERY = 5.0  # seconds between two looks, at most
_RIGHTS = 30.0  # seconds between two looks at what the broker allows us
_PARTING = 30.0  # seconds for a stalled worker to end by itself, at most

log = logging.getLogger(__name__)


async def _overslept(seconds: float) -> float:
    """Sleep for so long; gives by how much it took longer: work that holds the event loop up, or a stopped process."""
    began = time.monotonic()
    await asyncio.sleep(seconds)
    return time.monotonic() - began - seconds


class Watch:
    """How a worker is: `health`, judged anew as long as it `run`s."""

    def __init__(self, app: App) -> None:
        settings = app.settings
        self._app, self._most = app, settings.stall_exit_seconds
        self._every = min(_EVERY, settings.stall_seconds / 4)
        self._patience = Patience(settings.stall_seconds, settings.stall_seconds + settings.rebalance_seconds)
        self._positions, self._pulse = Positions(settings, app.conf.id), Pulse(settings)
        self._clocks, self._checked = Clocks(), time.monotonic()
        self.health = STARTING

    async def run(self) -> None:
        """Look again and again; crash the worker where it has stalled for too long."""
        lost = 0.0
        try:
            while True:
                self._judge(await self._look(lost))
                if self._most and self.health.stalled >= self._most:
                    raise self._stalled()
                lost = await _overslept(self._every)
        except (WorkerStalled, AccessRefused) as error:
            await self._end(error)
        finally:
            await self._positions.close()
            await self._pulse.close()

    def _judge(self, look: Look) -> None:
        self._clocks = advance(self._clocks, look)
        before, self.health = self.health, health(self._clocks, look, self._patience)
        metrics.looked(self.health, look.positions)
        if before.alive and not self.health.alive:
            log.error("stalled: %s", "; ".join(self.health.reasons))
        elif self.health.alive and not before.alive:
            log.warning("no longer stalled")

    async def _look(self, lost: float) -> Look:
        try:
            return await self._seen(lost)
        except AccessRefused:
            raise
        except Exception as error:  # a watch that can't see must not end the work that it watches
            log.exception("the watch failed")
            return Look(at=time.monotonic(), outages=(f"the worker can't be watched ({error}); its log tells more",))

    async def _seen(self, lost: float) -> Look:
        partitions, outages = self._app.partitions, list(dict.fromkeys(self._app.progress.waits.values()))
        positions: dict[Place, Position] = {}
        try:
            positions = await self._read(partitions or ())
            await self._look_at_rights()
            metrics.stored(*await self._pulse.take())
        except AccessRefused:
            raise
        except (BrokerUnavailable, StoreUnavailable) as error:
            outages.append(str(error))
        return Look(
            at=time.monotonic(),
            positions=positions,
            outages=tuple(dict.fromkeys(outages)),
            sharing=partitions is None,
            signs=dict(self._app.progress.signs),
            lost=lost,
        )

    async def _read(self, places: Collection[Place]) -> dict[Place, Position]:
        """Where the partitions stand; those that are about to stall are looked into."""
        found = await self._positions.read(places)
        late = time.monotonic() - self._patience.standing / 2
        for place, position in found.items():
            _, since = self._clocks.standing.get(place, (0, late + 1))
            if since < late and position.waiting and not await self._positions.holds_message(place, position):
                found[place] = Position(position.end, position.end)
        return found

    async def _look_at_rights(self) -> None:
        """Faust waits in silence for a topic that it may no longer read."""
        now = time.monotonic()
        if now - self._checked >= _RIGHTS:
            self._checked = now
            await check_worker(self._app.settings)

    def _stalled(self) -> WorkerStalled:
        reasons = "; ".join(self.health.reasons)
        return WorkerStalled(f"the worker has stalled and ends, to be started anew: {reasons}")

    async def _end(self, error: CopytasterError) -> None:
        """Crash, and where even that doesn't end the process, end it: a thread that hangs holds Faust's stop up too."""
        last = threading.Timer(min(_PARTING, self._patience.standing), os._exit, [1])
        last.daemon = True
        last.start()
        log.critical("%s", error)
        await self._app.crash(error)

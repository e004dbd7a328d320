"""Takes in what is put into a drop folder: each file once it is whole, filed away only when Kafka has its articles."""

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

from agents.ingest.contents import Read
from agents.ingest.drops.claim import Claim
from agents.ingest.drops.dropped import LARGEST, inputs_of
from agents.ingest.drops.folder import Folder
from agents.ingest.drops.settling import Look, Settling
from agents.ingest.formats import Input
from agents.ingest.pushes.push import Publish
from streams.errors import BrokerUnavailable, RejectedCopy
from streams.settings import Settings

_RESCAN = 2.0  # seconds: folders of other machines send no notice of what is put there
_AT_ONCE = 500  # articles sent together
_RETRY = (0.2, 5.0)  # seconds: the first wait for a broker that doesn't answer, and the longest
_NAMED = 20  # articles, in a reason

_log = logging.getLogger(__name__)


def drop(settings: Settings, read: Read, publish: Publish) -> "Drop | None":
    """The drop folder of these settings, if they name one; raises SettingsError where it can't be used."""
    if not settings.drop_folder:
        return None
    folder = Folder(Path(settings.drop_folder))
    return Drop(folder, read, publish, settings.drop_settle_seconds, settings.max_message_bytes)


class Drop:
    """A drop folder at work. `most_bytes` is the largest message that can be sent."""

    def __init__(self, folder: Folder, read: Read, publish: Publish, settle: float, most_bytes: int) -> None:
        self._folder, self._read, self._publish = folder, read, publish
        self._settling, self._most_bytes = Settling(settle), most_bytes
        self._stuck: set[Look] = set()

    async def run(self) -> None:
        """Take in what is there and what comes, until cancelled."""
        rung = asyncio.Event()
        bell = asyncio.create_task(self._listen(rung), name="drop folder")
        try:
            while True:
                wait = await self.sweep()
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await rung.wait()
                rung.clear()
        finally:
            bell.cancel()

    async def _listen(self, rung: asyncio.Event) -> None:
        logging.getLogger("watchfiles").setLevel(logging.WARNING)  # it tells each change, and so do we
        try:
            async for _ in awatch(self._folder.path, watch_filter=None, recursive=False, debounce=200, step=20):
                rung.set()
        except (OSError, RuntimeError) as error:
            _log.warning("no notice of files dropped, so that each waits up to %.0f s: %s", _RESCAN, error)

    async def sweep(self) -> float:
        """Take in every file that is whole now; gives the seconds until the next look is due."""
        try:
            looks = await asyncio.to_thread(self._folder.looks)
        except OSError as error:
            _log.warning("the drop folder can't be read: %s", error)
            return _RESCAN
        looks = {name: look for name, look in looks.items() if look not in self._stuck}
        for name in self._settling.whole(looks, time.monotonic()):
            try:
                claim = await asyncio.to_thread(self._folder.claim, name)
            except OSError as error:
                self._leave(name, looks[name], error)
                continue
            if claim:
                with claim:
                    await self._take(claim, looks[name])
        return min(_RESCAN, self._settling.wait(time.monotonic()) or _RESCAN)

    def _leave(self, name: str, look: Look, error: OSError) -> None:
        """Try no more what this worker can't mend, or it would send the same articles every other second."""
        self._stuck.add(look)
        _log.error("%s stays in the drop folder until something about it changes: %s", name, error)

    async def _take(self, claim: Claim, look: Look) -> None:
        try:
            try:
                inputs = await asyncio.to_thread(lambda: inputs_of(claim.read(LARGEST), claim.name, self._read))
                if not claim.look().same_bytes(look):  # its writer goes on: it settles anew under its present name
                    return
                await self._send(inputs)
            except RejectedCopy as error:
                _log.warning("%s: %s; filed as %s", claim.name, error, claim.file_with(str(error), self._folder.failed))
            else:
                _log.info("%s: %d articles, filed as %s", claim.name, len(inputs), claim.file(self._folder.done))
        except OSError as error:
            self._leave(claim.name, claim.look(), error)

    async def _send(self, inputs: Sequence[Input]) -> None:
        """Publish what fits a message, waiting for the broker; then raises RejectedCopy if something did not fit."""
        fit = [each for each in inputs if len(each.value) <= self._most_bytes]
        for start in range(0, len(fit), _AT_ONCE):
            await self._patiently(fit[start : start + _AT_ONCE])
        if large := [each.place for each in inputs if len(each.value) > self._most_bytes]:
            places = ", ".join(large[:_NAMED])
            raise RejectedCopy(
                f"{len(fit)} sent; {len(large)} not, more than the {self._most_bytes:,} bytes of a message; "
                f"cut them, or raise COPYTASTER_MAX_MESSAGE_BYTES: {places}"
            )

    async def _patiently(self, inputs: Sequence[Input]) -> None:
        wait, longest = _RETRY
        while True:
            try:
                await self._publish(inputs)
                return
            except BrokerUnavailable as error:
                _log.warning("waiting %.1f s with a dropped file: %s", wait, error)
            await asyncio.sleep(wait)
            wait = min(longest, wait * 2)

"""Follows the file of subscriptions, read anew as it changes, and posts to each webhook at its own pace."""

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agents.deliver.courier import Courier, Publish, session
from agents.deliver.desk import Desk
from agents.deliver.subscriptions import Subscription, load
from streams.addresses import networks
from streams.errors import BrokerUnavailable, CopytasterError, StoreUnavailable
from streams.settings import Settings

_log = logging.getLogger(__name__)

Read = Callable[[], Sequence[Subscription]]
MakeTopics = Callable[[Collection[str]], Awaitable[None]]


def in_force(settings: Settings) -> Read:
    """Reads the subscriptions that the settings name. Raises SubscriptionsError where they can't be used now."""
    path = Path(settings.subscriptions)

    def read() -> Sequence[Subscription]:
        return load(path, settings, os.environ) if settings.subscriptions else []

    read()
    return read


async def follow(desk: Desk, read: Read, settings: Settings, make_topics: MakeTopics, publish: Publish) -> None:
    """Keep a desk by its file and post what waits, until cancelled; without a file there is nothing to do."""
    if not settings.subscriptions:
        desk.follow([], time.time())
        return
    async with session(networks(settings.subscriptions_networks)) as client:
        courier = Courier(desk.deliveries, client, publish, desk.flow)
        await Watch(desk, courier, read, make_topics).run()


@dataclass
class Watch:
    """Keeps a desk by the file, and a task for each webhook. A file that can't be used leaves the one before."""

    desk: Desk
    courier: Courier
    read: Read
    make_topics: MakeTopics
    idle: float = 1.0  # seconds between two looks for what is due
    reread: float = 10.0  # seconds between two looks at the file, and at the secrets it names
    _read: Sequence[Subscription] | None = None
    _posting: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def run(self) -> None:
        """Until cancelled."""
        fault = ""
        try:
            while True:
                fault = await self._look_again(fault)
                self._post_to_each()
                await asyncio.sleep(self.reread)
        finally:
            for each in self._posting.values():
                each.cancel()

    async def look(self) -> None:
        """Read the file; go by it where it changed. Raises SubscriptionsError, and BrokerUnavailable."""
        found = await asyncio.to_thread(self.read)
        if found == self._read:
            return
        await self.make_topics({each.topic for each in found if each.topic})
        self.desk.follow(found, self.courier.now())
        self._read = found
        _log.info("following %d subscriptions", len(found))

    async def _look_again(self, fault: str) -> str:
        """Look; gives what is wrong. It is said once, not at each look."""
        try:
            await self.look()
        except CopytasterError as error:
            if str(error) != fault:
                _log.error("the subscriptions stay as they were: %s", error)
            return str(error)
        return ""

    def _post_to_each(self) -> None:
        wanted = {each.name for each in self.desk.subscriptions.values() if each.webhook}
        self._posting = {name: task for name, task in self._posting.items() if not task.done()}
        for name in wanted - set(self._posting):
            self._posting[name] = asyncio.create_task(self._post(name), name=f"webhook of {name}")

    async def _post(self, name: str) -> None:
        """A receiver that is slow keeps this task alone waiting; a subscription taken out ends it after its post."""
        while subscription := self.desk.subscriptions.get(name):
            busy = False
            try:
                busy = await self.courier.deliver_next(subscription)
            except (StoreUnavailable, BrokerUnavailable) as error:
                _log.warning("the webhook of %s waits: %s", name, error)
            except Exception:  # a fault of ours must not end it: its alert's lease does, and the others go on
                _log.exception("the webhook of %s failed", name)
            if not busy:
                await asyncio.sleep(self.idle)

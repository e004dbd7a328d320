"""Gives each alert to the subscriptions that catch it, by the file as it is now."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import msgspec

from agents.deliver.rejections import rejection
from agents.deliver.store import Deliveries
from agents.deliver.subscriptions import Subscription
from streams.records import Alert, Record
from streams.topics import Topic, Topics


class Sent(NamedTuple):
    """A record to be put on a topic, under its article's id."""

    topic: Topic
    key: str
    record: Record


class Desk:
    """The subscriptions in force. One that is new catches what rings after any worker saw it first."""

    def __init__(self, deliveries: Deliveries, flow: Topics) -> None:
        self.deliveries, self.flow = deliveries, flow
        self.subscriptions: dict[str, Subscription] = {}
        self._seen: dict[str, float] = {}
        self._begun: dict[str, float] = {}
        self._ready = asyncio.Event()

    def follow(self, subscriptions: Sequence[Subscription], now: float) -> None:
        """Go by these subscriptions, and no others, from now on."""
        self.subscriptions = {each.name: each for each in subscriptions}
        self._seen = {name: self._seen.get(name, now) for name in self.subscriptions}
        self._ready.set()

    async def take_all(self, alerts: Sequence[Alert], now: float) -> list[Sent]:
        """Keep alerts for those that catch them; gives what is to be sent besides. Safe to ask again.

        Waits until there are subscriptions to go by, so that a worker that begins passes over none.
        """
        await self._ready.wait()
        new = {name: seen for name, seen in self._seen.items() if name not in self._begun}
        self._begun |= await self.deliveries.begin(new)
        return [sent for alert in alerts for sent in await self._take(alert, now)]

    async def _take(self, alert: Alert, now: float) -> list[Sent]:
        rang = alert.alerted.timestamp()
        asked = [each for each in self.subscriptions.values() if self._begun.get(each.name, now) <= rang]
        # Who had an alert must learn that it is withdrawn, whatever else is asked for.
        had = await self.deliveries.had([each.name for each in asked], alert.recalls)
        known = msgspec.structs.replace(alert, merged=sorted(await self.deliveries.merged(alert)))
        caught = [each for each in asked if each.name in had or each.filter.catches(known)]
        return [sent for each in caught for sent in await self._keep(each, alert, now)]

    async def _keep(self, subscription: Subscription, alert: Alert, now: float) -> list[Sent]:
        key = alert.article.id
        sent = [Sent(replace(self.flow.alerts, name=subscription.topic), key, alert)] if subscription.topic else []
        if await self.deliveries.catch(subscription, alert, now) == "full":
            waiting = f"{self.deliveries.most:,} alerts wait for its webhook already"
            reason = f"{waiting}; see to the receiver, then redrive this one"
            letter = rejection(subscription.name, alert, reason, self.flow.alerts.name, now)
            sent.append(Sent(self.flow.rejected, key, letter))
        return sent

"""Posts alerts to webhooks: one at a time to each receiver, again while it fails, and at last to `wire.rejected`."""

import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import aiohttp

from agents.deliver.patience import Answer, pause, wait
from agents.deliver.rejections import rejection
from agents.deliver.store import Deliveries, Lease, Settled, Waiting
from agents.deliver.subscriptions import Subscription, Webhook
from agents.deliver.webhooks import headers, payload
from streams.addresses import Network, guarded
from streams.codec import encode
from streams.logs import about
from streams.topics import Topics
from streams.waits import retry_after

_log = logging.getLogger(__name__)
_SECONDS = 20.0  # for an answer, within the 15 to 30 that Standard Webhooks advises
_LEASE = 90.0  # longer than an attempt and a rejection take
_SHOWN = 80  # characters of what a receiver says
_OLDEST = 24 * 3600.0  # seconds after which an alert that failed is given up, however few its attempts
_CLOSED = 24 * 3600.0  # seconds for which an address that said 410 gets nothing

Publish = Callable[[str, Sequence[tuple[bytes, bytes]]], Awaitable[object]]
Send = Callable[[aiohttp.ClientSession, Webhook, Waiting, float], Awaitable[Answer]]


def session(allowed: Sequence[Network] = (), seconds: float = _SECONDS) -> aiohttp.ClientSession:
    """A session that connects to permitted addresses alone, without cookies, or a proxy from the environment."""
    sockets = guarded(allowed, "COPYTASTER_SUBSCRIPTIONS_NETWORKS names those that webhooks may have")
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(socket_factory=sockets, limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"copytaster/{version('copytaster')} (webhooks)"},
        timeout=aiohttp.ClientTimeout(total=seconds),
    )


async def post(client: aiohttp.ClientSession, webhook: Webhook, waiting: Waiting, now: float) -> Answer:
    """One attempt; redirects are not followed, since what is signed goes to the address that was named alone."""
    body = payload(waiting.alert)
    fields = headers(waiting.alert.id, body, webhook.secrets, int(now))
    try:
        async with client.post(webhook.url, data=body, headers=fields, allow_redirects=False) as response:
            said = f"{response.status} {(response.reason or '')[:_SHOWN]}".strip()
            return Answer(response.status, retry_after(response.headers, time.time()), f"answered {said}")
    except TimeoutError:
        return Answer(0, reason=f"gave no answer within {client.timeout.total:g} s")
    except aiohttp.ClientConnectorError as error:
        return Answer(0, reason=f"can't be reached: {error.os_error}")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return Answer(0, reason=f"can't be reached: {error or type(error).__name__}")


@dataclass
class Courier:
    """Delivers what waits for webhooks; `publish` puts keys and values on a topic and returns when Kafka has them."""

    deliveries: Deliveries
    client: aiohttp.ClientSession
    publish: Publish
    flow: Topics
    now: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random
    send: Send = post

    async def deliver_next(self, subscription: Subscription) -> bool:
        """Post the alert that is due longest; False where there is none."""
        webhook = subscription.webhook
        if not webhook or not (lease := await self.deliveries.claim(subscription.name, self.now(), _LEASE)):
            return False
        with about([lease.waiting.alert.article.id]):
            if lease.closed == webhook.url:
                answer = Answer(410, reason=f"answered 410 Gone within the last {_CLOSED / 3600:.0f} hours")
            else:
                answer = await self.send(self.client, webhook, lease.waiting, self.now())
            await self._settle(lease, webhook, answer)
        return True

    async def _settle(self, lease: Lease, webhook: Webhook, answer: Answer) -> None:
        now, waiting = self.now(), lease.waiting
        if answer.taken:
            await self.deliveries.settle(lease, Settled(free=now, health="well"))
            return
        attempts = waiting.attempts + 1
        seconds = None if answer.gone else wait(attempts, answer, self.chance())
        if seconds is None or now + seconds - waiting.first > _OLDEST:
            await self._give_up(lease, webhook, answer, attempts)
            return
        _log.info("alert %s waits %.0f s for %s: it %s", waiting.alert.id, seconds, lease.name, answer.reason)
        settled = Settled(
            free=now + pause(seconds, answer),
            due=now + seconds,
            waiting=Waiting(waiting.alert, waiting.first, attempts),
            health="unwell" if answer.ails else "",
        )
        await self.deliveries.settle(lease, settled)

    async def _give_up(self, lease: Lease, webhook: Webhook, answer: Answer, attempts: int) -> None:
        """To `wire.rejected` first: a crash between the two rejects it twice, and loses nothing."""
        now, alert = self.now(), lease.waiting.alert
        mend = "name another address" if answer.gone else "see to the receiver"
        reason = f"its webhook {answer.reason}, at attempt {attempts}; {mend}, then redrive this alert"
        _log.error("alert %s is given up for %s: %s", alert.id, lease.name, reason)
        letter = rejection(lease.name, alert, reason, self.flow.alerts.name, now)
        await self.publish(self.flow.rejected.name, [(letter.key or b"", encode(letter))])
        closed = webhook.url if answer.gone and not lease.closed else ""
        settled = Settled(free=now, again=True, closed=closed, closed_until=now + _CLOSED)
        await self.deliveries.settle(lease, settled)

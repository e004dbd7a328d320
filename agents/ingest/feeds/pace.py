"""When a feed is asked for next: at its own pace, as its server asks, and later where it fails.

The wait is a share of the time that usually passes between two arrivals, the rule of the Alex protocol (Cate 1992)
for copies whose owner doesn't say when they change. What the server says goes before it (RFC 9111 freshness,
RFC 9110 Retry-After, RSS 2.0 `ttl`, RSS 1.0 syndication module).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agents.ingest.feeds.feed import State
from streams.waits import until

_HOUR = 3600.0
_PERIODS = {b"hourly": 1.0, b"daily": 24.0, b"weekly": 168.0, b"monthly": 730.0, b"yearly": 8760.0}  # hours
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>")
_PERIOD = re.compile(rb"<\w+:updatePeriod>\s*(\w+)\s*</")
_FREQUENCY = re.compile(rb"<\w+:updateFrequency>\s*(\d{1,4})\s*</")
_FIRST_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NO_STORE = re.compile(r"(?:^|[\s,])no-(?:cache|store)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pace:
    """Bounds in seconds. `share` is of the usual time between two arrivals.

    `longest` also bounds what a feed asks for: many carry a `ttl` of a day that nobody ever thought about.
    `refused` bounds the wait after a Retry-After or a feed that is gone.
    """

    shortest: float = 60.0
    unknown: float = 900.0
    longest: float = 4 * _HOUR
    refused: float = 24 * _HOUR
    share: float = 0.25
    jitter: float = 0.1


def wait(state: State, now: float, chance: float, pace: Pace, asked: float = 0.0) -> float:
    """Seconds until the next poll; `chance` from 0 to 1 spreads those that would come together.

    `asked` is what the server asked for when it refused; it is kept to, up to a day.
    """
    seconds = max(usual(state, now, pace), min(state.hint, pace.longest))
    if state.failures:
        seconds = min(pace.longest, max(seconds, pace.shortest) * 2.0 ** min(state.failures, 16))
    seconds = max(seconds, min(asked, pace.refused))
    return seconds * (1 + pace.jitter * chance)


def usual(state: State, now: float, pace: Pace) -> float:
    """Seconds between polls that its arrivals call for; its present silence counts, so that a dead feed slows down."""
    if not state.arrivals:
        return pace.unknown
    gap = (now - state.arrivals[0]) / len(state.arrivals)
    return min(pace.longest, max(pace.shortest, pace.share * gap))


def hint(headers: Mapping[str, str], body: bytes, now: float) -> float:
    """Seconds that server or document want between two polls; 0 where they don't say."""
    return max(_fresh(headers, now), _document(body))


def _fresh(headers: Mapping[str, str], now: float) -> float:
    control = headers.get("Cache-Control", "")
    if _NO_STORE.search(control):
        return 0.0
    if ages := _MAX_AGE.findall(control):
        age = headers.get("Age", "0")
        return max(0.0, max(map(float, ages)) - (float(age) if age.isascii() and age.isdigit() else 0.0))
    return max(0.0, until(headers.get("Expires", ""), now))


def _document(body: bytes) -> float:
    """What stands in the channel, before its first entry."""
    head = body[: 64 * 1024]
    if first := _FIRST_ENTRY.search(head):
        head = head[: first.start()]
    ttl = _TTL.search(head)
    asked = float(ttl[1]) * 60 if ttl else 0.0
    if (period := _PERIOD.search(head)) and period[1].lower() in _PERIODS:
        times = _FREQUENCY.search(head)
        asked = max(asked, _PERIODS[period[1].lower()] * _HOUR / max(1.0, float(times[1]) if times else 1.0))
    return asked

"""How long a webhook that failed is waited for: seconds at first, hours at last, then no more."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

# Standard Webhooks' example schedule, closer at its beginning: news is soon old. 10 tries over some 16 hours.
WAITS = (5.0, 30.0, 120.0, 600.0, 1800.0, 3600.0, 7200.0, 14400.0, 28800.0)  # seconds
_LONGEST = 86400.0  # seconds that a Retry-After may ask for
_JITTER = 0.2  # of the wait, so that receivers that came back aren't met by all workers in step
_GONE = 410
_BUSY = (408, 425, 429)
_PAUSE = 60.0  # seconds at most that a receiver is left alone by other alerts while it doesn't answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one attempt: HTTP's status, 0 where none came; seconds asked for; the reason in words."""

    status: int
    asked: float = 0.0
    reason: str = ""

    @property
    def taken(self) -> bool:
        """Whether the receiver has it."""
        return 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver wants no more, of this or anything."""
        return self.status == _GONE

    @property
    def ails(self) -> bool:
        """Whether it is the receiver that is unwell, and not this alert that it doesn't like."""
        return self.status < 400 or self.status >= 500 or self.status in _BUSY


def wait(attempts: int, answer: Answer, chance: float) -> float | None:
    """Seconds until the next attempt after so many; None where there is none. `chance` from 0 to 1 spreads them."""
    if attempts > len(WAITS):
        return None
    return max(WAITS[attempts - 1] * (1 + _JITTER * chance), min(answer.asked, _LONGEST))


def pause(seconds: float, answer: Answer) -> float:
    """Seconds for which the receiver gets nothing else: as long as it asks, or some while it is unwell."""
    return max(min(seconds, _PAUSE), min(answer.asked, _LONGEST)) if answer.ails else 0.0


def retry_after(fields: Mapping[str, str]) -> float:
    """Seconds that a refusal asks to wait (RFC 9110, 10.2.3: seconds or a date); 0 without."""
    value = fields.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - time.time())

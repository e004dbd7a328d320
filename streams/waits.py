"""How long servers ask their callers to wait (RFC 9110)."""

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime


def retry_after(fields: Mapping[str, str], now: float) -> float:
    """Seconds that a refusal asks to wait (RFC 9110, 10.2.3: seconds or a date); 0 without."""
    value = fields.get("Retry-After", "").strip()
    return float(value[:9]) if value.isascii() and value.isdigit() else max(0.0, until(value, now))


def until(date: str, now: float) -> float:
    """Seconds from `now` (since 1970) to a date as HTTP writes it; below 0 where it is over, 0 for what is none."""
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now

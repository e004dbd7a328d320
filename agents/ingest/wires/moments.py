"""Reads the machine's ways to write a time: ISO 8601 as agencies write it, and that of mail."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

# Where a day ends last: a time without a zone has passed everywhere when it has passed there.
LAST_ZONE = timezone(timedelta(hours=-12))
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?\Z",
    re.IGNORECASE,
)


def read_moment(text: str, zone: timezone = UTC) -> datetime | None:
    """The moment in UTC, or None where it can't be read for sure; `zone` holds where the text names none.

    Takes ISO 8601 in its extended and basic forms (`20260310T081500+0100` is NITF's and NewsML's), a date alone, which
    is the day's first second, and RFC 5322 (`Tue, 10 Mar 2026 08:15:00 +0100`).
    """
    text = text.strip()
    match = _ISO.match(text)
    try:
        moment = _iso(match, zone) if match else parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def names_a_zone(text: str) -> bool:
    """Whether a time, as `read_moment` takes it, says in which zone it counts."""
    match = _ISO.match(text.strip())
    return match[7] is not None if match else True


def _iso(match: re.Match[str], zone: timezone) -> datetime:
    year, month, day, hour, minute, second = (int(match[at] or 0) for at in range(1, 7))
    moment = datetime(year, month, day, tzinfo=_offset(match[7]) or zone)
    # 24:00 is the day's end in ISO 8601, and 60 a leap second: both are sums that a date can carry.
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute + second):
        raise ValueError(match[0])
    return moment + timedelta(hours=hour, minutes=minute, seconds=second)


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(away if text[0] == "+" else -away)

"""Reads the time in an embargo's words ("0001 GMT Tuesday", "6 a.m. EST, Sunday March 8") as a moment."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from agents.clean.dates import zone

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAYS = "mon tue wed thu fri sat sun".split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"
_DATES = [
    re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)T?"),
    re.compile(rf"(?<![\d:.]){_NTH}\s+(?:of\s+)?{_MONTH}{_YEAR}(?![a-z\d])", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_NTH}(?![\d:])(?!\.\d){_YEAR}(?!\d)", re.IGNORECASE),
]
_NUMERIC = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")  # 03/04/2026 is two days
_WEEKDAY = re.compile(rf"\b({'|'.join(_DAYS)})[a-z]*\b\.?", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(today|tonight|tomorrow)\b", re.IGNORECASE)
_TIMES = [
    re.compile(r"(?<!\d)(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b\.?", re.IGNORECASE),
    re.compile(r"(?<![\d:.])(?P<hour>[01]\d|2[0-4])[:.h]?(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)", re.IGNORECASE),
    re.compile(r"(?<![\d:.])(?P<hour>\d)[:.](?P<minute>[0-5]\d)(?!\d)"),
    re.compile(r"\b(?P<word>noon|midday|midnight)\b", re.IGNORECASE),
]
_ZONE = re.compile(r"(?<![A-Za-z])([A-Z]{2,4})(?![A-Za-z])|(Z\b|[+-]\d\d:?\d\d)")
_JUST_PAST = timedelta(hours=3)  # a time without a day that was so lately is today's, else it is the next to come


def read_embargo(words: str, sent: datetime) -> datetime | None:
    """The moment, in UTC, that the words name, as copy sent at `sent` means them; None where they name none for sure.

    A weekday is the next to come, today included; a date without a year the nearest; a time without a day the next to
    come, unless just past; a day without a time begins at its first minute. Without a zone that of `sent` holds.
    """
    if _NUMERIC.search(words):
        return None
    place, words = _zone(words, sent)
    here = sent.astimezone(place)
    try:
        day, words = _day(words, here.date())
        clock = _clock(words)
        if day is None and clock is None:
            return None
        moment = datetime.combine(day or here.date(), clock or time(0, 1), place)
        if clock == time.max:  # midnight, 2400: the end of the day
            moment = datetime.combine(day or here.date(), time(0), place) + timedelta(days=1)
    except ValueError:  # the 31st of April, 25 o'clock
        return None
    if day is None and moment < here - _JUST_PAST:
        moment += timedelta(days=1)
    return moment.astimezone(UTC)


def _zone(words: str, sent: datetime) -> tuple[tzinfo, str]:
    """The zone that the words name, else the sender's; and the words without it."""
    for match in _ZONE.finditer(words):
        if found := zone(match[1]) if match[1] else datetime.fromisoformat(f"2026-01-01T00:00{match[2]}").tzinfo:
            return found, words[: match.start()] + " " + words[match.end() :]
    return sent.tzinfo or UTC, words


def _day(words: str, today: date) -> tuple[date | None, str]:
    """The day that the words name, and the words without it: a date before a weekday, which then only repeats it."""
    for form in _DATES:
        if match := form.search(words):
            return _date(match, today), words[: match.start()] + " " + words[match.end() :]
    if match := _RELATIVE.search(words):
        return today + timedelta(days=match[1].lower() == "tomorrow"), words
    if match := _WEEKDAY.search(words):
        ahead = (_DAYS.index(match[1].lower()[:3]) - today.weekday()) % 7
        return today + timedelta(days=ahead), words
    return None, words


def _date(match: re.Match[str], today: date) -> date:
    name = match["month"].lower()
    month = int(name) if name.isdigit() else _MONTHS.index(name[:3]) + 1
    if match["year"]:
        return date(int(match["year"]), month, int(match["day"]))
    near = (date(today.year + years, month, int(match["day"])) for years in (-1, 0, 1))
    return min(near, key=lambda each: abs(each - today))


def _clock(words: str) -> time | None:
    """The time of day that the words name; `time.max` for its very end."""
    for form in _TIMES:
        if match := form.search(words):
            return _time(match.groupdict())
    return None


def _time(found: dict[str, str | None]) -> time:
    if word := found.get("word"):
        return time.max if word.lower() == "midnight" else time(12)
    hour, minute = int(found["hour"] or 0), int(found["minute"] or 0)
    if half := found.get("half"):
        if not 1 <= hour <= 12:
            raise ValueError(f"{hour} {half}m is no time")
        hour = hour % 12 + 12 * (half.lower() == "p")
    return time.max if (hour, minute) == (24, 0) else time(hour, minute)

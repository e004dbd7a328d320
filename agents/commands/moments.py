"""Times as people type them: a moment, a time of today, or so long ago."""

import re
from datetime import datetime, time, timedelta

import click

_AGO = re.compile(r"(\d{1,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Moment(click.ParamType):
    """An ISO 8601 date or time (`2026-01-31T18:05+01:00`), a time of today (`08:00`), or so long ago (`90m`, `2h`).

    One without a zone is local.
    """

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment; fails with what would be one."""
        now = datetime.now().astimezone()
        try:
            if ago := _AGO.fullmatch(value):
                return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
            if ":" in value and "-" not in value.partition("+")[0]:
                return datetime.combine(now.date(), time.fromisoformat(value)).astimezone()
            return datetime.fromisoformat(value).astimezone()
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no time; write 08:00, 2h (ago) or 2026-01-31T18:05+01:00", param, ctx)

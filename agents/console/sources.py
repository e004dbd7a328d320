"""The sources: how much each sends, how much of it repeats, and which has fallen silent."""

from dataclasses import dataclass

from agents.console.index import Index

HOURS = 24
# A source is silent after five times its usual gap: where articles come at random one gap in 150 is as long (e^-5).
_SILENT_GAPS = 5
_FEWEST = 5  # articles that tell how often a source sends


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source over the last 24 hours, or as long as articles are kept: `hours` has articles for each, oldest first.

    `repeats` is a share from 0 to 1, `alerts` a count, `last` a time in seconds since 1970, `gap` the usual time
    between two articles in seconds.
    """

    name: str | None
    articles: int
    repeats: float
    alerts: int
    last: float
    gap: float | None
    silent: bool
    hours: list[int]


def sources(index: Index, now: float) -> list[Source]:
    """Every source heard of, the one that sends most first."""
    rows = index.rows(
        """SELECT source, CAST((? - at) / 3600 AS INTEGER) AS hour, count(*) AS articles,
            sum(kind = 'repeat') AS repeats,
            sum(rang) AS alerts, max(at) AS last, min(at) AS first
        FROM verdicts WHERE kind <> 'rejected' GROUP BY source, hour""",
        now,
    )
    found: dict[str | None, list[dict[str, float]]] = {}
    for row in rows:
        found.setdefault(row["source"], []).append({key: row[key] for key in row.keys() if key != "source"})  # noqa: SIM118
    listed = [_source(name, hours, now) for name, hours in found.items()]
    return sorted(listed, key=lambda each: (-each.articles, each.name or ""))


def _source(name: str | None, rows: list[dict[str, float]], now: float) -> Source:
    articles = int(sum(row["articles"] for row in rows))
    first, last = min(row["first"] for row in rows), max(row["last"] for row in rows)
    gap = (last - first) / (articles - 1) if articles > 1 else None
    hours = [0] * HOURS
    for row in rows:
        if 0 <= row["hour"] < HOURS:
            hours[HOURS - 1 - int(row["hour"])] += int(row["articles"])
    return Source(
        name=name,
        articles=articles,
        repeats=sum(row["repeats"] for row in rows) / articles,
        alerts=int(sum(row["alerts"] for row in rows)),
        last=last,
        gap=gap,
        silent=bool(gap and articles >= _FEWEST and now - last > max(60.0, _SILENT_GAPS * gap)),
        hours=hours,
    )

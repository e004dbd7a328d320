"""A feed as it is named, and what is known of it from one poll to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

import msgspec

_ARRIVALS = 64  # enough to tell a pace from, few enough to be read at each poll
_DAY = 86400.0
_MEMORY = 28 * _DAY  # four weeks: nights and weekends are in it several times over
_FORGET_MOVE = 3  # failures in a row after which a feed that moved is asked for at its first address again


class Feed(msgspec.Struct, frozen=True):
    """A feed that is followed: its address, what its copy is credited to, and the folder it is kept in (`a/b`).

    With `full_text` the page behind each entry is fetched and sent.
    """

    url: str
    text: str = ""
    full_text: bool = False
    folder: str = ""


class State(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is remembered of a feed. Times are seconds since 1970.

    `moved` is where it is now; `etag` and `modified` hold for `answered`, that gave them; `digest` is that of
    the last document, `torn` that of one that broke off. `hint` is the seconds that its server wants between two polls,
    `gaps` the longest time (s) without copy that ended on a day.
    """

    moved: str = ""
    answered: str = ""
    etag: str = ""
    modified: str = ""
    digest: str = ""
    torn: str = ""
    title: str = ""
    hint: float = 0.0
    fetched: float = 0.0
    status: str = ""
    failures: int = 0
    known: float = 0.0
    arrivals: tuple[float, ...] = ()
    gaps: dict[int, float] = {}
    notices: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Tally:
    """How its articles were judged: so many verdicts lately, so many of them repeats, so many repeats in a row."""

    told: int = 0
    repeats: int = 0
    run: int = 0


def host(url: str) -> str:
    """The host a URL asks, in lower case; empty where it names none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def address(feed: Feed, state: State) -> str:
    """Where to ask for it: where it said that it had moved for good, while that answers."""
    return state.moved if state.moved and state.failures < _FORGET_MOVE else feed.url


def failed(state: State, status: str, now: float) -> State:
    """After a poll that gave nothing to read."""
    return msgspec.structs.replace(
        state, status=status, fetched=now, failures=state.failures + 1, known=state.known or now
    )


def brought(state: State, times: Sequence[float], now: float) -> State:
    """After a poll that could be read, and brought entries of these times."""
    arrived = tuple(sorted((*state.arrivals, *times)))
    gaps = _gaps(state, arrived, now)
    kept = tuple(each for each in arrived if each > now - _MEMORY)[-_ARRIVALS:]
    return msgspec.structs.replace(
        state, fetched=now, failures=0, known=state.known or now, arrivals=kept or arrived[-1:], gaps=gaps
    )


def _gaps(state: State, arrived: Sequence[float], now: float) -> dict[int, float]:
    gaps: dict[int, float] = {day: gap for day, gap in state.gaps.items() if day > (now - _MEMORY) // _DAY}
    for before, after in pairwise(arrived):
        day = int(after // _DAY)
        if day > (now - _MEMORY) // _DAY:
            gaps[day] = max(gaps.get(day, 0.0), after - before)
    return gaps


def times(dates: Sequence[float | None], state: State, now: float) -> list[float]:
    """When entries arrived: when they are dated where that can be, else now.

    Between two polls a date from before the first of them is an old entry, sent anew: it arrives now.
    """
    since = state.fetched if state.arrivals else 0.0
    return [date if date and since <= date <= now else now for date in dates]


def per_day(state: State, now: float) -> float:
    """Entries a day, of late."""
    if not state.arrivals:
        return 0.0
    return len(state.arrivals) * _DAY / max(_DAY, now - state.arrivals[0])

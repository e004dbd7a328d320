"""When a dropped file is whole: once its writer is done with it, which no file system says outright."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

_RENAMED = 0.2  # seconds: enough for a program that touches a new file to write its first bytes


@dataclass(frozen=True, slots=True)
class Look:
    """How a file looks: its inode, its size in bytes, when it was written and when anything about it changed (ns)."""

    inode: int
    size: int
    written: int
    changed: int

    @classmethod
    def at(cls, status: os.stat_result) -> Self:
        """The look of a file with this status."""
        return cls(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    @property
    def closed(self) -> bool:
        """Renamed, or given its times or mode, after its last byte: writing sets both times alike, by one clock."""
        return self.size > 0 and self.changed > self.written

    def same_bytes(self, other: "Look") -> bool:
        """Whether nothing was written in between, whatever the file is called by now."""
        return (self.inode, self.size, self.written) == (other.inode, other.size, other.written)


class Settling:
    """Watches how files look. One is whole when it has looked the same for `seconds`, if closed for much less.

    It goes by our own clock, so that a file server's may be wrong.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[str, tuple[Look, float]] = {}

    def whole(self, looks: Mapping[str, Look], now: float) -> list[str]:
        """Of the files as they look `now` (seconds), the names of those that are whole, the first written first."""
        known = self._since
        self._since = {
            name: known[name] if name in known and known[name][0] == look else (look, now)
            for name, look in looks.items()
        }
        ready = [name for name in looks if self._due(name) <= now]
        return sorted(ready, key=lambda name: (looks[name].written, name))

    def wait(self, now: float) -> float | None:
        """Seconds until the next of the files seen last can be whole; None where none is on its way."""
        due = [self._due(name) - now for name in self._since]
        return min((each for each in due if each > 0), default=None)

    def _due(self, name: str) -> float:
        look, since = self._since[name]
        return since + (min(_RENAMED, self._seconds) if look.closed else self._seconds)

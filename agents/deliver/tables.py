"""Tables of a TOML document, read value by value; what can't be used becomes a fault, with its line and its mend."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from agents.deliver.positions import Path, lines


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong on a line, and the mend."""

    line: int
    reason: str


class Lines:
    """Where everything in a document stands, and what is wrong there."""

    def __init__(self, text: str) -> None:
        self._lines = lines(text)
        self.faults: list[Fault] = []

    def line(self, path: Path) -> int:
        """The line of a path, or of the closest that it lies in."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


@dataclass(frozen=True, slots=True)
class Table:
    """The values of a table at a path of its document. What is read and can't be used is faulted, and left out."""

    values: Mapping[str, object]
    lines: Lines = field(repr=False)
    path: Path = ()

    def fault(self, reason: str, *within: str | int) -> None:
        """Something is wrong at a key of the table, at a place in its list, or with the table as such."""
        self.lines.faults.append(Fault(self.line(*within), reason))

    def line(self, *within: str | int) -> int:
        """The line of a key of the table, or of its beginning."""
        return self.lines.line((*self.path, *within))

    def inside(self, values: Mapping[str, object], *within: str | int) -> "Table":
        """A table within this one."""
        return Table(values, self.lines, (*self.path, *within))

    def expect(self, keys: Collection[str]) -> None:
        """Fault whatever key isn't among these."""
        for key in self.values:
            if key not in keys:
                self.fault(f"`{key}` is not known here; {likely(key, keys, '`')}", key)

    def text(self, key: str, form: re.Pattern[str] | None = None, takes: str = "") -> str:
        """A text that has the form; empty where there is none."""
        given = self.values.get(key, "")
        if not isinstance(given, str) or (key in self.values and not given.strip()):
            self.fault(f'`{key}` takes a text in quotes, such as {key} = "..."', key)
            return ""
        if given and form and not form.fullmatch(given):
            self.fault(f"`{key}` {given!r} can't be used; it takes {takes}", key)
        return given

    def texts(self, key: str) -> tuple[str, ...]:
        """A text or a list of texts, none of them empty."""
        if key not in self.values:
            return ()
        given = self.values[key]
        several = [given] if isinstance(given, str) else given
        if not isinstance(several, list) or not several:
            self.fault(f'`{key}` takes a text or a list of texts, such as {key} = ["...", "..."]', key)
            return ()
        for number, each in enumerate(several):
            if not isinstance(each, str) or not each.strip():
                self.fault(f"`{key}` takes texts in quotes, none of them empty", key, number)
        return tuple(each for each in several if isinstance(each, str) and each.strip())

    def number(self, key: str, lowest: int, highest: int, takes: str) -> int | None:
        """A whole number within bounds; None where there is none."""
        given = self.values.get(key)
        if given is None or (type(given) is int and lowest <= given <= highest):
            return given
        self.fault(f"`{key}` takes {takes}", key)
        return None


def likely(given: str, known: Collection[str], quote: str) -> str:
    """The mend for a word that isn't known: the one that was meant, or all."""
    near = get_close_matches(given, known, n=1)
    return f"did you mean {quote}{near[0]}{quote}?" if near else f"there are {', '.join(known)}"

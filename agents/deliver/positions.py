"""On which line of a TOML document each key and value stands; tomllib, which reads it, doesn't tell."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}=,.\n]|[^\s\[\]{}=,."\'#]+',
    re.DOTALL,
)
_ENDS = {",", "\n", "]", "}", ""}


def lines(text: str) -> dict[Path, int]:
    """The line (from 1) of everything in a document that tomllib has read, by its path: keys, and places in arrays."""
    reader = _Reader(list(_tokens(text)))
    while reader.here:
        reader.statement()
    return reader.found


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, counted = 1, 0
    for match in _TOKEN.finditer(text):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        if not match[0].startswith("#"):
            yield match[0], line
    yield "", line


@dataclass
class _Reader:
    """Walks tokens; the document is sound, so that only its shape is looked at."""

    tokens: list[tuple[str, int]]
    at: int = 0
    table: Path = ()
    found: dict[Path, int] = field(default_factory=dict)
    tables: dict[Path, int] = field(default_factory=dict)  # of arrays of tables: which one is the latest

    @property
    def here(self) -> str:
        return self.tokens[self.at][0]

    def take(self) -> str:
        token = self.here
        self.at += 1
        return token

    def mark(self, path: Path) -> None:
        self.found.setdefault(path, self.tokens[self.at][1])

    def statement(self) -> None:
        if self.here == "\n":
            self.take()
        elif self.here == "[":
            self.header()
        else:
            self.pair(self.table)

    def header(self) -> None:
        line = self.tokens[self.at][1]
        self.take()
        several = self.here == "["
        if several:
            self.take()
        path: Path = ()
        keys = self.keys()
        for number, key in enumerate(keys):
            path = (*path, key)
            self.found.setdefault(path, line)
            if several and number == len(keys) - 1:
                self.tables[path] = self.tables.get(path, -1) + 1
            path = (*path, self.tables[path]) if path in self.tables else path
        while self.here == "]":
            self.take()
        self.table = path
        self.found.setdefault(path, line)

    def keys(self) -> list[str]:
        keys = [_bare(self.take())]
        while self.here == ".":
            self.take()
            keys.append(_bare(self.take()))
        return keys

    def pair(self, table: Path) -> None:
        line = self.at
        path = (*table, *self.keys())
        for end in range(len(table) + 1, len(path) + 1):
            self.found.setdefault(path[:end], self.tokens[line][1])
        self.take()
        self.value(path)

    def value(self, path: Path) -> None:
        self.mark(path)
        opened = self.here
        if opened not in ("[", "{"):
            while self.here not in _ENDS:
                self.take()
            return
        self.take()
        number = 0
        while self.here not in ("]", "}"):
            if self.here in (",", "\n"):
                self.take()
            elif opened == "[":
                self.value((*path, number))
                number += 1
            else:
                self.pair(path)
        self.take()


def _bare(key: str) -> str:
    """A key without its quotes, and what is escaped in them."""
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key

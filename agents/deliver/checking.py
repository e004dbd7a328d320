"""Checks a file of subscriptions, value by value, and collects every fault with its line and its mend."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, ClassVar
from urllib.parse import urlsplit

from agents.deliver.filters import Filter
from agents.deliver.positions import Path, lines
from agents.deliver.secrets import SecretFault, secret

KINDS = ("new", "development", "update", "correction", "withdrawal")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_TOPIC = re.compile(r"[A-Za-z0-9._-]{1,249}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_DEEPEST = 8  # filters within filters
_LONGEST_FEED = 500  # alerts


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong on a line, and the mend."""

    line: int
    reason: str


@dataclass
class Checker:
    """Reads values out of the tables of a document; what can't be used becomes a fault and the value's default.

    `taken` are topics that no subscription may have; secrets are looked up in `environment`, not at all where it is
    None.
    """

    CONDITIONS: ClassVar = (
        "entity", "words", "source", "story", "kind", "urgency", "language", "place", "all", "any", "not",
    )  # fmt: skip

    text: str
    taken: Collection[str]
    environment: Mapping[str, str] | None = None
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = lines(self.text)

    def line(self, path: Path) -> int:
        """The line of a path, or of the closest that it lies in."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def fault(self, path: Path, reason: str) -> None:
        """Remember a fault."""
        self.faults.append(Fault(self.line(path), reason))

    def known(self, table: Mapping[str, object], keys: Collection[str], path: Path) -> None:
        """Fault whatever key isn't among these."""
        for key in table:
            if key not in keys:
                near = get_close_matches(key, keys, n=1)
                mend = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(keys)}"
                self.fault((*path, key), f"`{key}` is not known here; {mend}")

    def name(self, table: Mapping[str, object], path: Path) -> str:
        """A name; it stands in the store and in the path of the feed."""
        if "name" not in table:
            self.fault(path, 'it has no name; give it one, such as name = "harbour"')
        return self._fitting(table, "name", path, _NAME, "takes small letters, digits and dashes, 64 at most")

    def topic(self, table: Mapping[str, object], path: Path) -> str:
        """A topic's name, none of the river's own."""
        name = self._fitting(table, "topic", path, _TOPIC, "takes letters, digits, points, dashes and underscores")
        if name in self.taken or name in (".", ".."):
            self.fault((*path, "topic"), f"`topic` {name!r} is taken; name another, such as {'desk.harbour'!r}")
        return name

    def feed(self, table: Mapping[str, object], path: Path, usual: int) -> int:
        """How many alerts a feed holds; 0 for no feed."""
        match table.get("feed", False):
            case bool(wanted):
                return usual if wanted else 0
            case int(entries) if 0 < entries <= _LONGEST_FEED:
                return entries
        self.fault((*path, "feed"), f"`feed` takes true, or how many alerts it holds, from 1 to {_LONGEST_FEED}")
        return 0

    def webhook(self, table: Mapping[str, object], path: Path) -> tuple[str, tuple[bytes, ...]]:
        """A URL and the keys to sign with; empty where there is none."""
        if "webhook" not in table:
            if "secret" in table:
                self.fault(
                    (*path, "secret"), "`secret` signs a webhook, and there is none; take it away or add `webhook`"
                )
            return "", ()
        url = self._text(table, "webhook", path)
        if url and (wrong := _wrong_url(url)):
            self.fault((*path, "webhook"), f"`webhook` {wrong}")
        if "secret" not in table:
            self.fault((*path, "webhook"), 'a webhook is signed; add secret = "env:NAME" or "file:PATH"')
        return url, tuple(key for each in self._texts(table, "secret", path) if (key := self._key(each, path)))

    def _key(self, place: str, path: Path) -> bytes:
        try:
            return secret(place, self.environment)
        except SecretFault as error:
            self.fault((*path, "secret"), f"`secret` {error}")
            return b""

    def filter(self, table: Mapping[str, Any], path: Path, depth: int = 0) -> Filter:
        """The conditions in a table; those within it have tables of their own."""
        return Filter(
            entity=self._words(table, "entity", path),
            words=self._words(table, "words", path),
            source=self._words(table, "source", path),
            story=self._texts(table, "story", path),
            kind=self._kinds(table, path),
            urgency=self._urgency(table, path),
            language=self._languages(table, path),
            place=self._words(table, "place", path),
            alls=self._filters(table, "all", path, depth),
            anys=self._filters(table, "any", path, depth),
            nots=self._filters(table, "not", path, depth),
        )

    def _filters(self, table: Mapping[str, object], key: str, path: Path, depth: int) -> tuple[Filter, ...]:
        given, path = table.get(key), (*path, key)
        if given is None:
            return ()
        several = given if isinstance(given, list) else [given]
        if not several or not all(isinstance(each, dict) and each for each in several):
            self.fault(path, f'`{key}` takes conditions in braces, such as {key} = [{{ kind = "new" }}]')
            return ()
        if depth == _DEEPEST:
            self.fault(path, f"filters lie more than {_DEEPEST} deep; write this one flatter")
            return ()
        found = []
        for number, each in enumerate(several):
            place = (*path, number) if isinstance(given, list) else path
            self.known(each, self.CONDITIONS, place)
            found.append(self.filter(each, place, depth + 1))
        return tuple(found)

    def _words(self, table: Mapping[str, object], key: str, path: Path) -> tuple[str, ...]:
        found = self._texts(table, key, path)
        for each in found:
            if not re.search(r"\w", each):
                self.fault((*path, key), f"`{key}` {each!r} has no word in it; write one")
        return found

    def _kinds(self, table: Mapping[str, object], path: Path) -> tuple[str, ...]:
        found = self._texts(table, "kind", path)
        for each in found:
            if each not in KINDS:
                near = get_close_matches(each, KINDS, n=1)
                mend = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(KINDS)}"
                self.fault((*path, "kind"), f"`kind` {each!r} never rings; {mend}")
        return found

    def _languages(self, table: Mapping[str, object], path: Path) -> tuple[str, ...]:
        found = self._texts(table, "language", path)
        for each in found:
            if not _LANGUAGE.fullmatch(each):
                self.fault((*path, "language"), f"`language` {each!r} is no tag; write one such as 'en' (BCP 47)")
        return found

    def _urgency(self, table: Mapping[str, object], path: Path) -> int | None:
        match table.get("urgency"):
            case None:
                return None
            case int(urgency) if not isinstance(urgency, bool) and 1 <= urgency <= 9:
                return urgency
        self.fault((*path, "urgency"), "`urgency` takes a whole number from 1, the most urgent, to 9")
        return None

    def _fitting(self, table: Mapping[str, object], key: str, path: Path, form: re.Pattern[str], takes: str) -> str:
        text = self._text(table, key, path)
        if text and not form.fullmatch(text):
            self.fault((*path, key), f"`{key}` {text!r} can't be used; it {takes}")
        return text

    def _text(self, table: Mapping[str, object], key: str, path: Path) -> str:
        given = table.get(key, "")
        if key in table and (not isinstance(given, str) or not given.strip()):
            self.fault((*path, key), f'`{key}` takes a text in quotes, such as {key} = "..."')
        return given if isinstance(given, str) else ""

    def _texts(self, table: Mapping[str, object], key: str, path: Path) -> tuple[str, ...]:
        """A text or a list of texts, none of them empty."""
        given = table.get(key, ())
        several = [given] if isinstance(given, str) else given
        if isinstance(several, list | tuple) and (several or key not in table):
            wrong = [number for number, each in enumerate(several) if not isinstance(each, str) or not each.strip()]
            for number in wrong:
                self.fault((*path, key, number), f"`{key}` takes texts in quotes, none of them empty")
            return tuple(each for each in several if isinstance(each, str) and each.strip())
        self.fault((*path, key), f'`{key}` takes a text or a list of texts, such as {key} = ["...", "..."]')
        return ()


def _wrong_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return f"is no URL: {error}; copy it anew"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f"{url[:80]!r} is no address; begin it with https://"
    if parts.username or parts.password:
        return "has a password in it, for all who read this file; take it out, the signature says who sends"
    if re.search(r"[\s\x00-\x1f]", url):
        return "has a space in it; write it as %20"
    return ""

"""An article in the making: what a format gives is put in, and what can't be used is named instead of lost."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from agents.ingest.wires.moments import LAST_ZONE, names_a_zone, read_moment
from streams.records import RawArticle, Status

_LONGEST_ID = 512
_MOST_NAMES = 200  # subjects, places, links; no newsroom reads more, and a message must not swell by them
_SHOWN = 60
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_STRICTER: tuple[Status, ...] = ("usable", "withheld", "canceled")
_STATUSES: dict[str, Status] = {"": "usable", "usable": "usable"}
_STATUSES |= dict.fromkeys(("withheld", "withhold", "hold", "held", "embargoed"), "withheld")
_STATUSES |= dict.fromkeys(("canceled", "cancelled", "cancel", "killed", "kill", "withdrawn", "deleted"), "canceled")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message: its article, None where it holds no copy, and in words what was not used of it."""

    article: RawArticle | None
    unused: tuple[str, ...] = ()


Pieces = Iterator[Piece]


@dataclass(slots=True)
class Draft:
    """The fields of a raw article; of each the first value that can be used stays."""

    values: dict[str, Any] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    embargoed: bool = False

    def line(self, name: str, *texts: object) -> None:
        """Put the first of the texts that says anything, on one line."""
        self._put(name, next(filter(None, map(one_line, texts)), None))

    def copy(self, name: str, text: object) -> None:
        """Put the article's `text` or `html`, its lines as they are."""
        whole = plain(text).replace("\r\n", "\n").replace("\r", "\n").strip("\n ")
        self._put(name, whole or None)

    def names(self, name: str, texts: Iterable[object]) -> None:
        """Put a list of names, each once."""
        found = [*self.values.get(name, []), *filter(None, map(one_line, texts))]
        self.values[name] = list(dict.fromkeys(found))[:_MOST_NAMES]

    def number(self, name: str, text: object, lowest: int, highest: int) -> None:
        """Put a whole number within bounds."""
        said = one_line(text)
        if said.isascii() and said.isdigit() and len(said) < 17 and lowest <= int(said) <= highest:
            self._put(name, int(said))
        elif said:
            self.not_used(name, said, f"no whole number from {lowest} to {highest}")

    def moment(self, name: str, text: object) -> None:
        """Put a time; one without a zone counts as UTC."""
        said = one_line(text)
        if said and (moment := read_moment(said)):
            self._put(name, moment)
        elif said:
            self.not_used(name, said, "no time that can be read; ISO 8601 can")

    def embargo(self, text: object) -> None:
        """Put the time before which the article must not be seen; the latest of several stays.

        One that can't be read, or is empty, holds the article for good. One without a zone counts where the day ends
        last, since early is the graver error.
        """
        said = one_line(text)
        moment = read_moment(said, LAST_ZONE)
        if moment and not names_a_zone(said):
            self.not_used("embargoed_until", said, "it names no zone; held until it has passed in every zone")
        elif not moment:
            self.embargoed = True
            self.not_used("embargoed_until", said or "without a time", "no time that can be read; the article is held")
        known = self.values.get("embargoed_until")
        self.values["embargoed_until"] = max(moment, known) if moment and known else moment or known

    def status(self, word: object) -> None:
        """Put the publishing status; a word that is unknown holds the article, and the strictest of several stays."""
        said = one_line(word).rpartition(":")[2].casefold()
        if said not in _STATUSES:
            self.not_used("status", said, "no status that is known; the article is held")
        found = (self.values.get("status", "usable"), _STATUSES.get(said, "withheld"))
        self.values["status"] = max(found, key=_STRICTER.index)
        self.embargoed = self.embargoed or said == "embargoed"

    def not_used(self, name: str, said: str, why: str) -> None:
        """Remember what a field said, and why it isn't used."""
        self.unused.append(f"{name} {quoted(said)}: {why}")

    def finish(self, *identities: object) -> Piece:
        """The article under the first of the ids that says anything."""
        until, status = self.values.get("embargoed_until"), self.values.get("status", "usable")
        if self.embargoed and status != "canceled":
            # Until a time that is known the time holds it; else nothing but a release does.
            status = "usable" if until else "withheld"
        identity = next(filter(None, map(one_line, identities)), "")
        values = self.values | {"id": _fitting(identity), "status": status}
        return Piece(RawArticle(**values), tuple(self.unused))

    def _put(self, name: str, value: Any) -> None:
        if value is not None and self.values.get(name) is None:
            self.values[name] = value


def plain(text: object) -> str:
    """Text as a record can carry it: without controls, and without halves of letters that UTF-8 has no bytes for."""
    said = text if isinstance(text, str) else str(text) if isinstance(text, int) and text is not True else ""
    return _CONTROLS.sub("", said.encode("utf-8", "replace").decode())


def one_line(text: object) -> str:
    """The text with every run of white space as one space; "" for what is no text."""
    return " ".join(plain(text).split())


def quoted(text: str) -> str:
    """The beginning of a text, to be shown."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def digest(*texts: str) -> str:
    """16 hex digits that stand for these texts, where a message gives no id that lasts (BLAKE2b)."""
    return blake2b("\0".join(texts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def sent_at(moment: datetime | None) -> str:
    """The time as part of an id, "" where it isn't known."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M") if moment else ""


def _fitting(identity: str) -> str:
    return identity if len(identity) <= _LONGEST_ID else f"{identity[: _LONGEST_ID - 17]}:{digest(identity)}"

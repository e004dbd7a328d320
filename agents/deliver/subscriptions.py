"""Who asked for which alerts, and where they go: one TOML file, every mistake in it named with its line and mend."""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agents.deliver.conditions import CONDITIONS, conditions
from agents.deliver.filters import Filter
from agents.deliver.places import PLACES, feed, topic, webhook
from agents.deliver.tables import Lines, Table
from streams.errors import SettingsError
from streams.settings import Settings
from streams.topics import topics

MOST = 500  # subscriptions in a file: each webhook has a task of its own in every worker
_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")  # it stands in the store, and in the path of a feed


class SubscriptionsError(SettingsError):
    """The file can't be used; a line for each fault: place, what is wrong, and the mend."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where alerts are posted, and the keys that sign them: the first is the present one, others are rotated out."""

    url: str
    secrets: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A name, a filter, and at least one place where what it catches goes. `entries` is the length of its feed."""

    name: str
    filter: Filter = field(default_factory=Filter)
    topic: str = ""
    webhook: Webhook | None = None
    entries: int = 0


def load(path: Path, settings: Settings, environment: Mapping[str, str] | None) -> list[Subscription]:
    """The subscriptions of a file. Raises SubscriptionsError, which names every fault in it.

    Secrets are fetched from where the file says; without an `environment` none is looked for.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SubscriptionsError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise SubscriptionsError(f"{path}: can't be read: {error.strerror}; check its path and rights") from error
    return read(text, settings, environment, str(path))


def read(
    text: str, settings: Settings, environment: Mapping[str, str] | None, place: str = "subscriptions"
) -> list[Subscription]:
    """The same from the text of a file that stands at `place`."""
    text = text.replace("\r\n", "\n")
    try:
        document = tomllib.loads(text + "\n")  # a fault at the very end has no line
    except tomllib.TOMLDecodeError as error:
        line = at[1] if (at := _LINE.search(str(error))) else text.count("\n") + 1
        reason = f"no TOML: {_LINE.sub('', str(error))}; text stands in quotes, and a key once in its table"
        raise SubscriptionsError(f"{place}:{line}: {reason}") from error
    except RecursionError as error:
        raise SubscriptionsError(f"{place}: nested too deep to be read; take brackets away") from error
    root = Table(document, Lines(text))
    found = _Reader({topic.name for topic in topics(settings)}, environment).all(root)
    if faults := root.lines.faults:
        raise SubscriptionsError("\n".join(f"{place}:{each.line}: {each.reason}" for each in sorted(faults)))
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads subscriptions; `taken` are the river's own topics."""

    taken: Collection[str]
    environment: Mapping[str, str] | None

    def all(self, root: Table) -> list[Subscription]:
        root.expect(("subscription",))
        tables = root.values.get("subscription", [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            root.fault("`subscription` is no list of tables; begin each with [[subscription]]", "subscription")
            return []
        if len(tables) > MOST:
            reason = f"more than {MOST} subscriptions; ask for more with one filter (`any`)"
            root.fault(reason, "subscription", MOST)
        inside = [root.inside(each, "subscription", number) for number, each in enumerate(tables)]
        _name_each_once(inside)
        return [self.one(each) for each in inside]

    def one(self, table: Table) -> Subscription:
        table.expect(("name", *PLACES, *CONDITIONS))
        if "name" not in table.values:
            table.fault('it has no name; give it one, such as name = "harbour"')
        if not {"topic", "webhook", "feed"} & set(table.values):
            table.fault("it goes nowhere; give it a `topic`, a `webhook` or a `feed`")
        url, secrets = webhook(table, self.environment)
        return Subscription(
            name=table.text("name", _NAME, "small letters, digits and dashes, 64 at most"),
            filter=conditions(table),
            topic=topic(table, self.taken),
            webhook=Webhook(url, secrets) if url else None,
            entries=feed(table),
        )


def _name_each_once(tables: Sequence[Table]) -> None:
    lines: dict[object, int] = {}
    for table in tables:
        name = table.values.get("name")
        if isinstance(name, str) and lines.setdefault(name, table.line("name")) != table.line("name"):
            table.fault(f"{name!r} is named in line {lines[name]} too; rename one", "name")

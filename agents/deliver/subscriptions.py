"""Who asked for which alerts, and where they go: one TOML file, every mistake in it named with its line and mend."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from agents.deliver.checking import Checker, Fault
from agents.deliver.filters import Filter
from streams.errors import SettingsError
from streams.settings import Settings
from streams.topics import topics

MOST = 500  # subscriptions in a file: each webhook has a task of its own in every worker
_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")
ENTRIES = 50  # alerts in a feed, where the file doesn't say


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
    checker = Checker(text, {topic.name for topic in topics(settings)}, environment)
    found = _subscriptions(checker, document)
    if checker.faults:
        raise SubscriptionsError("\n".join(_told(place, fault) for fault in sorted(checker.faults)))
    return found


def _told(place: str, fault: Fault) -> str:
    return f"{place}:{fault.line}: {fault.reason}"


def _subscriptions(checker: Checker, document: dict[str, object]) -> list[Subscription]:
    checker.known(document, ("subscription",), ())
    tables = document.get("subscription", [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        checker.fault(("subscription",), "`subscription` is no list of tables; begin each with [[subscription]]")
        return []
    if len(tables) > MOST:
        checker.fault(("subscription", MOST), f"more than {MOST} subscriptions; ask for more with one filter (`any`)")
    found = [_subscription(checker, table, number) for number, table in enumerate(tables)]
    names: dict[str, int] = {}
    for number, each in enumerate(found):
        if each.name and each.name in names:
            first = checker.line(("subscription", names[each.name], "name"))
            checker.fault(("subscription", number, "name"), f"{each.name!r} is named in line {first} too; rename one")
        names.setdefault(each.name, number)
    return found


def _subscription(checker: Checker, table: dict[str, object], number: int) -> Subscription:
    path = ("subscription", number)
    checker.known(table, ("name", "topic", "webhook", "secret", "feed", *checker.CONDITIONS), path)
    if not {"topic", "webhook", "feed"} & set(table):
        checker.fault(path, "it goes nowhere; give it a `topic`, a `webhook` or a `feed`")
    url, secrets = checker.webhook(table, path)
    return Subscription(
        name=checker.name(table, path),
        filter=checker.filter(table, path),
        topic=checker.topic(table, path),
        webhook=Webhook(url, secrets) if url else None,
        entries=checker.feed(table, path, ENTRIES),
    )

"""Which alerts, or verdicts, a command shows: conditions typed in the language of subscriptions' filters."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar, get_args

import click
from msgspec.structs import replace as changed

from agents.deliver.conditions import CONDITIONS, KINDS, conditions
from agents.deliver.filters import Filter
from agents.deliver.tables import Lines, Table
from streams.records import Alert, ArticleRef, Kind, NamedEntity, Verdict

C = TypeVar("C", bound=Callable[..., Any])

_ALERTS_ALONE = ("source", "urgency", "language", "place")  # a verdict doesn't tell these
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ABOUT = {
    "entity": "new passages name it",
    "words": "they stand in the headline, new passages or changes",
    "source": "the article is from that source",
    "story": "it is of the story with this id",
    "kind": f"one of {', '.join(KINDS)}; with --verdicts repeat and others too",
    "urgency": "that urgent or more; 1 is the most urgent",
    "language": "a tag such as en, which holds for en-GB too",
    "place": "new passages name it, or the dateline",
}


def conditioned(command: C) -> C:
    """An option for each condition, and `--where` for those within others."""
    about = "conditions as in a file of subscriptions, such as 'not = { kind = \"update\" }'"
    command = click.option("--where", metavar="TOML", help=about)(command)
    for name, help_text in reversed(_ABOUT.items()):
        several = name != "urgency"
        kind = int if name == "urgency" else click.Choice(get_args(Kind)) if name == "kind" else str
        shown = f"--{name}"
        command = click.option(shown, type=kind, multiple=several, metavar=name.upper(), help=help_text)(command)
    return command


class Sieve:
    """Lets through what a filter catches, of alerts in the order in which they rang, and what withdraws any of those.

    A story goes on under the ids of those merged into it, as it does for workers.
    """

    def __init__(self, wanted: Filter) -> None:
        self._wanted = wanted
        self._passed: set[str] = set()
        self._merged: dict[str, set[str]] = {}

    def passes(self, record: Alert | Verdict) -> bool:
        """Whether it is wanted."""
        alert = record if isinstance(record, Alert) else _told(record)
        merged = set(alert.merged).union(*(self._merged.get(each, ()) for each in (alert.story, *alert.merged)))
        if merged:
            self._merged[alert.story] = merged
        passed = self._wanted.catches(changed(alert, merged=sorted(merged))) or bool(self._passed & set(alert.recalls))
        if passed:
            self._passed.add(alert.id)
        return passed


def _told(verdict: Verdict) -> Alert:
    """A verdict as a filter looks at it: as the alert that it might have raised."""
    return Alert(
        id=verdict.id,
        kind=verdict.verdict,
        story=verdict.story or "",
        headline="",
        summary=[each.text for each in verdict.novel],
        changes=verdict.changes,
        entities=[NamedEntity(name=each.name, kind=each.kind, new=False) for each in verdict.entities],
        merged=verdict.merged,
        article=ArticleRef(id=verdict.id),
        alerted=_EPOCH,
    )


def sieve(given: dict[str, Any], verdicts: bool) -> Sieve:
    """The sieve for the options that were typed; raises UsageError with the mend for what makes no sense."""
    lines, where = Lines(""), given.get("where") or ""
    typed = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items() if value}
    kinds = tuple(typed.pop("kind", ()))
    typed.pop("where", None)
    within = Table(_parsed(where), lines)
    within.expect(CONDITIONS)
    wanted = replace(conditions(Table(typed, lines)), kind=kinds, alls=(conditions(within),))
    if lines.faults:
        raise click.UsageError("; ".join(each.reason for each in lines.faults))
    if not verdicts and (silent := [each for each in kinds if each not in KINDS]):
        raise click.UsageError(f"no alert is a {silent[0]}; add --verdicts")
    if verdicts and (untold := [name for name in _ALERTS_ALONE if _asks(wanted, name)]):
        raise click.UsageError(f"a verdict doesn't tell its {untold[0]}; leave --verdicts out")
    return Sieve(wanted)


def _parsed(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = tomllib.loads(f"where = {{{text}}}")["where"]
    except tomllib.TOMLDecodeError as error:
        raise click.BadParameter(
            f"no TOML: {error}; write conditions as in 'kind = \"new\"'", param_hint="--where"
        ) from error
    return found


def _asks(wanted: Filter, name: str) -> bool:
    """Whether a filter, or one within it, has a condition of this name."""
    return bool(getattr(wanted, name)) or any(_asks(each, name) for each in (*wanted.alls, *wanted.anys, *wanted.nots))

"""Verdicts and alerts in lines for people: what kind, what is new, which figures changed.

Copy is written by strangers: its control characters never reach the terminal, its markup is never read as ours.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console, ConsoleOptions
from rich.text import Text

from streams.records import Alert, Change, Kind, Match, Verdict

STYLES: dict[Kind, str] = {
    "new": "bold green",
    "development": "bold cyan",
    "update": "bold blue",
    "correction": "bold yellow",
    "withdrawal": "bold red",
    "repeat": "dim",
    "hold": "magenta",
    "advisory": "dim",
    "stale": "dim",
    "rejected": "red",
}
_PASSAGES = 3  # new passages shown of an article; the record has them all
_LENGTH = 200  # characters shown of one
_WIDTH = 100  # columns where no terminal says how many it has
_KINDS = 11  # columns of the longest kind
_JOINERS = "\u200c\u200d"  # format characters that scripts and emoji need


@dataclass(frozen=True, slots=True)
class Row:
    """A kind at the margin and lines beside it, wrapped to the width there is; rich prints it."""

    margin: Text
    lines: Sequence[Text]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        margin, indent = self.margin, 2
        for line in self.lines:
            pieces = line.wrap(console, max(20, options.max_width - margin.cell_len - indent))
            for number, piece in enumerate(pieces):
                piece.rstrip()
                yield Text.assemble(margin, " " * (indent if number else 0), piece)
                margin = Text(" " * margin.cell_len)


def console(stderr: bool = False) -> Console:
    """A console as wide as the terminal; plain and of a fixed width where there is none."""
    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=_WIDTH)


def plain(text: str, length: int = _LENGTH) -> str:
    """One line of at most `length` characters, without control, format and direction characters."""
    kept = printable(" ".join(text.split()))
    return kept if len(kept) <= length else kept[:length].rsplit(" ", 1)[0].rstrip() + " …"


def printable(text: str) -> str:
    """The text as it may reach a terminal: without control, format and direction characters, its spaces as they are."""
    spaced = (" " if c.isspace() else c for c in text)
    return "".join(c for c in spaced if c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))


def verdict_row(
    verdict: Verdict,
    headline: str = "",
    number: int | None = None,
    recalled: Sequence[str] = (),
    at: datetime | None = None,
) -> Row:
    """A verdict with what is new and what changed; headline and articles whose alerts are recalled are its alert's.

    Its `number`, or the time that it came `at`, stands before it.
    """
    lines = [_title(headline, verdict.id), *changed(verdict.changes)]
    if recalled:
        lines.append(Text(f"recalls the alert on {plain(', '.join(recalled))}", style="dim"))
    if not verdict.alert:
        lines += _why(verdict)
    if verdict.verdict != "repeat":
        lines += _new([each.text for each in verdict.novel])
    return Row(_margin(verdict.verdict, f"{number:>3}" if number is not None else _clock(at)), lines)


def alert_row(alert: Alert, at: datetime | None = None) -> Row:
    """An alert: headline and source, what is new and what changed, whom the story had not named before."""
    urgency = f"urgency {alert.urgency}" if alert.urgency else ""
    lines = [
        _title(alert.headline, alert.article.id, alert.article.source or "", urgency),
        *changed(alert.changes),
        *_new(alert.summary),
    ]
    named = [each.name for each in alert.entities if each.new]
    told = (("recalls", alert.recalls), ("supersedes", alert.supersedes), (f"{alert.story} takes in", alert.merged))
    for word, names in (("first named:", named), *told):
        if names:
            lines.append(Text(f"{plain(word)} {plain(', '.join(names))}", style="dim"))
    return Row(_margin(alert.kind, _clock(at)), lines)


def _margin(kind: Kind, before: str) -> Text:
    return Text.assemble((f"{before}  " if before else "", "dim"), (f"{kind:<{_KINDS}}  ", STYLES[kind]))


def _clock(at: datetime | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _title(headline: str, identity: str, *told: str) -> Text:
    first, *rest = filter(None, map(plain, (headline, *told, identity)))
    return Text.assemble((first, "bold"), ("  " + ", ".join(rest) if rest else "", "dim"))


def _why(verdict: Verdict) -> Iterator[Text]:
    """Why there is no alert: what it repeats, or what was wrong with it."""
    matches: list[Match] = verdict.matches[:1]
    for match in matches:
        yield Text(f"{match.overlap:.0%} of its words stood in {plain(match.id)}", style="dim")
    if "reason" in verdict.reasons:
        yield Text(plain(str(verdict.reasons["reason"])), style="dim")


def changed(changes: Sequence[Change]) -> Iterator[Text]:
    """A line for each fact told otherwise: its kind, the old and the new, and the sentence now."""
    for each in changes:
        old, new = plain(each.was or each.old), plain(each.now or each.new)
        told = Text.assemble(("~ ", "yellow"), (f"{each.kind} ", "dim"), (old, "red"), " → " if old else "")
        told.append(new, style="bold green")
        yield told.append(f"  {plain(each.context)}", style="dim italic")


def _new(passages: Sequence[str]) -> Iterator[Text]:
    for passage in passages[:_PASSAGES]:
        yield Text.assemble(("+ ", "green"), plain(passage))
    more = len(passages) - _PASSAGES
    if more > 0:
        yield Text(f"  and {more} more new passage{'s' if more > 1 else ''}", style="dim")

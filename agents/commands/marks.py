"""An article's text with a mark at each passage: new, changed, told before, or seen, and where it was seen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Self

from rich.console import Console, ConsoleOptions
from rich.text import Text

from agents.commands.lines import plain, printable
from streams.records import Change, CleanArticle, Verdict, Weighed

LEGEND = "+ new  ~ told otherwise  > from another story  = told in other words  - aside  : seen"
_LENGTH = 2000  # characters shown of a passage
_MARKS = {"new": "+", "brought": ">", "told": "=", "aside": "-", "seen": ":"}
_STYLES = {"+": "green", "~": "yellow", ">": "green", "=": "dim", "-": "dim", ":": "dim"}


@dataclass(frozen=True, slots=True)
class Sent:
    """Who sent an article, and when, as far as is known."""

    source: str | None = None
    published: datetime | None = None

    @classmethod
    def of(cls, article: CleanArticle) -> Self:
        """That of an article; when it was fetched is not when it was sent."""
        told = article.published_from in ("field", "markup", "text")
        return cls(article.source, article.published if told else None)

    def __str__(self) -> str:
        when = f"{self.published:%Y-%m-%d %H:%M %Z}" if self.published else ""
        return ", ".join(filter(None, [plain(self.source or ""), when]))


@dataclass(frozen=True, slots=True)
class Marked:
    """Some text wrapped beside a mark, which stands at every line of it."""

    mark: str
    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        margin = Text(f"{self.mark} ", style=_STYLES.get(self.mark, ""))
        for piece in self.text.wrap(console, max(20, options.max_width - len(margin))):
            piece.rstrip()
            line = Text.assemble(margin, piece)
            line.rstrip()
            yield line


def marked(text: str, verdict: Verdict, sent: Mapping[str, Sent]) -> Iterator[Marked]:
    """The passages in text order, those seen at one place together, each lot with what is known of it.

    `sent` tells of the earlier articles, by id. Copy that wasn't compared has no passages: it comes without marks, and
    so does what follows those that the verdict holds.
    """
    for where, lot in groupby(verdict.passages, key=_source):
        passages = list(lot)
        for each in passages:
            changes = _told_in(each, verdict.changes)
            mark = "~" if changes and each.fate == "seen" else _MARKS[each.fate]
            yield Marked(mark, _passage(text, each, changes, _STYLES[mark]))
        yield from (Marked(" ", Text(f"  {note}", style="italic dim")) for note in _notes(passages, where, sent))
    rest = text[verdict.passages[-1].end :] if verdict.passages else text
    yield from (Marked(" ", Text(plain(each, _LENGTH))) for each in rest.split("\n\n") if each.strip())


def _source(passage: Weighed) -> str | int:
    """Passages with the same source stand together; each with new words alone."""
    return passage.start if passage.fate not in ("seen", "brought") else passage.where or ""


def _told_in(passage: Weighed, changes: Sequence[Change]) -> list[Change]:
    placed = [each for each in changes if each.start is not None and passage.start <= each.start < passage.end]
    return sorted(placed, key=lambda each: each.start or 0)


def _passage(text: str, passage: Weighed, changes: Sequence[Change], style: str) -> Text:
    """Its text, the facts told otherwise in bold."""
    shown, at = Text(style=style), passage.start
    for each in changes:
        start, end = max(at, each.start or 0), min(passage.end, each.end or 0)
        if end > start:
            shown.append(printable(text[at:start])).append(printable(text[start:end]), style="bold reverse")
            at = end
    shown.append(printable(text[at : passage.end]))
    shown.truncate(_LENGTH, overflow="ellipsis")
    return shown


def _notes(passages: Sequence[Weighed], where: str | int, sent: Mapping[str, Sent]) -> Iterator[str]:
    if isinstance(where, str):
        said = {each.id: sent.get(each.id, Sent()) for passage in passages for each in passage.said}
        said |= {where: sent.get(where, Sent())} if where and not said else {}
        named = "; ".join(f"{plain(name)}{f' ({known})' if str(known) else ''}" for name, known in said.items())
        share = sum(each.seen for each in passages) / len(passages)
        yield f"{share:.0%} of it in {named}" if named else f"{share:.0%} of it in earlier copy"
    elif (each := passages[0]).pairs:
        facts = ", ".join(plain(fact.text) for fact in each.facts)
        measures = f"{each.new_pairs} of {each.pairs} pairs of words new, about the story {each.about:.2f}"
        yield f"{facts} ({measures}, importance {each.importance:.0f})" if facts else measures

"""Filters as a file of subscriptions writes them."""

import re

from agents.deliver.filters import Filter
from agents.deliver.tables import Table, likely

CONDITIONS = ("entity", "words", "source", "story", "kind", "urgency", "language", "place", "all", "any", "not")
KINDS = ("new", "development", "update", "correction", "withdrawal")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_WORD = re.compile(r"\w")
_DEEPEST = 8  # filters within filters


def conditions(table: Table, depth: int = 0) -> Filter:
    """The filter that the conditions in a table make; those within them have tables of their own."""
    return Filter(
        entity=_words(table, "entity"),
        words=_words(table, "words"),
        source=_words(table, "source"),
        story=table.texts("story"),
        kind=_kinds(table),
        urgency=table.number("urgency", 1, 9, "a whole number from 1, the most urgent, to 9"),
        language=_languages(table),
        place=_words(table, "place"),
        alls=_within(table, "all", depth),
        anys=_within(table, "any", depth),
        nots=_within(table, "not", depth),
    )


def _words(table: Table, key: str) -> tuple[str, ...]:
    found = table.texts(key)
    for each in found:
        if not _WORD.search(each):
            table.fault(f"`{key}` {each!r} has no word in it; write one", key)
    return found


def _kinds(table: Table) -> tuple[str, ...]:
    found = table.texts("kind")
    for each in found:
        if each not in KINDS:
            table.fault(f"""`kind` {each!r} never rings; {likely(each, KINDS, "'")}""", "kind")
    return found


def _languages(table: Table) -> tuple[str, ...]:
    found = table.texts("language")
    for each in found:
        if not _LANGUAGE.fullmatch(each):
            table.fault(f"`language` {each!r} is no tag; write one such as 'en' (BCP 47)", "language")
    return found


def _within(table: Table, key: str, depth: int) -> tuple[Filter, ...]:
    if key not in table.values:
        return ()
    given = table.values[key]
    several = (
        [((key, number), each) for number, each in enumerate(given)] if isinstance(given, list) else [((key,), given)]
    )
    tables = [table.inside(each, *place) for place, each in several if isinstance(each, dict) and each]
    if not tables or len(tables) < len(several):
        table.fault(f'`{key}` takes conditions in braces, such as {key} = [{{ kind = "new" }}]', key)
    elif depth == _DEEPEST:
        table.fault(f"filters lie more than {_DEEPEST} deep; write this one flatter", key)
    else:
        for each in tables:
            each.expect(CONDITIONS)
        return tuple(conditions(each, depth + 1) for each in tables)
    return ()

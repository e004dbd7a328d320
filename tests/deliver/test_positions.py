"""The line of a key is the one on which a person finds it, however the file is laid out."""

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agents.deliver.positions import Path, lines

SAMPLE = '''# who gets what
[[subscription]]
name = "first"   # a comment with [brackets] and "quotes"
words = [
  "a # b",
  'c ] d',  # another
]

[[subscription]]
"name" = "second"
any = [
  { kind = "new", urgency = 3 },
  { words = """
two ] lines""" },
]
not.source = "Other"
[subscription.all]
entity = 'x'
[other]
when = 2026-03-01T10:00:00.5Z
number = 1.5
"a\\"b" = 1
'''


def test_each_key_and_value_has_its_line() -> None:
    found = lines(SAMPLE)
    expected: dict[Path, int] = {
        ("subscription", 0): 2,
        ("subscription", 0, "name"): 3,
        ("subscription", 0, "words", 0): 5,
        ("subscription", 0, "words", 1): 6,
        ("subscription", 1): 9,
        ("subscription", 1, "name"): 10,
        ("subscription", 1, "any", 0, "kind"): 12,
        ("subscription", 1, "any", 0, "urgency"): 12,
        ("subscription", 1, "any", 1, "words"): 13,
        ("subscription", 1, "not", "source"): 16,
        ("subscription", 1, "all", "entity"): 18,
        ("other", "when"): 20,
        ("other", "number"): 21,
        ("other", 'a"b'): 22,
    }
    assert {path: found.get(path) for path in expected} == expected


def paths(value: Any, path: Path = ()) -> set[Path]:
    """Every path in a document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path} | {found for key, each in inside for found in paths(each, (*path, key))}


def test_every_path_of_a_document_is_found() -> None:
    assert paths(tomllib.loads(SAMPLE)) - {()} - {("subscription",)} <= set(lines(SAMPLE))


@given(st.text(alphabet="[]{}=,.\"'#\n\\ ab1", max_size=60))
def test_any_document_that_can_be_read_has_lines(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(lines(text).values()) <= set(range(1, text.count("\n") + 2))

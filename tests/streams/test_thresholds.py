"""The one place of the judge's thresholds: what stands there decides something, and says what it is."""

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
SOURCE = (HOUSE / "streams/thresholds.py").read_text()
LINES = SOURCE.splitlines()
ROOMS = "\n".join(path.read_text() for path in (HOUSE / "agents").rglob("*.py"))


def thresholds() -> dict[str, int]:
    """Each threshold with the line on which it stands, from 0."""
    tree = ast.parse(SOURCE)
    fields = [each for held in tree.body if isinstance(held, ast.ClassDef) for each in held.body]
    found = {}
    for each in [*tree.body, *fields]:
        target = (
            each.targets[0]
            if isinstance(each, ast.Assign)
            else each.target
            if isinstance(each, ast.AnnAssign)
            else None
        )
        if isinstance(target, ast.Name):
            found[target.id] = each.lineno - 1
    return found


@pytest.mark.parametrize("name", thresholds())
def test_every_threshold_decides_something(name: str) -> None:
    assert re.search(rf"\b{name}\b", ROOMS)


@pytest.mark.parametrize(("name", "line"), thresholds().items())
def test_every_threshold_says_what_it_is(name: str, line: int) -> None:
    assert "  # " in LINES[line] or LINES[line - 1].lstrip().startswith("# ")

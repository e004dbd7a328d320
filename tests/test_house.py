"""House rules that neither ruff nor import-linter knows."""

import ast
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from streams.settings import PREFIX, Settings, variable

HOUSE = Path(__file__).parents[1]
MODULES = sorted(path for room in ("streams", "agents") for path in (HOUSE / room).rglob("*.py"))
LOCK = (HOUSE / "requirements.lock").read_text()


def named(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=named)
def test_an_init_holds_a_docstring_and_nothing_else(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "agent.py"], ids=named)
def test_an_agent_is_a_thin_door(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 40


def test_no_module_is_named_for_nothing_in_particular() -> None:
    assert not {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"} & {p.stem for p in MODULES}


def test_the_lock_names_no_index_and_no_host() -> None:
    lines = [line for line in LOCK.splitlines() if not line.lstrip().startswith("--hash=sha256:")]
    assert [line for line in lines if not re.match(r"[a-z0-9._-]+==[\w.]+ (; .+ )?\\$", line)] == []


def test_the_lock_holds_all_that_the_project_asks_for() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[^\w.-]", each)[0].lower().replace("_", "-") for each in asked}
    assert names <= set(re.findall(r"^([a-z0-9.-]+)==", LOCK, re.MULTILINE))


@pytest.mark.parametrize(
    "name",
    [
        "docker-compose.yml",
        "Dockerfile",
        "README.md",
        "docs/architecture.md",
        "docs/deploying.md",
        "docs/operations.md",
        "docs/resilience.md",
        "docs/subscriptions.md",
    ],
)
def test_every_setting_that_is_written_about_exists(name: str) -> None:
    known = {variable(each) for each in fields(Settings)}
    assert set(re.findall(PREFIX + "[A-Z_]*[A-Z]", (HOUSE / name).read_text())) <= known

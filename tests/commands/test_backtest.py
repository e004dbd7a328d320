"""The backtest as a developer runs it: figures of one version, and of two beside each other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from agents.commands.backtest import backtest
from streams.codec import encode
from streams.errors import CopytasterError
from streams.records import Kind, RawArticle, Record, Verdict

HOUSE = Path(__file__).parents[2]
GOLD = b'{"id": "a", "news": true, "kind": "first", "story": "dam"}\n{"id": "b", "news": false, "kind": "cut"}\n'
DAM = "The dam above Velm broke on Sunday and 40 houses stood in the water by noon, the mayor said."


def write(path: Path, *records: Record) -> Path:
    path.write_bytes(b"".join(encode(each) + b"\n" for each in records))
    return path


def verdict(article: str, kind: Kind) -> Verdict:
    return Verdict(id=article, verdict=kind, alert=kind != "repeat", story="s")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gold.jsonl").write_bytes(GOLD)
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(backtest, [str(each) for each in arguments], catch_exceptions=False)


def test_every_figure_that_the_labels_allow_is_printed(folder: Path) -> None:
    said = run(folder, write(folder / "now", verdict("a", "new"), verdict("b", "repeat"))).output.splitlines()
    assert [line.split()[:2] for line in said[:5]] == [
        ["articles", "2"],
        ["unanswered", "0"],
        ["repeat_precision", "1.0000"],
        ["repeat_recall", "1.0000"],
        ["repeat_f1", "1.0000"],
    ]
    assert any(line.startswith("right: cut") for line in said)


def test_two_versions_stand_side_by_side_with_what_changed(folder: Path) -> None:
    now = write(folder / "now", verdict("a", "new"), verdict("b", "update"))
    before = write(folder / "before", verdict("a", "new"), verdict("b", "repeat"))
    said = run(folder, now, before).output
    assert next(line for line in said.splitlines() if line.startswith("repeat_recall")).endswith("-1")
    assert "judged differently: 1 (0 better, 1 worse, 0 other)" in said
    assert "b: repeat → update" in said


def test_a_label_that_can_not_be_read_is_named_with_its_line(folder: Path) -> None:
    (folder / "gold.jsonl").write_bytes(GOLD + b'{"news": true}\n')
    with pytest.raises(CopytasterError, match=r"gold\.jsonl:3: .*`id`"):
        run(folder, write(folder / "now", verdict("a", "new")))


def test_a_folder_without_labels_is_named_without_a_traceback(tmp_path: Path, environment: dict[str, str]) -> None:
    said = subprocess.run(
        [HOUSE / "scripts" / "backtest", tmp_path], env=environment, capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.startswith(f"scripts/backtest: no gold.jsonl in {tmp_path};")


def test_broken_labels_end_the_script_with_one_line(folder: Path, environment: dict[str, str]) -> None:
    (folder / "gold.jsonl").write_bytes(b'{"id":')
    module: list[str | Path] = [sys.executable, "-m", "agents.commands.backtest"]
    module += [folder, write(folder / "now", verdict("a", "new"))]
    said = subprocess.run(module, env=environment, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert said.stderr.startswith(f"copytaster: {folder / 'gold.jsonl'}:1: not JSON")


def test_the_script_judges_every_stream_of_a_folder_and_scores_it(folder: Path, environment: dict[str, str]) -> None:
    write(
        folder / "first.jsonl",
        RawArticle(id="a", text=DAM),
        RawArticle(id="b", text=DAM.replace("Sunday ", "Sunday, ")),
    )
    script = [HOUSE / "scripts" / "backtest", folder]
    said = subprocess.run(
        script, env=environment | {"HOME": os.environ["HOME"]}, capture_output=True, text=True, check=True
    )
    figures = dict(line.rsplit(maxsplit=1) for line in said.stdout.splitlines())
    assert (figures["articles"], figures["unanswered"], figures["repeat_f1"]) == ("2", "0", "1.0000")

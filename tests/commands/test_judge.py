"""`copytaster judge` prints a verdict for each article: as JSON for a program, as a page for a reader."""

import json
import re
from pathlib import Path

import pytest

from agents.commands.judge import judge
from streams.codec import decode, encode
from streams.errors import CopytasterError
from streams.records import RawArticle, Verdict
from tests.commands.conftest import Run

FERRY = (
    "At least 12 people died when the ferry Ondine capsized off the port of Marrow on Tuesday, the coast guard said.\n\n"
    "Fishing boats pulled 97 survivors from the water before nightfall, and divers will resume the search."
)


@pytest.fixture
def stream(tmp_path: Path) -> Path:
    """A first report, and its toll that rises."""
    articles = [
        RawArticle(id="ferry-1", headline="Ferry sinks off Marrow", source="Wirepool", text=FERRY),
        RawArticle(id="ferry-2", headline="Ferry toll rises", text=FERRY.replace("12 people", "40 people")),
    ]
    path = tmp_path / "stream.jsonl"
    path.write_bytes(b"\n".join(map(encode, articles)))
    return path


def test_a_verdict_is_one_line_of_json(run: Run, store_url: str, stream: Path) -> None:
    verdicts = [decode(line.encode(), Verdict) for line in run(judge, stream, "--store", store_url).stdout.splitlines()]
    assert [(each.id, each.verdict) for each in verdicts] == [("ferry-1", "new"), ("ferry-2", "update")]


def test_a_verdict_carries_the_evidence_for_it(run: Run, store_url: str, stream: Path) -> None:
    result = run(judge, stream, "--store", store_url, "--article", "ferry-2")
    (line,) = map(json.loads, result.stdout.splitlines())
    toll, boats = line["passages"]
    assert (toll["fate"], boats["fate"], boats["where"]) == ("seen", "seen", "ferry-1")
    assert FERRY[boats["said"][0]["start"] : boats["said"][0]["end"]].startswith("Fishing boats")
    assert line["stories"][0]["headline"] == "Ferry sinks off Marrow"
    assert line["reasons"]["overlap"] >= line["reasons"]["overlap_needed"]


def test_explain_shows_a_page_for_each(run: Run, store_url: str, stream: Path) -> None:
    text = run(judge, stream, "--explain", "--store", store_url).stdout
    assert text.startswith("NEW  Ferry sinks off Marrow\nferry-1, Wirepool\n")
    assert "UPDATE  Ferry toll rises\nferry-2\n" in text
    assert "~ At least 40 people died" in text
    assert "of it in ferry-1 (Wirepool)" in text


def test_one_article_can_be_explained_among_all_that_are_judged(run: Run, store_url: str, stream: Path) -> None:
    text = run(judge, stream, "--explain", "--article", "ferry-2", "--store", store_url).stdout
    assert text.startswith("UPDATE  Ferry toll rises")
    assert "NEW" not in text


def test_an_article_that_is_not_there_is_an_error(run: Run, store_url: str, stream: Path) -> None:
    with pytest.raises(CopytasterError, match="no article among them has the id ferry-3"):
        run(judge, stream, "--article", "ferry-3", "--store", store_url)


@pytest.mark.parametrize(("unwanted", "coloured"), [("1", False), ("", True)])
def test_no_colour_is_shown_where_none_is_wanted(
    run: Run, store_url: str, stream: Path, monkeypatch: pytest.MonkeyPatch, unwanted: str, coloured: bool
) -> None:
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm-256color", "NO_COLOR": unwanted}.items():
        monkeypatch.setenv(name, value)
    text = run(judge, stream, "--explain", "--store", store_url).stdout
    assert bool(re.search(r"\x1b\[[0-9;]*3[0-7]m", text)) is coloured

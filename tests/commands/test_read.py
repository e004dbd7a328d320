"""`copytaster read` shows what it understands, and names what it doesn't."""

import json
from pathlib import Path

from agents.commands.read import read
from streams.codec import decode
from streams.records import RawArticle
from tests.commands.conftest import Run
from tests.ingest.wires.test_iptc7901 import FERRY


def test_each_article_is_a_line_of_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wire.7901").write_bytes(FERRY)
    (tmp_path / "story.txt").write_text("Ferry on fire")
    result = run(read, tmp_path)
    assert [decode(line, RawArticle).id for line in result.stdout.splitlines()] == ["story", "hpw0042-20260309T1015"]
    assert (result.stderr, result.exit_code) == ("", 0)


def test_what_is_not_used_is_named_with_its_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "item.json"
    path.write_text(json.dumps({"uri": "urn:x", "headline": "Ferry", "urgency": 12, "pubstatus": "draft"}))
    result = run(read, path)
    assert decode(result.stdout, RawArticle).status == "withheld"
    assert result.exit_code == 0
    assert result.stderr.startswith(f"{path}: not used: ")
    assert "urgency '12'" in result.stderr
    assert "status 'draft'" in result.stderr


def test_a_message_without_an_article_is_named_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "photos.json"
    path.write_text(json.dumps({"data": {"items": [{"altids": {"itemid": name}, "type": "picture"} for name in "ab"]}}))
    result = run(read, path)
    assert result.stderr == (
        f"{path}: item 'a': of type 'picture', with no copy of its own; item 'b': of type 'picture', with no copy of its own\n"
    )
    assert result.exit_code == 1


def test_what_can_not_be_read_at_all_is_named_and_the_code_says_so(run: Run) -> None:
    result = run(read, "-", text=b'{"id": "a", "text": "A"}\n{"id": "b", "txt": "B"}\n')
    assert decode(result.stdout, RawArticle).id == "a"
    assert result.stderr.startswith("standard input:2: unknown field `txt`")
    assert result.exit_code == 1

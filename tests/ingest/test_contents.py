"""A file's or body's bytes tell its format, whatever its name; what is not used is told once, and goes no further."""

import json
from pathlib import Path

import pytest

from agents.ingest.contents import READ_AS, parts, read
from agents.ingest.files import parts_of
from agents.ingest.files import read as read_files
from agents.ingest.formats import Found, Input, Unreadable, Unused
from streams.records import RawArticle

from .wires import test_anpa, test_ap, test_iptc7901, test_mail, test_ninjs
from .wires.reading import sample

NINJS, PICTURE = json.dumps(test_ninjs.ONE).encode(), json.dumps(test_ninjs.PICTURE).encode()
FORMATS = {
    "iptc7901": (test_iptc7901.FERRY, "hpw0042-20260309T1015"),
    "anpa": (test_anpa.FERRY, "a0042-20260309T1015"),
    "ninjs": (NINJS, "urn:newsml:wirepool.example:ferry"),
    "ap": (json.dumps(test_ap.ANSWER, indent=1).encode(), "4b1"),
    "mail": (test_mail.PLAIN, "ferry-1@coast.example"),
    "nitf": (sample("dam-first.nitf"), "northwire-88-0041"),
    "newsml": (sample("mine.g2.xml"), "urn:newsml:oreline.example:20260310:mine-3"),
    "ours": (b'{"id": "a", "text": "A"}', "a"),
}


def articles(inputs: object) -> list[RawArticle]:
    assert isinstance(inputs, list)
    assert all(isinstance(each, Found) for each in inputs), inputs
    return [each.article for each in inputs]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ["wire", "wire.dat", "wire.eml"])
def test_each_format_is_read_under_any_name(kind: str, name: str) -> None:
    data, identity = FORMATS[kind]
    (only,) = articles(list(read(data, name)))
    assert only.id == identity


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "ours"])
@pytest.mark.parametrize("name", ["wire.txt", "wire.json"])
def test_the_bytes_go_before_a_suffix(kind: str, name: str) -> None:
    data, identity = FORMATS[kind]
    (only,) = articles(list(read(data, name)))
    assert only.id == identity


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_is_taken_from_a_folder(kind: str, tmp_path: Path) -> None:
    data, identity = FORMATS[kind]
    (tmp_path / "copy.odd").write_bytes(data)
    (tmp_path / "README.odd").write_bytes(data)
    (tmp_path / ".hidden").write_bytes(data)
    (only,) = articles(list(read_files([str(tmp_path)])))
    assert only.id == identity


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("message/rfc822", test_mail.PLAIN),
        ("message/rfc822", b"X-Odd: yes\n\nThe ferry sank."),
        ("text/plain", test_iptc7901.FERRY),
        ("application/octet-stream", test_anpa.FERRY),
        ("application/json", NINJS),
        ("application/feed+json", sample("tram.feed.json")),
        ("application/xml", sample("dam-first.nitf")),
        ("text/xml", sample("harbour-two.newsml.xml")),
        ("application/nitf+xml", sample("dam-first.nitf")),
        ("application/vnd.iptc.g2.newsitem+xml", sample("mine.g2.xml")),
        ("application/vnd.iptc.g2.newsmessage+xml", sample("mine-message.g2.xml")),
        ("application/rss+xml", sample("tram.rss")),
        ("application/atom+xml", sample("tram.atom")),
        ("application/json", b"\xef\xbb\xbf" + NINJS),
        ("application/json", NINJS.decode().encode("utf-16")),
        ("application/x-ndjson", NINJS + b"\n" + NINJS),
        ("", json.dumps([test_ninjs.ONE]).encode()),
    ],
)
def test_a_body_is_read_under_its_media_type(kind: str, data: bytes) -> None:
    assert all(
        each.text or each.html or each.status == "canceled" for each in articles(list(READ_AS[kind](data, "push-1")))
    )


def test_lines_may_be_ours_and_of_the_trade() -> None:
    found = list(read(NINJS + b'\n{"id": "a", "text": "A"}\n{"id": "b", "txt": "B"}', "wire.jsonl"))
    assert [each.key for each in found] == [test_ninjs.ONE["uri"], "a", "b"]
    assert isinstance(found[2], Unreadable)
    assert found[2].place == "wire.jsonl:3"


def test_places_within_a_message_are_numbered() -> None:
    two = parts(test_iptc7901.FERRY + test_iptc7901.GERMAN, "wire", "", "wire")
    assert [each.place for each in two] == ["wire[1]", "wire[2]"]
    assert [each.place for each in parts(test_iptc7901.FERRY, "wire", "", "wire")] == ["wire"]


def test_a_part_without_copy_goes_no_further_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    data = json.dumps(test_ap.FEED).encode()
    story, picture = parts(data, "feed", "", "feed")
    assert isinstance(story, Found)
    assert isinstance(picture, Unused)
    (only,) = articles(list(read(data, "feed")))
    assert only.id == "4b1"
    assert caplog.text.count("feed[2]: not used: ") == 1
    assert caplog.text.count("feed[1]: not used: association") == 1


def test_a_message_without_any_article_is_unreadable_with_the_reasons() -> None:
    (only,) = read(PICTURE, "photo.json")
    assert isinstance(only, Unreadable)
    assert only.value == PICTURE
    assert "'picture'" in only.reason


def test_a_text_that_only_looks_like_another_format_stays_text() -> None:
    for data in (b'{"id"', b"From Paris at 10:15.\n\nCopy", b"[Photo] The ferry\n\nCopy", b"<p>Copy"):
        (only,) = articles(list(read(data, "notes.txt")))
        assert only == RawArticle(id="notes", text=data.decode())


def test_standard_input_may_be_in_any_format(monkeypatch: pytest.MonkeyPatch) -> None:
    def given(data: bytes) -> list[Input]:
        from io import BytesIO
        from types import SimpleNamespace

        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(data)))
        return [each for each in parts_of(["-"]) if not isinstance(each, Unused)]

    assert [each.key for each in given(test_anpa.FERRY)] == ["a0042-20260309T1015"]
    assert [each.key for each in given(json.dumps(test_ap.ANSWER, indent=1).encode())] == ["4b1"]
    assert [each.key for each in given(b'garbage\n{"id": "a", "text": "A"}\n')] == ["standard input:1", "a"]
    (text,) = given(b"A ferry sank.\n\nIt was late.")
    assert text.key.startswith("stdin-")
    assert given(b"\n \n") == []

"""A body becomes articles by its type or its bytes, with the fields that its query gives."""

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from gzip import compress
from typing import Any

import pytest

from agents.ingest.contents import attempt, read
from agents.ingest.formats import Found, Input, Unreadable
from agents.ingest.pushes.fields import given
from agents.ingest.pushes.load import Load
from agents.ingest.pushes.packing import Unpacker
from agents.ingest.pushes.push import Push, articles, reader
from streams.problems import Problem
from streams.records import RawArticle

LARGEST, MOST = 10_000, 50


def found(body: bytes, kind: str = "", charset: str = "", **fields: Any) -> list[RawArticle]:
    inputs = articles(Push(body, kind, charset, fields), LARGEST, MOST)
    assert all(isinstance(each, Found) for each in inputs), inputs
    return [each.article for each in inputs if isinstance(each, Found)]


def refused(body: bytes, kind: str = "", **fields: Any) -> Problem:
    with pytest.raises(Problem) as caught:
        articles(Push(body, kind, "", fields), LARGEST, MOST)
    return caught.value


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"id": "a", "text": "A"}'),
        ("application/json", b'[{"id": "a", "text": "A"}]'),
        ("application/x-ndjson", b'{"id": "a", "text": "A"}\n\n'),
        ("", b'\xef\xbb\xbf {"id": "a", "text": "A"}'),
        ("", b'{"id": "a",\n "text": "A"}\n'),
        ("", b" " * 5000 + b'{"id": "a", "text": "A"}'),
        ("application/x-www-form-urlencoded", b'{"id": "a", "text": "A"}'),
    ],
)
def test_json_is_read_as_its_type_says_or_its_bytes_show(kind: str, body: bytes) -> None:
    assert found(body, kind) == [RawArticle(id="a", text="A")]


def test_lines_of_json_are_told_from_one_document() -> None:
    body = b'{"id": "a", "text": "A"}\n{"id": "b", "text": "B"}\n'
    assert [each.id for each in found(body)] == ["a", "b"]


def test_html_and_text_are_told_apart() -> None:
    assert found(b"<p>Ferry on fire")[0].html == "<p>Ferry on fire"
    assert found(b"Ferry on fire")[0].text == "Ferry on fire"
    assert found(b"<p>Ferry on fire", "text/plain")[0].text == "<p>Ferry on fire"


def test_text_without_an_id_gets_one_that_is_the_same_for_the_same_text_alone() -> None:
    first, again, other = (found(body)[0].id for body in (b"Ferry", b"Ferry", b"Ferries"))
    assert first == again != other


def test_a_query_names_text_and_says_what_it_can_not_say_itself() -> None:
    fields = given([("id", "x.json"), ("urgency", "1"), ("embargoed_until", "2026-03-01T12:00:00Z"), ("source", "X")])
    assert found(b"Ferry", "text/plain", **fields) == [
        RawArticle(
            id="x.json", urgency=1, embargoed_until=datetime(2026, 3, 1, 12, tzinfo=UTC), source="X", text="Ferry"
        )
    ]


def test_an_article_keeps_its_own_fields() -> None:
    body = b'[{"id": "a", "source": "X", "text": "A"}, {"id": "b", "status": "withheld", "text": "B"}]'
    one, two = found(body, source="Y", status="canceled")
    assert (one.source, one.status, two.source, two.status) == ("X", "canceled", "Y", "withheld")


def test_an_id_for_articles_that_have_their_own_is_refused() -> None:
    assert "leave it out" in refused(b'{"id": "a", "text": "A"}', id="b").detail
    assert refused(b'[{"id": "a", "text": "A"}, {"id": "b", "text": "A"}]', id="a").status == 400


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ([("embargo", "2026")], "`embargo` is no field"),
        ([("text", "Copy")], "`text` is no field"),
        ([("source", "X"), ("source", "Y")], "twice"),
        ([("urgency", "10")], "urgency"),
        ([("published", "yesterday")], "published"),
        ([("id", "")], "id"),
    ],
)
def test_a_query_that_does_not_fit_is_refused(query: list[tuple[str, str]], words: str) -> None:
    with pytest.raises(Problem, match=words) as caught:
        given(query)
    assert caught.value.status == 400


def test_a_text_is_read_in_its_declared_charset_unless_that_is_wrong() -> None:
    text = "Zełenski powiedział w sobotę"
    assert found(text.encode("iso-8859-2"), "text/plain", "iso-8859-2")[0].text == text
    assert found("café".encode("latin-1"), "text/plain", "utf-8")[0].text == "café"
    with pytest.raises(Problem, match="charset klingon"):
        found(b"Copy", "text/plain", "klingon")


def test_an_empty_body_and_one_of_another_type_are_refused() -> None:
    assert refused(b" \n").status == 400
    with pytest.raises(Problem, match="image/png") as caught:
        reader("image/png")
    assert (caught.value.status, "text/plain" in caught.value.headers["Accept"]) == (415, True)


def test_an_article_that_is_too_large_is_unreadable_and_the_others_are_not() -> None:
    body = b'[{"id": "a", "text": "%s"}, {"id": "b", "text": "B"}]' % (b"A" * LARGEST)
    large, good = articles(Push(body), LARGEST, MOST)
    assert isinstance(large, Unreadable)
    assert "10,000" in large.reason
    assert isinstance(good, Found)


def test_a_body_of_countless_scraps_is_refused() -> None:
    assert len(articles(Push(b"scrap\n" * MOST, "application/x-ndjson"), LARGEST, MOST)) == MOST
    problem = refused(b"scrap\n" * (MOST + 1), "application/x-ndjson")
    assert (problem.status, "COPYTASTER_PUSH_PENDING_ARTICLES" in problem.detail) == (413, True)


def test_what_is_nested_too_deep_is_unreadable() -> None:
    (only,) = articles(Push(b"[" * 100_000), LARGEST, MOST)
    assert isinstance(only, Unreadable)
    assert "nested too deep" in only.reason


def test_a_reader_that_fails_makes_its_bytes_unreadable() -> None:
    def broken(data: bytes, place: str) -> Sequence[Input]:
        raise ZeroDivisionError("of its own")

    assert attempt(broken, b"Copy", "a.txt", MOST) == [
        Unreadable("a.txt", b"Copy", "ZeroDivisionError in its reader: of its own; the worker's log tells more")
    ]


def test_a_file_is_read_by_its_suffix_and_named_without_it() -> None:
    (only,) = read(b'{"id"', "notes.v2.txt")
    assert isinstance(only, Found)
    assert (only.article.id, only.article.text) == ("notes.v2", '{"id"')


def test_unpacking_stops_at_its_bound() -> None:
    unpacker, made = Unpacker(), b""
    packed = compress(bytes(10_000_000))
    for start in range(0, len(packed), 1000):
        made += unpacker.feed(packed[start : start + 1000], 5000 - len(made))
        if len(made) > 5000:
            break
    assert len(made) == 5001


def test_parts_packed_one_after_another_are_one_body() -> None:
    unpacker = Unpacker()
    packed = compress(b"Ferry ") + compress(b"on fire")
    assert b"".join(unpacker.feed(packed[at : at + 1], 100) for at in range(len(packed))) == b"Ferry on fire"
    assert unpacker.whole


def test_a_body_of_too_many_parts_is_refused() -> None:
    with pytest.raises(zlib.error, match="parts"):
        Unpacker().feed(compress(b"") * 1000, 100)


def test_a_packed_body_that_breaks_off_or_is_none_is_told() -> None:
    unpacker = Unpacker()
    unpacker.feed(compress(b"Ferry on fire")[:-1], 100)
    assert not unpacker.whole
    with pytest.raises(zlib.error):
        Unpacker().feed(b"Ferry on fire", 100)


def test_what_is_too_much_beside_others_comes_again_later_and_room_is_given_back() -> None:
    load = Load(most_bytes=100, most_articles=3)
    with load.share() as first, load.share() as second:
        first.add(bytes=60, articles=2)
        with pytest.raises(Problem) as caught:
            second.add(bytes=41)
        assert (caught.value.status, caught.value.headers) == (429, {"Retry-After": "1"})
        with pytest.raises(Problem):
            second.add(articles=2)
        second.add(bytes=40, articles=1)
        with pytest.raises(Problem):
            first.add(bytes=1)
    assert (load.bytes, load.articles) == (0, 0)


def test_one_request_alone_may_be_larger_than_all_that_may_be_in_flight() -> None:
    load = Load(most_bytes=100, most_articles=3)
    with load.share() as only:
        only.add(bytes=101)
        only.add(bytes=1, articles=4)
    assert (load.bytes, load.articles) == (0, 0)

"""ninjs in all its versions gives the same article, and doubt holds it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agents.ingest.wires.draft import Piece
from agents.ingest.wires.ninjs import is_ninjs, read_ninjs
from streams.errors import RejectedCopy
from streams.records import RawArticle

from .mutations import few, mutated, survives

ONE: dict[str, Any] = {
    "uri": "urn:newsml:wirepool.example:ferry",
    "type": "text",
    "version": "3",
    "versioncreated": "2026-03-09T11:15:00+01:00",
    "firstcreated": "2026-03-09T05:50:00Z",
    "pubstatus": "usable",
    "urgency": 2,
    "language": "en",
    "headline": "Ferry capsizes, 40 dead",
    "byline": "By Ines Tolvar",
    "located": "Port Ellery",
    "slugline": "MAROVIA-FERRY",
    "ednote": "Updates toll",
    "source": "Wirepool",
    "subject": [{"code": "03000000", "name": "disaster"}],
    "place": [{"name": "Marovia"}],
    "evolvedfrom": "urn:newsml:wirepool.example:ferry-first",
    "description_text": "The worst disaster in years",
    "body_html": "<p>At least 40 died.</p>",
    "body_text": "At least 40 died.",
    "associations": {
        "featured": {"uri": "urn:x:photo", "type": "picture", "headline": "The ferry", "body_text": "No!"}
    },
}
TWO: dict[str, Any] = {
    "uri": "urn:newsml:wirepool.example:ferry",
    "type": "text",
    "version": "3",
    "versioncreated": "2026-03-09T11:15:00+01:00",
    "pubstatus": "usable",
    "urgency": 2,
    "language": "en",
    "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry capsizes, 40 dead"}],
    "by": "By Ines Tolvar",
    "slugline": "MAROVIA-FERRY",
    "infosources": [{"name": "Wirepool"}],
    "subjects": [{"name": "disaster"}],
    "places": [{"name": "Marovia"}, {"literal": "Cape Dorrow"}],
    "bodies": [
        {"role": "text", "contenttype": "text/plain", "value": "At least 40 died."},
        {"role": "main", "contenttype": "text/html", "value": "<p>At least 40 died.</p>"},
    ],
    "associations": [{"name": "a001", "uri": "urn:x:photo", "type": "picture"}],
}
CAMEL = {"versioncreated": "versionCreated", "pubstatus": "pubStatus", "infosources": "infoSources"}
THREE: dict[str, Any] = {CAMEL.get(key, key): value for key, value in TWO.items()} | {
    "standard": {"name": "ninjs", "version": "3.0"},
    "bodies": [{"contentType": "application/xhtml+xml", "value": "<p>At least 40 died.</p>"}],
}
PICTURE = {"uri": "urn:x:photo", "type": "picture", "description_text": "The ferry in March", "headline": "Ferry"}


def pieces(value: object) -> list[Piece]:
    return list(read_ninjs(json.dumps(value).encode(), "file"))


def article(value: object) -> RawArticle:
    (piece,) = pieces(value)
    assert piece.article
    return piece.article


def test_an_item_of_the_first_version_is_read() -> None:
    assert article(ONE) == RawArticle(
        id="urn:newsml:wirepool.example:ferry",
        source="Wirepool",
        version=3,
        created=datetime(2026, 3, 9, 5, 50, tzinfo=UTC),
        published=datetime(2026, 3, 9, 10, 15, tzinfo=UTC),
        headline="Ferry capsizes, 40 dead",
        byline="By Ines Tolvar",
        dateline="Port Ellery",
        slug="MAROVIA-FERRY",
        note="Updates toll",
        subjects=["disaster"],
        places=["Marovia"],
        evolved_from=["urn:newsml:wirepool.example:ferry-first"],
        urgency=2,
        language="en",
        html="<p>At least 40 died.</p>",
    )


@pytest.mark.parametrize("item", [TWO, THREE])
def test_items_of_later_versions_say_the_same_in_other_fields(item: dict[str, Any]) -> None:
    found = article(item)
    assert (found.headline, found.byline, found.source) == ("Ferry capsizes, 40 dead", "By Ines Tolvar", "Wirepool")
    assert (found.version, found.urgency, found.places) == (3, 2, ["Marovia", "Cape Dorrow"])
    assert found.published == datetime(2026, 3, 9, 10, 15, tzinfo=UTC)
    assert (found.html, found.text) == ("<p>At least 40 died.</p>", None)


def test_what_is_associated_is_named_and_no_part_of_the_copy() -> None:
    (piece,) = pieces(ONE)
    assert piece.unused == ("association 'The ferry': another item, and not this article's copy",)


def test_a_list_gives_an_article_for_each_item_and_a_reason_for_a_picture() -> None:
    first, picture, odd = pieces([ONE, PICTURE, 7])
    assert first.article
    assert (picture.article, odd.article) == (None, None)
    assert "picture" in picture.unused[0]
    assert "item 3" in odd.unused[0]


def test_a_headline_that_comes_alone_is_copy_and_so_is_a_summary() -> None:
    flash = {"uri": "urn:x:flash", "headline": "Ferry capsizes", "pubstatus": "usable"}
    assert article(flash).text == "Ferry capsizes"
    assert article(flash | {"descriptions": [{"value": "Off the cape."}]}).text == "Off the cape."


def test_fields_that_a_sender_named_for_a_role_are_read() -> None:
    found = article(
        {"uri": "urn:x", "type": "text", "headline_main": "Ferry capsizes", "body_main": "At least 40 died."}
    )
    assert (found.headline, found.text) == ("Ferry capsizes", "At least 40 died.")


def test_a_body_in_nitf_is_read_where_there_is_no_html() -> None:
    nitf = "<nitf><body><body.content><p>At least 40 died.</p></body.content></body></nitf>"
    bodies = [{"contenttype": "text/plain", "value": "At least"}, {"contenttype": "text/vnd.IPTC.NITF", "value": nitf}]
    assert article(TWO | {"bodies": bodies}).html == "<div><p>At least 40 died.</p></div>"


def test_what_is_planned_is_no_news() -> None:
    (piece,) = pieces(TWO | {"type": "event"})
    assert piece.article is None
    assert "'event'" in piece.unused[-1]


def test_a_note_that_may_be_an_embargo_holds_the_article() -> None:
    assert article(ONE | {"ednote": "EMBARGOED until Tuesday"}).status == "withheld"


def test_an_embargo_holds_until_its_time() -> None:
    found = article(ONE | {"embargoed": "2026-03-10T06:00:00Z"})
    assert (found.embargoed_until, found.status) == (datetime(2026, 3, 10, 6, tzinfo=UTC), "usable")


@pytest.mark.parametrize("said", ["Tuesday", "", 1767000000, {"until": "2026-03-10T06:00:00Z"}, ["2026-03-10"], True])
def test_an_embargo_that_can_not_be_read_holds_the_article(said: object) -> None:
    assert article(ONE | {"embargoed": said}).status == "withheld"


@pytest.mark.parametrize("said", ["draft", "", ["canceled", "usable"], {"usable": 1}, 7])
def test_a_status_that_is_unknown_holds_the_article(said: object) -> None:
    assert article(ONE | {"pubstatus": said}).status == "withheld"


def test_no_embargo_and_no_status_hold_nothing_and_a_kill_is_a_kill() -> None:
    assert article(ONE | {"embargoed": None, "pubstatus": None}).status == "usable"
    assert article({"uri": "urn:x:1", "type": "text", "pubstatus": "canceled"}).status == "canceled"


def test_numbers_of_any_kind_are_read_and_others_named() -> None:
    assert (article(ONE | {"urgency": 4.0, "version": 7}).urgency, article(ONE | {"version": 7.0}).version) == (4, 7)
    (piece,) = pieces(ONE | {"urgency": 12, "version": "1.2"})
    assert len(piece.unused) == 3


def test_an_item_is_told_from_other_json() -> None:
    assert all(map(is_ninjs, (ONE, TWO, THREE, PICTURE)))
    assert not any(map(is_ninjs, ({"id": "a", "text": "A"}, {"uri": 1, "headline": "A"}, {"uri": "urn:x"}, [ONE], 7)))


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b'{"uri": "\xff"}'])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(RejectedCopy):
        list(read_ninjs(data, "file"))


def test_json_that_is_no_item_gives_no_article() -> None:
    assert [piece.article for value in ({}, "uri", 7, {"uri": 7}) for piece in pieces(value)] == [None] * 4


_SCALARS = some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(max_size=8)
_SCALARS |= some.sampled_from(["usable", "canceled", "text", "main", "text/html", "2026-03-10T06:00:00Z", "\ud800"])
_KEYS = some.sampled_from(sorted({*ONE, *TWO, *THREE, "embargoed", "name", "value", "role", "contenttype", "guid"}))
VALUES = some.recursive(
    _SCALARS, lambda inner: some.lists(inner, max_size=2) | some.dictionaries(_KEYS, inner, max_size=3), max_leaves=6
)


@few
@given(some.dictionaries(_KEYS, VALUES, max_size=6).map(lambda item: json.dumps({"uri": "urn:x", **item}).encode()))
def test_any_values_give_pieces_or_a_refusal(data: bytes) -> None:
    survives(read_ninjs, data)


@few
@given(mutated(*(json.dumps(each).encode() for each in (ONE, TWO, THREE, [ONE, PICTURE]))) | some.binary(max_size=100))
def test_any_bytes_give_pieces_or_a_refusal(data: bytes) -> None:
    survives(read_ninjs, data)

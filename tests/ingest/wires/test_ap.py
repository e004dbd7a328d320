"""AP's JSON: an item by itself, in an answer, in a feed; what its editors say of it counts."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agents.ingest.wires.ap import is_ap, read_ap
from agents.ingest.wires.draft import Piece
from streams.records import RawArticle

from .mutations import few, mutated, survives

NITF = "<nitf><head><title>No copy</title></head><body><body.content><block><p>At least 40 died.</p></block></body.content></body></nitf>"
ITEM: dict[str, Any] = {
    "uri": "https://api.example/media/v/content/4b1",
    "altids": {"itemid": "4b1", "etag": "4b1_0a", "friendlykey": "53976"},
    "version": 2,
    "type": "text",
    "urgency": 3,
    "language": "en",
    "versioncreated": "2026-03-09T10:15:00Z",
    "firstcreated": "2026-03-09T05:50:00Z",
    "pubstatus": "usable",
    "ednote": "Updates toll",
    "title": "MRV--Ferry",
    "headline": "Ferry capsizes, 40 dead",
    "headline_extended": "At least 40 dead as ferry capsizes off Cape Dorrow",
    "slugline": "BC-MRV--Ferry, 1st Ld-Writethru",
    "bylines": [{"by": "By INES TOLVAR", "title": "Wirepool"}],
    "located": "PORT ELLERY, Marovia",
    "provider": "AP",
    "subject": [{"name": "i", "rels": ["category"]}, {"name": "Ferries", "rels": ["direct"]}],
    "place": [{"name": "Marovia"}],
    "body_nitf": NITF,
    "associations": {"1": {"uri": "urn:x:photo", "type": "picture", "headline": "The ferry"}},
}
LINKED = {key: value for key, value in ITEM.items() if key != "body_nitf"} | {
    "renditions": {"nitf": {"href": "https://api.example/4b1.xml", "mimetype": "text/xml"}}
}
PICTURE = {"altids": {"itemid": "5c2"}, "type": "picture", "headline": "The ferry", "pubstatus": "usable"}
ANSWER = {"api_version": "1.1", "data": {"meta": {}, "item": ITEM}}
FEED = {"data": {"items": [{"meta": {}, "item": ITEM}, {"item": PICTURE}]}}


def pieces(value: object) -> list[Piece]:
    return list(read_ap(json.dumps(value).encode(), "file"))


def article(**changes: object) -> RawArticle:
    (piece,) = pieces({"data": {"item": ITEM | changes}})
    assert piece.article
    return piece.article


def test_an_item_is_read_with_the_copy_it_carries() -> None:
    assert article() == RawArticle(
        id="4b1",
        source="AP",
        version=2,
        created=datetime(2026, 3, 9, 5, 50, tzinfo=UTC),
        published=datetime(2026, 3, 9, 10, 15, tzinfo=UTC),
        headline="Ferry capsizes, 40 dead",
        byline="By INES TOLVAR",
        dateline="PORT ELLERY, Marovia",
        slug="BC-MRV--Ferry",
        take="1st Ld-Writethru",
        note="Updates toll",
        subjects=["Ferries"],
        places=["Marovia"],
        urgency=3,
        language="en",
        html="<div><div><p>At least 40 died.</p></div></div>",
    )


@pytest.mark.parametrize("value", [ITEM, {"item": ITEM}, ANSWER, {"data": {"items": [{"item": ITEM}]}}])
def test_an_item_is_found_wherever_it_stands(value: object) -> None:
    assert is_ap(value)
    assert [piece.article for piece in pieces(value)] == [article()]


def test_a_picture_of_a_feed_is_named_and_gives_no_article() -> None:
    story, picture = pieces(FEED)
    assert story.article == article()
    assert picture.article is None
    assert "picture" in picture.unused[0]


def test_copy_that_is_only_linked_is_named_and_the_headline_stands_for_it() -> None:
    (piece,) = pieces(LINKED)
    assert piece.article
    assert piece.article.text == "Ferry capsizes, 40 dead"
    assert "https://api.example/4b1.xml" in piece.unused[1]


def test_a_story_that_is_linked_inline_is_read() -> None:
    (piece,) = pieces(LINKED | {"renditions": {"nitf": {"content": "<p>Inline.</p>"}}})
    assert piece.article
    assert piece.article.html == "<p>Inline.</p>"


def test_a_kill_cancels_and_a_hold_holds_whatever_the_status_says() -> None:
    assert article(editorialtypes=["Kill"]).status == "canceled"
    assert article(editorialtypes=["Hold"]).status == "withheld"
    assert article(editorialtypes=["Hold"], pubstatus="canceled").status == "canceled"
    assert article(editorialtypes=["Lead"]).status == "usable"


def test_an_embargo_and_a_status_in_doubt_hold() -> None:
    assert article(embargoed="2026-03-10T06:00:00Z").embargoed_until == datetime(2026, 3, 10, 6, tzinfo=UTC)
    assert article(embargoed="Tuesday").status == "withheld"
    assert article(pubstatus="pending").status == "withheld"


@pytest.mark.parametrize(
    "value",
    [
        {"data": {"items": []}},
        {"data": 7},
        {"altids": {}},
        [ITEM],
        {"id": "a", "text": "A"},
        ITEM | {"$standard": {"name": "ninjs"}},
    ],
)
def test_other_json_is_none_of_ap(value: object) -> None:
    assert not is_ap(value)
    assert pieces(value) == []


_VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8) | some.just(NITF),
    lambda inner: some.lists(inner, max_size=2) | some.dictionaries(some.sampled_from(sorted(ITEM)), inner, max_size=3),
    max_leaves=6,
)


@few
@given(some.dictionaries(some.sampled_from(sorted({*ITEM, "embargoed", "renditions"})), _VALUES, max_size=6))
def test_any_values_give_pieces_or_a_refusal(item: dict[str, Any]) -> None:
    survives(read_ap, json.dumps({"data": {"item": {**item, "altids": {"itemid": item.get("uri")}}}}).encode())


@few
@given(mutated(*(json.dumps(each).encode() for each in (ANSWER, FEED, LINKED))) | some.binary(max_size=100))
def test_any_bytes_give_pieces_or_a_refusal(data: bytes) -> None:
    survives(read_ap, data)

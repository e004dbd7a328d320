"""JSON Feed is read item by item."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from agents.ingest.wires.json_feed import is_json_feed, read_json_feed
from streams.errors import RejectedCopy
from streams.records import RawArticle

from .reading import articles, mangled, pieces, read_as_pieces, unused


def test_an_item_is_read_with_its_fields() -> None:
    article, _ = articles("tram.feed.json", read_json_feed)
    assert article == RawArticle(
        id="4711",
        source="Lindau Courier",
        url="https://courier.example/4711",
        created=datetime(2026, 3, 10, 8, tzinfo=UTC),
        published=datetime(2026, 3, 10, 8, tzinfo=UTC),
        headline="Tram stops",
        byline="Jo Brandt",
        subjects=["Transport", "7"],
        language="en",
        html="<p>All trams stopped.</p>",
        text="All trams stopped.",
    )


def test_an_item_without_an_id_goes_by_its_link_and_its_summary_is_its_copy() -> None:
    _, article = articles("tram.feed.json", read_json_feed)
    assert (article.id, article.text, article.byline) == ("https://other.example/1", "Trams run again.", "Newsdesk")


def test_what_can_not_be_used_is_named() -> None:
    said = unused("tram.feed.json", read_json_feed)
    assert "published 'soon': no time" in said
    assert "item 3 'no item' is no object" in said
    assert "'empty' holds no headline and no copy" in said


def test_version_1_names_one_author_and_may_number_its_items_oddly() -> None:
    (article,) = articles("tram-one.feed.json", read_json_feed)
    assert (article.id, article.byline, article.text) == ("1.5", "Jo Brandt", "One.")


def test_a_feed_without_items_says_so() -> None:
    assert pieces("tram-none.feed.json", read_json_feed)[0].unused == ("the feed has no items",)


@pytest.mark.parametrize(
    ("value", "is_one"),
    [({"version": "https://jsonfeed.org/version/1.1"}, True), ({"version": "1.3"}, False), ({}, False), ([], False)],
)
def test_a_feed_tells_itself_by_its_version(value: object, is_one: bool) -> None:
    assert is_json_feed(value) is is_one


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"version": "https://jsonfeed.org/version/1.1", "items": 3}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 20_000,
    ],
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(RejectedCopy, match="JSON Feed"):
        read_json_feed(data, "name")


scalars = some.sampled_from(
    [None, True, -1, 2**62, 0.5, "", "a\x00\ud800".encode("utf-8", "replace").decode(), {"name": 3}]
)
anything = scalars | some.text(max_size=9) | some.lists(scalars, max_size=2)
fields = "id url external_url title content_html content_text summary date_published date_modified authors author tags"
items = some.dictionaries(some.sampled_from([*fields.split(), "language"]), anything)


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(some.lists(items | anything, max_size=3), items)
def test_fields_of_any_kind_give_pieces(found: list[object], feed: dict[str, object]) -> None:
    feed = {**feed, "version": "https://jsonfeed.org/version/1.1", "items": found}
    read_as_pieces(msgspec.json.encode(feed), read_json_feed)


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(mangled("tram.feed.json", "tram-one.feed.json"))
def test_any_bytes_give_pieces_or_a_refusal_and_nothing_else(data: bytes) -> None:
    read_as_pieces(data, read_json_feed)

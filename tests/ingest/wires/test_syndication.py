"""RSS, RDF and Atom are read entry by entry, also from feeds that break off."""

from datetime import UTC, datetime
from io import BytesIO

import feedparser
import pytest
from hypothesis import given, settings

from agents.ingest.wires.markup import read_xml
from agents.ingest.wires.syndication import read_syndication
from streams.errors import RejectedCopy
from streams.records import RawArticle

from .reading import articles, mangled, pieces, read_as_pieces, reshaped, unused


def test_an_rss_item_is_read_with_its_fields() -> None:
    article, _ = articles("tram.rss")
    assert article == RawArticle(
        id="courier-311",
        source="Northwire",
        url="https://courier.example/tram",
        published=datetime(2026, 3, 10, 7, 15, tzinfo=UTC),
        headline="Tram derails at Q&A square",
        byline="Jo Brandt",
        subjects=["Transport", "Lindau"],
        language="en-gb",
        html="<p>A tram derailed on Tuesday.</p><p>Nobody was hurt.</p>",
    )


def test_what_is_not_well_formed_in_an_item_is_mended_and_what_can_not_be_read_is_named() -> None:
    _, article = articles("tram.rss")
    assert (article.headline, article.byline, article.source) == ("Café fire", "Kim Dahl", "Lindau Courier")
    assert article.text == "First line\nsecond line, R&D"
    assert article.published is None
    assert "published 'Tuesday at noon': no time" in unused("tram.rss")


def test_an_item_without_an_id_has_one_that_lasts_under_the_name_of_its_document() -> None:
    first, again = (articles("tram.rss")[1].id for _ in range(2))
    assert first == again
    assert first.startswith("tram.rss#")


def test_an_rdf_item_is_read_with_its_fields() -> None:
    assert articles("tram-old.rss") == [
        RawArticle(
            id="https://courier.example/line4",
            source="Lindau Courier",
            url="https://courier.example/line4",
            published=datetime(2026, 3, 10, 11, tzinfo=UTC),
            headline="Line 4 runs again",
            subjects=["Transport"],
            language="en",
            html="Line 4 runs again since noon.",
        )
    ]


def test_an_atom_entry_is_read_with_its_fields() -> None:
    _, article, _ = articles("tram.atom")
    assert article == RawArticle(
        id="tag:courier.example,2026:10",
        source="Lindau Courier",
        url="https://courier.example/10",
        created=datetime(2026, 3, 10, 8, tzinfo=UTC),
        published=datetime(2026, 3, 10, 8, tzinfo=UTC),
        headline="Tram & bus collide",
        byline="Jo Brandt, Kim Dahl",
        subjects=["Transport"],
        language="en",
        html="<p>A tram and a bus collided.</p>",
    )


def test_an_entry_of_plain_text_keeps_its_signs_and_lines() -> None:
    article, untitled = articles("tram-texts.atom")
    assert (article.headline, article.source) == ("Is 3 < 4 trams enough?", "Northwire")
    assert article.text == 'Asked on Tuesday.\nAnswered "no" & <left>.'
    assert (untitled.headline, untitled.html) == (None, "<p>No headline over this.</p>")
    assert "'tag:courier.example,2026:14' holds no headline and no copy" in unused("tram-texts.atom")


def test_an_entry_of_early_atom_is_read_with_its_fields() -> None:
    assert articles("tram-early.atom") == [
        RawArticle(
            id="tag:bote.example,2026:1",
            source="Lindauer Bote",
            url="https://bote.example/1",
            created=datetime(2026, 3, 10, 10, tzinfo=UTC),
            published=datetime(2026, 3, 10, 10, 5, tzinfo=UTC),
            headline="Straßenbahn fährt wieder",
            byline="Uli Senn",
            language="de",
            html="<p>Seit Mittag fährt sie wieder.</p>",
        )
    ]


def test_an_entry_of_a_headline_alone_is_an_article() -> None:
    assert articles("tram.atom")[2].text == "Only a headline"


def test_an_entry_that_its_feed_deleted_is_withdrawn() -> None:
    published = datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert articles("tram.atom")[0] == RawArticle(
        id="tag:courier.example,2026:9", published=published, status="canceled"
    )


def test_an_entry_that_is_a_draft_is_held() -> None:
    draft = b"<a:control xmlns:a='http://www.w3.org/2007/app'><a:draft>yes</a:draft></a:control>"
    data = b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title>" + draft + b"</entry></feed>"
    (piece,) = read_xml(data, "name")
    assert piece.article
    assert piece.article.status == "withheld"


def test_a_torn_feed_gives_what_can_be_read_and_names_the_break() -> None:
    assert [each.headline for each in articles("tram-torn.rss")] == ["Whole", "Tagged wrong", "Half"]
    assert articles("tram-torn.rss")[1].html == "All of this too"
    assert pieces("tram-torn.rss")[-1].unused[0].startswith("the feed is broken, line 2: ")


def test_a_feed_without_entries_says_so() -> None:
    (piece,) = read_xml(b"<rss><channel><title>Courier</title></channel></rss>", "name")
    assert (piece.article, piece.unused) == (None, ("the feed has no entries",))


def test_what_feedparser_fails_on_costs_one_entry_and_not_the_feed() -> None:
    nested = b"<category>x<channel><item><title>C</title></item></channel></category>"
    data = b"<rss><channel><item><title>B</title>" + nested + b"</item><item><title>D</title></item></channel></rss>"
    with pytest.raises(KeyError):
        feedparser.parse(BytesIO(data))
    assert [piece.article.headline for piece in read_xml(data, "name") if piece.article] == ["B", "C", "D"]


@pytest.mark.parametrize(
    "name", "tags authors content title_detail summary_detail published_parsed updated_parsed source".split()
)
def test_an_element_named_as_feedparser_names_its_results_harms_nothing(name: str) -> None:
    data = f"<rss><channel><item><title>A</title><guid>1</guid><{name}>B</{name}></item></channel></rss>"
    (piece,) = read_xml(data.encode(), "name")
    assert piece.article
    assert piece.article.id == "1"


@pytest.mark.parametrize("prefix", ["dc", "undeclared"])
def test_a_prefix_that_nobody_declared_harms_nothing(prefix: str) -> None:
    data = f"<rss><channel><item><title>A</title><{prefix}:creator>B</{prefix}:creator></item></channel></rss>"
    (piece,) = read_xml(data.encode(), "name")
    assert piece.article
    assert piece.article.headline == "A"


def test_markup_of_an_entry_comes_through_as_it_is() -> None:
    data = b"<rss><channel><item><description>&lt;p onclick='x'>A&lt;/p>&lt;object>B&lt;/object></description></item></channel></rss>"
    (piece,) = read_xml(data, "name")
    assert piece.article
    assert piece.article.html == "<p onclick='x'>A</p><object>B</object>"


@pytest.mark.parametrize("data", [b"", b"<html><body>Sign in</body></html>", b"\0\1\2", b"{}", b"<nitf/>"])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(RejectedCopy, match="XML"):
        list(read_syndication(data, "name"))


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(
    mangled("tram.rss", "tram.atom", "tram-texts.atom", "tram-old.rss", "tram-torn.rss")
    | reshaped("tram.rss", "tram.atom", "tram-texts.atom", "tram-old.rss", "tram-torn.rss")
)
def test_any_bytes_give_pieces_or_a_refusal_and_nothing_else(data: bytes) -> None:
    read_as_pieces(data)
    read_as_pieces(data, read_syndication)

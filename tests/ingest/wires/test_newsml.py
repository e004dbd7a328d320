"""NewsML 1 is read item by item: management, lines, and the parts that carry the story."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from agents.ingest.wires.markup import read_xml
from streams.records import RawArticle

from .reading import articles, mangled, pieces, read_as_pieces, reshaped, unused


def test_an_item_is_read_with_its_fields() -> None:
    article, _ = articles("harbour-two.newsml.xml")
    assert article.html
    assert article == RawArticle(
        id="urn:newsml:seapool.example:20260310:HARBOUR-7",
        source="Seapool",
        version=3,
        created=datetime(2026, 3, 10, 8, tzinfo=UTC),
        published=datetime(2026, 3, 10, 9, 10, tzinfo=UTC),
        headline="Harbour of Kell closes for a week",
        byline="By Runa Vik",
        dateline="KELL, March 10 (Seapool)",
        slug="KELL-HARBOUR/",
        note="Adds barge's owner",
        subjects=["shipping", "04015000"],
        places=["Kell", "MRV"],
        evolved_from=["urn:newsml:seapool.example:20260309:HARBOUR-2"],
        urgency=3,
        language="en",
        html=article.html,
    )


def test_the_main_part_is_the_copy_captions_stand_apart_and_the_rest_is_named() -> None:
    article, _ = articles("harbour-two.newsml.xml")
    assert "<p>A barge sank across the mouth of Kell harbour.</p>" in str(article.html)
    assert "<figcaption>The barge at dawn.</figcaption>" in str(article.html)
    assert "Timeline" not in str(article.html)
    assert "ContentItem 'barge.jpg': no text stands in it" in unused("harbour-two.newsml.xml")
    assert "'Timeline of harbour closures': its role is supplementary" in unused("harbour-two.newsml.xml")


def test_an_alert_of_a_headline_alone_is_an_article() -> None:
    _, alert = articles("harbour-two.newsml.xml")
    assert (alert.headline, alert.urgency) == ("Second barge adrift off Kell - port", 1)
    assert alert.text == alert.headline


def test_a_status_that_will_change_to_usable_is_an_embargo() -> None:
    (article,) = articles("harbour-embargoed.newsml.xml")
    assert article.embargoed_until == datetime(2026, 3, 11, 6, tzinfo=UTC)
    assert article.status == "usable"


def test_of_equivalent_parts_the_one_that_reads_best_is_taken() -> None:
    (article,) = articles("harbour-embargoed.newsml.xml")
    assert article.html == "<div><p>The owner will be <b>charged</b>.</p></div>"
    assert "EquivalentsList" in unused("harbour-embargoed.newsml.xml")


def test_all_revisions_of_an_item_share_an_id() -> None:
    (embargoed,) = articles("harbour-embargoed.newsml.xml")
    assert embargoed.id == "urn:newsml:seapool.example:20260311T0100+01:00:HARBOUR-9"
    (kill,) = articles("harbour-kill.newsml.xml")
    assert kill.id == articles("harbour-two.newsml.xml")[0].id
    assert (kill.status, kill.version) == ("canceled", 4)
    assert kill.published == datetime(2026, 3, 11, 7, tzinfo=UTC)
    assert kill.text == "Please disregard HARBOUR-7.\n\nIt named the wrong owner."


def test_an_item_without_copy_says_what_it_holds() -> None:
    assert pieces("harbour-kill.newsml.xml")[1].article is None
    assert "TopicSet 'topics': only news components are read" in unused("harbour-kill.newsml.xml")


def test_a_picture_with_its_caption_is_no_article_and_says_so() -> None:
    caption = "<NewsComponent><Role FormalName='Caption'/><ContentItem><DataContent><p>A barge.</p></DataContent></ContentItem></NewsComponent>"
    photo = "<ContentItem Href='a.jpg'><MediaType FormalName='Photo'/></ContentItem>"
    lines = "<NewsLines><HeadLine>Barge</HeadLine></NewsLines>"
    source = f"<NewsML><NewsItem><NewsComponent>{lines}{caption}{photo}</NewsComponent></NewsItem></NewsML>"
    (piece,) = read_xml(source.encode(), "name")
    assert piece.article is None
    assert piece.unused[-1] == "'name' has no text beside its media but a caption at most; copy is text"


def item(management: str = "", data: str = "Copy.") -> RawArticle:
    source = f"""<NewsML><NewsItem><NewsManagement>{management}</NewsManagement><NewsComponent>
    <ContentItem><DataContent>{data}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"""
    (piece,) = read_xml(source.encode(), "name")
    assert piece.article
    return piece.article


CHANGE = "<StatusWillChange><FutureStatus FormalName='{}'/><DateAndTime>{}</DateAndTime></StatusWillChange>"


@pytest.mark.parametrize(
    ("management", "status", "timed"),
    [
        ("<Status FormalName='Withheld'/>", "withheld", False),
        ("<Status FormalName='Embargoed'/>", "withheld", False),
        ("<Status FormalName='Perhaps'/>", "withheld", False),
        ("<Status FormalName='Withheld'/>" + CHANGE.format("Usable", "20260311T060000Z"), "usable", True),
        ("<Status FormalName='Usable'/>" + CHANGE.format("Usable", "20260311T060000Z"), "usable", True),
        ("<Status FormalName='Embargoed'/>" + CHANGE.format("Usable", "soon"), "withheld", False),
        ("<Status FormalName='Canceled'/>" + CHANGE.format("Usable", "20260311T060000Z"), "canceled", True),
        ("<Status FormalName='Usable'/>" + CHANGE.format("Canceled", "20260311T060000Z"), "usable", False),
    ],
)
def test_doubt_holds_an_item(management: str, status: str, timed: bool) -> None:
    article = item(management)
    assert (article.status, article.embargoed_until is not None) == (status, timed)


@pytest.mark.parametrize(
    ("data", "copy"),
    [
        ("<nitf><body><body.content><p>Copy.</p></body.content></body></nitf>", "<div><p>Copy.</p></div>"),
        ("<![CDATA[<nitf><body><body.content><p>Copy.</p></body.content></body></nitf>]]>", "<div><p>Copy.</p></div>"),
        ("<p>Copy.</p><p>More.</p>", "<div><p>Copy.</p><p>More.</p></div>"),
        ("<![CDATA[<p>Copy.</p>]]>", "<p>Copy.</p>"),
        ("<html><body><p>Copy.</p></body></html>", "<div><p>Copy.</p></div>"),
    ],
)
def test_copy_is_read_in_every_form_it_is_carried_in(data: str, copy: str) -> None:
    assert item(data=data).html == copy


def test_an_item_within_another_is_an_article_of_its_own() -> None:
    inner = "<NewsItem><NewsComponent><NewsLines><HeadLine>Inner</HeadLine></NewsLines></NewsComponent></NewsItem>"
    outer = (
        f"<NewsItem><NewsComponent><NewsLines><HeadLine>Outer</HeadLine></NewsLines>{inner}</NewsComponent></NewsItem>"
    )
    found = [piece.article for piece in read_xml(f"<NewsML>{outer}</NewsML>".encode(), "name")]
    assert [(each.id, each.headline) for each in found if each] == [("name#1", "Outer"), ("name#2", "Inner")]


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(
    mangled("harbour-two.newsml.xml", "harbour-embargoed.newsml.xml", "harbour-kill.newsml.xml")
    | reshaped("harbour-two.newsml.xml", "harbour-embargoed.newsml.xml", "harbour-kill.newsml.xml")
)
def test_any_bytes_give_pieces_or_a_refusal_and_nothing_else(data: bytes) -> None:
    read_as_pieces(data)

"""NewsML-G2 is read item by item; what holds no copy is named, and what may be embargoed is held."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from agents.ingest.wires.markup import read_xml
from streams.records import RawArticle

from .reading import articles, mangled, pieces, read_as_pieces, reshaped, unused


def test_an_item_is_read_with_its_fields() -> None:
    (article,) = articles("mine.g2.xml")
    assert article == RawArticle(
        id="urn:newsml:oreline.example:20260310:mine-3",
        source="Oreline",
        version=4,
        created=datetime(2026, 3, 10, 8, tzinfo=UTC),
        published=datetime(2026, 3, 10, 9, 30, tzinfo=UTC),
        headline="Rescuers reach miners at 312 metres",
        byline="Else Krag in Dorn",
        dateline="DORN, March 10",
        slug="DORN-MINE",
        take="correction",
        note="Corrects depth in paragraph 1",
        subjects=["mining", "shaft"],
        places=["Marovia", "Dorn"],
        evolved_from=["urn:newsml:oreline.example:20260309:mine-1"],
        urgency=2,
        language="en-GB",
        html="<div><p>Rescuers reached eleven miners at a depth of 312 metres.</p></div>",
    )


def test_other_forms_of_the_content_and_other_links_are_named() -> None:
    assert "inlineData 'text/plain': another form of what was read" in unused("mine.g2.xml")
    assert "remoteContent 'https://oreline.example/shaft.jpg'" in unused("mine.g2.xml")
    assert "link '1'" in unused("mine.g2.xml")


def test_a_message_gives_an_article_for_each_item_with_copy_and_a_reason_for_the_others() -> None:
    package, held, free, photo, codes = pieces("mine-message.g2.xml")
    assert [package.article, photo.article, codes.article] == [None, None, None]
    assert "refers to 2: 'tag:oreline.example,2026:held" in package.unused[-1]
    assert "is of class 'picture' and has no text" in photo.unused[-1]
    assert "knowledgeItem" in codes.unused[-1]
    assert held.article
    assert held.article.html == "<div><p>The owner <em>resigned</em>.</p></div>"
    assert free.article
    assert free.article.text == "The mine will close in May.\n\nIt employed 300."
    assert free.article.published == datetime(2026, 3, 10, 11, tzinfo=UTC)


def test_an_embargo_without_a_time_holds_and_one_with_a_time_waits() -> None:
    held, free = articles("mine-message.g2.xml")
    assert (held.status, held.embargoed_until) == ("withheld", None)
    assert (free.status, free.embargoed_until) == ("usable", datetime(2026, 3, 10, 12, tzinfo=UTC))


def test_a_kill_needs_no_copy_and_stays_a_kill_under_embargo() -> None:
    (kill,) = articles("mine-kill.g2.xml")
    assert (kill.id, kill.version, kill.status) == ("urn:newsml:oreline.example:20260310:mine-3", 5, "canceled")


def item(meta: str = "", described: str = "", content: str = "<inlineData>Copy.</inlineData>") -> RawArticle:
    source = f"""<newsItem guid="a"><itemMeta>{meta}</itemMeta><contentMeta>{described}</contentMeta>
    <contentSet>{content}</contentSet></newsItem>"""
    (piece,) = read_xml(source.encode(), "name")
    assert piece.article
    return piece.article


@pytest.mark.parametrize(
    ("meta", "status"),
    [
        ("", "usable"),
        ("<pubStatus qcode='stat:withheld'/>", "withheld"),
        ("<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/canceled'/>", "canceled"),
        ("<pubStatus qcode='stat:perhaps'/>", "withheld"),
        ("<embargoed>until noon</embargoed>", "withheld"),
        ("<edNote>Not for publication before noon</edNote>", "withheld"),
        ("<pubStatus qcode='stat:withheld'/><embargoed>2026-03-10T12:00:00Z</embargoed>", "withheld"),
    ],
)
def test_doubt_holds_an_item(meta: str, status: str) -> None:
    assert item(meta).status == status


def test_a_concept_goes_by_the_name_that_the_item_asserts_else_by_its_code() -> None:
    source = b"""<newsItem><itemMeta><provider qcode="nprov:ORE"/></itemMeta><contentMeta><headline>A</headline>
    <subject qcode="x:1"/><subject qcode="x:2"/></contentMeta><assert qcode="x:1"><name>mining</name></assert></newsItem>"""
    (piece,) = read_xml(source, "name")
    assert piece.article
    assert (piece.article.subjects, piece.article.source) == (["mining", "x:2"], "ORE")


def test_a_note_on_an_embargo_holds_no_longer_than_the_time_that_is_given_beside_it() -> None:
    article = item("<embargoed>2026-03-10T12:00:00Z</embargoed><edNote>STRICTLY EMBARGOED until noon</edNote>")
    assert (article.status, article.embargoed_until) == ("usable", datetime(2026, 3, 10, 12, tzinfo=UTC))


def test_a_story_within_can_hold_the_item_too() -> None:
    inside = "<inlineXML><nitf><head><docdata management-status='withheld'/></head><body/></nitf></inlineXML>"
    assert item("<pubStatus qcode='stat:usable'/>", "<headline>A</headline>", inside).status == "withheld"


def test_an_item_that_is_described_alone_has_its_description_as_copy() -> None:
    described = "<headline>Mine shut</headline><description>It closed.</description>"
    assert item(described=described, content="").text == "It closed."


def test_content_that_can_not_be_read_is_named() -> None:
    source = b"""<newsItem><contentMeta><headline>A</headline></contentMeta><contentSet>
    <inlineXML><events><event/></events></inlineXML>
    <inlineData encoding="encd:base64" contenttype="text/plain">Q29weQ==</inlineData></contentSet></newsItem>"""
    (piece,) = read_xml(source, "name")
    assert piece.unused == (
        "inlineXML '<events>': copy is read from NITF, XHTML and text",
        "inlineData 'text/plain': its encoding 'encd:base64' is not read",
    )


def test_a_message_without_items_says_so() -> None:
    (piece,) = read_xml(b"<newsMessage><header/><itemSet/></newsMessage>", "name")
    assert (piece.article, piece.unused) == (None, ("'name': the message has no items",))


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(
    mangled("mine.g2.xml", "mine-message.g2.xml", "mine-kill.g2.xml")
    | reshaped("mine.g2.xml", "mine-message.g2.xml", "mine-kill.g2.xml")
)
def test_any_bytes_give_pieces_or_a_refusal_and_nothing_else(data: bytes) -> None:
    read_as_pieces(data)

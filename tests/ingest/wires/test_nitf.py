"""NITF is read with its fields, its body in HTML, its captions apart; its embargoes and withdrawals are obeyed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from agents.ingest.wires.markup import read_xml
from streams.records import RawArticle

from .reading import articles, mangled, pieces, read_as_pieces, reshaped, unused


def test_a_story_is_read_with_its_fields() -> None:
    (article,) = articles("dam-first.nitf")
    assert article.html
    assert article == RawArticle(
        id="northwire-88-0041",
        source="Northwire",
        published=datetime(2026, 3, 10, 7, 15, tzinfo=UTC),
        headline="Dam at Velm cracks, valley is cleared",
        byline="By Tove Aske",
        dateline="OSTRAND, Marovia",
        slug="Velm-Dam",
        take="1st Ld-Writethru",
        note="Map to follow; Spelling of Halloran is right",
        subjects=["Flood", "06000000", "dam", "Water supply"],
        places=["Ostrand", "MRV", "Velm valley"],
        urgency=2,
        language="en-GB",
        html=article.html,
    )


def test_the_body_is_html_whose_captions_stand_apart_and_without_notes_to_editors() -> None:
    (article,) = articles("dam-first.nitf")
    assert "<p>Some 4,100 people left.</p>" in str(article.html)
    assert "the <span>Velm</span> dam on <span>Monday</span>, café owners" in str(article.html)
    assert "<figcaption>Water runs down the dam's face.</figcaption>" in str(article.html)
    assert "<td>Upper Velm</td>" in str(article.html)
    assert "Halloran" not in str(article.html)


def test_what_is_not_used_is_named() -> None:
    assert "date.expire '20260312T081500+0100'" in unused("dam-first.nitf")
    assert "abstract 'Nine villages below" in unused("dam-first.nitf")


def test_a_version_says_what_it_corrects_and_when_it_is_free() -> None:
    (article,) = articles("dam-embargoed.nitf")
    assert (article.version, article.take, article.slug) == (3, "part 2 of 3", "Velm-Dam")
    assert article.evolved_from == ["northwire-88-0041"]
    assert article.note == "Corrects the length of the crack in paragraph 1"
    assert article.embargoed_until == datetime(2026, 3, 11, 12, tzinfo=UTC)
    assert article.status == "usable"


def test_an_order_to_kill_another_story_withdraws_it() -> None:
    notice, killed = articles("dam-kill.nitf")
    assert (notice.id, notice.status) == ("northwire-88-0060", "usable")
    assert notice.text == "Northwire has withdrawn its story on the crack.\nA new one will follow."
    assert (killed.id, killed.status) == ("northwire-88-0057", "canceled")


def story(data: str = "", body: str = "<body.content><p>Copy.</p></body.content>") -> RawArticle:
    source = f"<nitf><head><docdata {data}</docdata></head><body>{body}</body></nitf>"
    (piece,) = read_xml(source.encode(), "name")
    assert piece.article
    return piece.article


ISSUED = '><date.issue norm="20260310T080000"/><date.release norm="{}"/>'


@pytest.mark.parametrize(
    ("release", "held"),
    [
        ("", False),  # by default a story is free when it's issued
        ("20260310T080000", False),
        ("20260310T070000", False),
        ("20260310T080001", True),
        ("20260310T080000+0100", False),
        ("Tuesday noon", True),
    ],
)
def test_a_release_after_the_issue_is_an_embargo(release: str, held: bool) -> None:
    article = story(ISSUED.format(release))
    assert (article.embargoed_until is not None or article.status == "withheld") == held


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ('management-status="withheld">', "withheld"),
        ('management-status="soon?">', "withheld"),
        ('management-status="embargoed">', "withheld"),
        ('management-status="canceled">', "canceled"),
        ('><ed-msg info="EMBARGOED until noon on Tuesday"/>', "withheld"),
        ('><ed-msg info="Embargo lifted"/>', "usable"),
        ('><urgency ed-urg="none"/>', "usable"),
    ],
)
def test_doubt_holds_a_story(data: str, status: str) -> None:
    assert story(data).status == status


def test_an_abstract_alone_is_the_copy_and_a_headline_alone_too() -> None:
    abstract = story(">", "<body.head><abstract><p>In short.</p></abstract></body.head>")
    assert abstract.html == "<div><p>In short.</p></div>"
    headline = story(">", "<body.head><hedline><hl1>Dam holds</hl1></hedline></body.head>")
    assert (headline.headline, headline.text) == ("Dam holds", "Dam holds")
    assert story(">").id == "name"


def test_a_story_without_headline_and_copy_is_none_and_says_so() -> None:
    (piece,) = read_xml(b"<nitf><head/><body/></nitf>", "empty.nitf")
    assert (piece.article, piece.unused) == (None, ("'empty.nitf' holds no headline and no copy; send one with it",))


def test_every_sample_gives_a_headline_or_a_body() -> None:
    assert all(piece.article for name in ("dam-first.nitf", "dam-embargoed.nitf") for piece in pieces(name))


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(
    mangled("dam-first.nitf", "dam-embargoed.nitf", "dam-kill.nitf")
    | reshaped("dam-first.nitf", "dam-embargoed.nitf", "dam-kill.nitf")
)
def test_any_bytes_give_pieces_or_a_refusal_and_nothing_else(data: bytes) -> None:
    read_as_pieces(data)

"""IPTC 7901: header, slug, headline and copy of each message, however its lines end."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agents.ingest.wires.draft import Piece
from agents.ingest.wires.iptc7901 import read_7901
from streams.records import RawArticle

from .mutations import few, mutated, survives

FERRY = (
    b"\r\n\r\n\x16\x16\x01hpw0042 2 i 58  hpw-eng 0117\r\n\r\nMarovia/Ferry/\r\n"
    b"\x02At least 40 dead as ferry capsizes=\r\n"
    b"Port Ellery (HPW) - At least 40 people died when a ferry\r\ncapsized off Cape Dorrow, the coast guard said.\r\n\r\n"
    b"The Saint Orla had 186 people on board.\r\n\r\nhpw it\r\n\x03\r\n091015 GMT Mar 26\r\n\r\n\n\n\x04"
)
GERMAN = (
    "\x01kdi014 4 pl 41 vvvvb KDI 100226-99-00065#2\nHafen/Fähre\n\x02Minister: Fähren bleiben zuständig=\n"
    "Von Ines Tolvar =\n   Kessrin (KDI) Der Minister hat sich\ngegen Überlegungen gewandt.\n"
    "   Am Dienstag will er mehr sagen.\n\x03100226 Mär 26\n\x04"
).encode("latin-1")
NOTES = (
    b"\x01hpw0043 5 s 20\r\n\r\n\x02Rowing/\r\n(With photo)\r\nTall crew wins\r\nsmall cup =\r\n\r\nThe tall won.\r\n\r\n"
    b"* * * *\r\nThe following information is not intended for publication\r\n- Editing by: Ada Quill\r\n\x03\x04"
)
TELEX = b"ZCZC HPA123\nFIRE OUT IN KESSRIN\n\nThe fire is out, the mayor said.\nNNNN\nZCZC HPA124\nSECOND\nNNNN\n"


def pieces(data: bytes) -> list[Piece]:
    return list(read_7901(data, "file"))


def article(data: bytes) -> RawArticle:
    (piece,) = pieces(data)
    assert piece.article
    return piece.article


def test_a_message_is_read_with_its_header_and_its_time() -> None:
    assert article(FERRY) == RawArticle(
        id="hpw0042-20260309T1015",
        source="HPW",
        published=datetime(2026, 3, 9, 10, 15, tzinfo=UTC),
        headline="At least 40 dead as ferry capsizes",
        slug="Marovia/Ferry",
        subjects=["i"],
        urgency=2,
        text="Port Ellery (HPW) - At least 40 people died when a ferry\ncapsized off Cape Dorrow, the coast guard said.\n\n"
        "The Saint Orla had 186 people on board.\n\nhpw it",
    )


def test_indented_lines_begin_paragraphs_and_old_letters_are_read() -> None:
    found = article(GERMAN)
    assert (found.id, found.slug) == ("kdi014-20260310T0226", "Hafen/Fähre")
    assert (found.headline, found.byline) == ("Minister: Fähren bleiben zuständig", "Von Ines Tolvar")
    assert found.text == (
        "Kessrin (KDI) Der Minister hat sich\ngegen Überlegungen gewandt.\n\nAm Dienstag will er mehr sagen."
    )


def test_what_is_for_editors_alone_is_no_copy() -> None:
    found = article(NOTES)
    assert (found.slug, found.headline, found.text) == ("Rowing", "Tall crew wins small cup", "The tall won.")
    assert found.note == "(With photo); - Editing by: Ada Quill"


def test_a_remark_that_may_be_an_embargo_holds_the_article() -> None:
    (piece,) = pieces(NOTES.replace(b"(With photo)", b"(Embargoed until Tuesday)"))
    assert piece.article
    assert piece.article.status == "withheld"
    assert "held" in piece.unused[0]


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\r\n", b"\n\r"])
def test_every_way_to_end_a_line_gives_the_same_article(end: bytes) -> None:
    assert article(FERRY.replace(b"\r\n", end)) == article(FERRY)


def test_several_messages_in_a_stream_are_several_articles() -> None:
    found = [piece.article for piece in pieces(FERRY + b"\r\n" + GERMAN + NOTES)]
    assert [each.id for each in found if each][:2] == ["hpw0042-20260309T1015", "kdi014-20260310T0226"]
    assert len(found) == 3


def test_a_telegram_between_zczc_and_nnnn_is_a_message() -> None:
    first, second = [piece.article for piece in pieces(TELEX)]
    assert first
    assert second
    assert first.text == "FIRE OUT IN KESSRIN\n\nThe fire is out, the mayor said."
    assert (first.id[:6], second.text) == ("hpa123", "SECOND")


def test_a_message_that_breaks_off_is_read_and_says_so() -> None:
    (piece,) = pieces(FERRY[: FERRY.index(b"The Saint")])
    assert piece.article
    assert "coast guard said" in (piece.article.text or "")
    assert "breaks off" in piece.unused[0]


def test_a_message_without_a_number_goes_by_the_name_it_came_under() -> None:
    found = [piece.article for piece in pieces(b"\x01??\x02One\x03\x04\x01??\x02Two\x03\x04")]
    assert [each.id for each in found if each] == ["file", "file#2"]


def test_a_header_alone_is_no_article() -> None:
    (piece,) = pieces(b"\x01hpw0042 2 i 58\r\n\x04")
    assert piece.article is None
    assert "no text" in piece.unused[0]


@few
@given(mutated(FERRY, GERMAN, NOTES, TELEX) | some.binary(max_size=200).map(lambda data: b"\x01" + data))
def test_any_bytes_give_pieces_or_a_refusal(data: bytes) -> None:
    survives(read_7901, data)

"""ANPA 1312: header, slug, headline, notes and copy, without what set the type."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agents.ingest.wires.anpa import read_anpa
from agents.ingest.wires.draft import Piece
from streams.records import RawArticle

from .mutations import few, mutated, survives

FERRY = (
    b"\x16\x16\x01a0042\x1fasian\r\nu i\x13\x11 BC-MRV--Ferry 1stLd-Writethru 03-09 0062\r\n"
    b"\x02^BC-MRV--Ferry Capsizes, 1st Ld-Writethru,62<\r\n^Ferry capsizes off Cape Dorrow, 40 dead<\r\n"
    b"^Eds: Updates with toll of 40. With WP Photos.<\r\n^By INES TOLVAR=\r\n^Wirepool=\r\n"
    b"\t   PORT ELLERY, Marovia (WP) _ At least 40 people died, the \r\ncoast guard said.\r\n"
    b"\t   ``It was the chains,'' a diver said. \r\n\r\n\t   WP-WF-03-09-26 1015GMT<\r\n\x03\r\n\x04"
)
PRESS = (
    b"\x16\x16\x01B1488\x1fcpstf\nr b\x13\x11 Harbour-Fees 7thWritethru TB06 09-03 588\n"
    b"\x02^Harbour-Fees, 7th Writethru@<\n^INDEX: Economy@<\n^HL:Harbour fees rise by a fifth@<\n^By Ada Quill@<\n"
    b"^THE KESSRIN PRESS@<\n\t   KESSRIN _ Fees will rise by a fifth.<\n\x03\n16:35EST 09-03-26\n\x04"
)
TABLE = b"\x16\x16\x01s0007\x1f-----\r\nd s\x14\x12 RWG--Results 03-09\r\n\x02^RWG--Results,9<\r\n^Rowing results<\r\nTall   1  6:01\r\nSmall  2  6:09\r\n\x03\r\n\x04"


def pieces(data: bytes) -> list[Piece]:
    return list(read_anpa(data, "file"))


def article(data: bytes) -> RawArticle:
    (piece,) = pieces(data)
    assert piece.article
    return piece.article


def test_a_story_is_read_with_its_header_and_what_stands_over_it() -> None:
    assert article(FERRY) == RawArticle(
        id="a0042-20260309T1015",
        source="WP",
        published=datetime(2026, 3, 9, 10, 15, tzinfo=UTC),
        headline="Ferry capsizes off Cape Dorrow, 40 dead",
        byline="By INES TOLVAR",
        slug="BC-MRV--Ferry Capsizes",
        take="1st Ld-Writethru",
        note="Eds: Updates with toll of 40. With WP Photos.",
        subjects=["i"],
        urgency=3,
        text="PORT ELLERY, Marovia (WP) — At least 40 people died, the\ncoast guard said.\n\n“It was the chains,” a diver said.",
    )


def test_labelled_lines_and_another_way_to_write_the_time_are_read() -> None:
    (piece,) = pieces(PRESS)
    found = piece.article
    assert found
    assert (found.headline, found.byline, found.take) == (
        "Harbour fees rise by a fifth",
        "By Ada Quill",
        "7th Writethru",
    )
    assert found.published == datetime(2026, 3, 9, 21, 35, tzinfo=UTC)
    assert found.text == "KESSRIN — Fees will rise by a fifth."
    assert found.urgency == 4
    assert "TB06" in piece.unused[0]


def test_a_table_keeps_its_lines() -> None:
    found = article(TABLE)
    assert (found.headline, found.slug, found.urgency) == ("Rowing results", "RWG--Results", 5)
    assert found.text == "Tall   1  6:01\nSmall  2  6:09"


def test_stories_in_a_stream_are_several_articles() -> None:
    found = [piece.article for piece in pieces(FERRY + PRESS + TABLE)]
    assert [each.headline for each in found if each] == [
        "Ferry capsizes off Cape Dorrow, 40 dead",
        "Harbour fees rise by a fifth",
        "Rowing results",
    ]


def test_lines_over_no_copy_are_the_copy() -> None:
    found = article(FERRY[: FERRY.index(b"^Eds")] + b"^The ferry sank in ten minutes off the cape.<\r\n\x03\x04")
    assert found.text == "The ferry sank in ten minutes off the cape."


def test_an_unknown_priority_and_a_header_that_can_not_be_read_are_named() -> None:
    (odd,) = pieces(FERRY.replace(b"\r\nu i", b"\r\nq i"))
    assert "priority 'q'" in odd.unused[0]
    (broken,) = pieces(FERRY.replace(b"\r\nu i", b"\r\n??"))
    assert "header" in broken.unused[0]
    assert broken.article
    assert broken.article.headline


def test_a_note_that_may_be_an_embargo_holds_the_article() -> None:
    assert article(FERRY.replace(b"^Eds: Updates", b"^Eds: HOLD FOR release Sunday. Updates")).status == "withheld"


@pytest.mark.parametrize("moment", [b"03-09-26 2515GMT", b"02-30-26 1015GMT", b"03-09-26 1015XYZ"])
def test_a_time_that_is_none_is_not_used(moment: bytes) -> None:
    found = article(FERRY.replace(b"03-09-26 1015GMT", moment))
    assert found.published is None
    assert found.id.startswith("a0042-")


@few
@given(mutated(FERRY, PRESS, TABLE) | some.binary(max_size=200).map(lambda data: b"\x16\x16\x01" + data))
def test_any_bytes_give_pieces_or_a_refusal(data: bytes) -> None:
    survives(read_anpa, data)

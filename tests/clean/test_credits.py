"""Bylines, datelines and sign-offs."""

import pytest

from agents.clean.credits import bare_byline, is_sign_off, read_byline, read_dateline, split_dateline, strip_sign_off
from agents.clean.lines import measure

from .samples import LEAD


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By JANE ROE", "JANE ROE"),
        ("By Staff", "Staff"),
        ("By Courier staff and agencies", "Courier staff and agencies"),
        ("By Jane Roe and Tom Hale", "Jane Roe and Tom Hale"),
        ("By Dr. A. Roe Jr.", "Dr. A. Roe Jr."),
        ("By Jane Roe, Reuters", "Jane Roe, Reuters"),
        ("Von Jens Müller", "Jens Müller"),
        ("Jane Roe, Staff Writer", "Jane Roe, Staff Writer"),
    ],
)
def test_a_byline_is_read(text: str, name: str) -> None:
    byline = read_byline(measure(text, 0))
    assert byline is not None
    assert (byline.name, byline.stamp) == (name, None)


def test_a_date_on_the_bylines_line_is_read() -> None:
    for text in ("By JANE ROE Published: MARCH 3, 2026 23:56", "By JANE ROE | March 3, 2026 23:56"):
        byline = read_byline(measure(text, 0))
        assert byline is not None
        assert byline.name == "JANE ROE"
        assert str(byline.stamp and byline.stamp.moment) == "2026-03-03 23:56:00+00:00"


@pytest.mark.parametrize(
    "text", ["By Tuesday, 40 had died.", "By the time he left, it was over", "By 2020", "By", LEAD]
)
def test_a_sentence_that_begins_like_a_byline_is_none(text: str) -> None:
    assert read_byline(measure(text, 0)) is None


def test_a_byline_field_loses_its_by() -> None:
    assert bare_byline("By Jane Roe") == "Jane Roe"
    assert bare_byline("Byron Roe") == "Byron Roe"


@pytest.mark.parametrize(
    "dateline",
    [
        "LONDON, March 3 (Reuters) -",
        "London (Reuters) -",
        "WASHINGTON (AP) —",
        "(Agencies) —",
        "BUENOS AIRES –",
        "KYIV, Ukraine (AP) —",
        "NEW YORK, Jan. 5, 2011 /PRNewswire/ --",
        "LOS ANGELES, Calif., Oct 3 --",
        "ATLANTA (CNN) --",
    ],
)
def test_a_dateline_is_taken_off(dateline: str) -> None:
    place = dateline.rstrip(" -–—")
    assert split_dateline(f"{dateline} {LEAD}") == (place, LEAD)


@pytest.mark.parametrize(
    "text",
    [
        "U.S. - led forces said that they had left",
        "NATO - Russia talks resumed",
        "He (Roe) — the mayor — said",
        "OIL PRICES ROSE — TRADERS SAID ON TUESDAY IN A SURVEY OF THE MARKET",
        "UPDATE 1 - The man",
        LEAD,
    ],
)
def test_a_dash_in_a_sentence_makes_no_dateline(text: str) -> None:
    assert split_dateline(text) == (None, text)


def test_a_line_that_is_a_dateline_gives_its_date() -> None:
    line = read_dateline("WASHINGTON, DC, May 4, 2011")
    assert line is not None
    assert str(line.moment) == "2011-05-04 00:00:00+00:00"
    assert read_dateline("(Agencies) —") == ("(Agencies)", None)
    assert read_dateline("The man, May 4, 2011") is None


@pytest.mark.parametrize(
    "text",
    [
        "(Reporting by Jane Roe; Editing by Tom Hale)",
        "Additional reporting by Jane Roe in Kyiv",
        "The Associated Press contributed to this report.",
        "To contact the reporter on this story: Jane Roe",
    ],
)
def test_a_sign_off_is_known(text: str) -> None:
    assert is_sign_off(measure(text, 0))
    assert not is_sign_off(measure(LEAD, 0))


def test_a_sign_off_in_brackets_is_taken_off_a_paragraph() -> None:
    assert strip_sign_off(f"{LEAD} (Reporting by Jane Roe; Editing by Tom Hale)") == LEAD
    assert strip_sign_off(f"{LEAD} (He did not say more.)") == f"{LEAD} (He did not say more.)"

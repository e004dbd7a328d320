"""Notices that hold copy back, and copy that only looks like one."""

from datetime import UTC, datetime

import pytest

from agents.clean.article import clean
from agents.clean.notices import held_words
from streams.records import CleanArticle, RawArticle

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
COPY = """MARROW, March 2 (Wirepool) - The central bank of Oland sees growth of 2 percent this year, it said in a report.

Its governor, Pia Kron, told reporters that rates would stay where they are until autumn."""


def cleaned(text: str, **fields: object) -> CleanArticle:
    return clean(RawArticle(id="bank", text=text, **fields), NOON)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("EMBARGOED UNTIL 0001 GMT TUESDAY", "0001 GMT TUESDAY"),
        ("Embargoed: 0001 GMT Tuesday", "0001 GMT Tuesday"),
        ("*** STRICTLY EMBARGOED UNTIL 00.01 ***", "00.01 ***"),
        ("UNDER EMBARGO UNTIL 6 p.m.", "6 p.m."),
        ("Eds: Not for publication before 6 p.m. EST", "6 p.m. EST"),
        ("NOT TO BE USED OR BROADCAST UNTIL NOON", "NOON"),
        ("HOLD FOR RELEASE 6 a.m. EST Sunday", "6 a.m. EST Sunday"),
        ("For release at 1400", "1400"),
        ("EMBARGOED", ""),
        ("EMBARGOED - Bank sees growth", "Bank sees growth"),
        ("Embargo: 1400 GMT", "1400 GMT"),
        ("HOLD", ""),
    ],
)
def test_a_notice_is_known_with_the_words_for_its_time(line: str, words: str) -> None:
    assert held_words(line) == words


@pytest.mark.parametrize(
    "line",
    [
        "Embargoed goods worth 40 million crowns were seized in Marrow.",
        "The embargo was lifted until Tuesday.",
        "Hold the front page, he said.",
        "FOR IMMEDIATE RELEASE",
        "For use in kitchens the law sets other limits.",
        "The film is for release in autumn.",
        "Embargo - what next for Oland?",
        "Embargoed: the ships that Oland keeps",
        "Embargo to end in March, minister says",
        "Not for sale until 2030",
        "For release on video soon",
        "Not for the first time before an election, taxes fell.",
    ],
)
def test_copy_about_such_things_is_no_notice(line: str) -> None:
    assert held_words(line) is None


def test_an_embargo_in_words_holds_the_copy_until_then_and_is_no_part_of_it() -> None:
    article = cleaned(f"EMBARGOED UNTIL 0001 GMT TUESDAY\n\n{COPY}")
    assert article.embargoed_until == datetime(2026, 3, 3, 0, 1, tzinfo=UTC)
    assert (article.status, article.notice) == ("usable", "EMBARGOED UNTIL 0001 GMT TUESDAY")
    assert article.paragraphs == cleaned(COPY).paragraphs
    assert article.dateline == "MARROW, March 2 (Wirepool)"


def test_a_time_that_can_not_be_read_keeps_the_copy_held() -> None:
    article = cleaned(f"Hold for release until the minister has spoken.\n\n{COPY}")
    assert (article.status, article.embargoed_until) == ("withheld", None)
    assert article.notice == "Hold for release until the minister has spoken."


def test_a_notice_in_the_headline_holds_the_copy_too() -> None:
    assert cleaned(COPY, headline="EMBARGOED - Bank sees growth").status == "withheld"


def test_the_field_wins_over_the_words() -> None:
    until = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
    article = cleaned(f"EMBARGOED UNTIL THE SPEECH\n\n{COPY}", embargoed_until=until)
    assert (article.status, article.embargoed_until) == ("usable", until)


def test_a_kill_under_a_notice_stays_a_kill() -> None:
    assert cleaned(f"EMBARGOED UNTIL THE SPEECH\n\n{COPY}", status="canceled").status == "canceled"

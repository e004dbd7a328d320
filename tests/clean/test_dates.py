"""Lines that say when a page was published."""

from datetime import UTC, datetime

import pytest

from agents.clean.dates import read_moment, read_stamp, split_glued, split_leading


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Published: MARCH 3, 2026 23:56", "2026-03-03 23:56"),
        ("Mar 3, 2026 - World", "2026-03-03 00:00"),
        ("date 2022-03-12", "2022-03-12 00:00"),
        ("May 4, 2011 at 6:42 AM ET", "2011-05-04 10:42"),
        ("January 4, 2011 at 6:42 AM ET", "2011-01-04 11:42"),
        ("Posted: Sep 5, 2011 10: 20AM CDT", "2011-09-05 15:20"),
        ("7 September 2011 - 20: 15", "2011-09-07 20:15"),
        ("Tue 3 Mar 2026 14.02 GMT", "2026-03-03 14:02"),
        ("12.03.2022 14:30", "2022-03-12 14:30"),
        ("27/09/2013", "2013-09-27 00:00"),
        ("09/27/2013", "2013-09-27 00:00"),
        ("2022-03-12T10:00:00+02:00", "2022-03-12 08:00"),
        ("6 September 2011, 10:00 (GMT+03:00)", "2011-09-06 13:00"),
        ("Jan 1, 2020", "2020-01-01 00:00"),
    ],
)
def test_a_date_line_is_read(text: str, moment: str) -> None:
    stamp = read_stamp(text)
    assert stamp is not None
    assert stamp.moment == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2013",
        "March 2013",
        "Revenue 2013",
        "1986 1987 1988",
        "1986 12 10",
        "In March 2013 it rained",
        "March 45, 2022",
        "x" * 200,
    ],
)
def test_other_lines_are_no_date(text: str) -> None:
    assert read_stamp(text) is None


def test_a_date_with_two_readings_is_a_date_line_without_a_moment() -> None:
    assert read_stamp("03/04/2022 10:15") == (None, False)


def test_a_later_edit_is_told_from_publication() -> None:
    edit = read_stamp("Last updated on March 3, 2026")
    first = read_stamp("First published: March 3, 2026")
    assert edit is not None
    assert first is not None
    assert (edit.newer, first.newer) == (True, False)


@pytest.mark.parametrize("text", ["", "junk", "9999-12-31T23:59:59-05:00", "0000-00-00", "99999999999999999999"])
def test_what_is_no_moment_gives_none(text: str) -> None:
    assert read_moment(text) is None


def test_a_date_glued_before_a_text_is_split_off() -> None:
    assert split_glued(" date 2022-03-12 The ship sank.") == (datetime(2022, 3, 12, tzinfo=UTC), "The ship sank.")
    assert split_glued("Published 2022-01-01T10:20 - Ships") == (datetime(2022, 1, 1, 10, 20, tzinfo=UTC), "Ships")
    assert split_glued("date 2022-13-45 Ships") == (None, "Ships")
    assert split_glued("Date palms were planted.") == (None, "Date palms were planted.")


def test_a_date_before_a_sentence_is_split_off() -> None:
    stamp, rest = split_leading("Published on Friday, 9 September 2011 The ship sank.")
    assert stamp is not None
    assert rest == "The ship sank."
    assert split_leading("May 4, 2011 marked a day") == (None, "May 4, 2011 marked a day")
    assert split_leading("First lady May said so") == (None, "First lady May said so")

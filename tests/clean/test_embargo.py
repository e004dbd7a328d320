"""What the words of an embargo mean, as copy sent on Monday 2 March 2026 at noon in London means them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from agents.clean.embargo import read_embargo

MONDAY_NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("0001 GMT Tuesday", "2026-03-03T00:01"),
        ("0001 GMT TUESDAY MARCH 3", "2026-03-03T00:01"),
        ("00.01 on Tuesday 3 March 2026", "2026-03-03T00:01"),
        ("6 a.m. EST, Sunday March 8", "2026-03-08T11:00"),
        ("6:30 p.m. ET Sunday", "2026-03-08T22:30"),  # New York has summer time from that day on
        ("14:00 BST, 3 April", "2026-04-03T13:00"),
        ("1400 Monday", "2026-03-02T14:00"),
        ("2026-03-05T06:00Z", "2026-03-05T06:00"),
        ("2026-03-05 06:00 +01:00", "2026-03-05T05:00"),
        ("noon tomorrow", "2026-03-03T12:00"),
        ("midnight tonight", "2026-03-03T00:00"),
        ("2400 GMT Wednesday", "2026-03-05T00:00"),
        ("March 8", "2026-03-08T00:01"),
        ("the 5th of April, 9am", "2026-04-05T09:00"),
        ("Jan. 2, 2027, 12 a.m.", "2027-01-02T00:00"),
    ],
)
def test_a_time_in_words_is_read(words: str, moment: str) -> None:
    assert read_embargo(words, MONDAY_NOON) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_a_time_without_a_day_is_the_next_to_come() -> None:
    assert read_embargo("0001 GMT", MONDAY_NOON) == datetime(2026, 3, 3, 0, 1, tzinfo=UTC)


def test_a_time_just_past_is_past() -> None:
    assert read_embargo("11:30 GMT", MONDAY_NOON) == datetime(2026, 3, 2, 11, 30, tzinfo=UTC)


def test_a_date_without_a_year_is_the_nearest() -> None:
    new_years_eve = datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert read_embargo("0900 January 2", new_years_eve) == datetime(2027, 1, 2, 9, tzinfo=UTC)


def test_without_a_zone_the_senders_holds() -> None:
    sent = MONDAY_NOON.astimezone(timezone(timedelta(hours=-5)))
    assert read_embargo("6 p.m. Sunday", sent) == datetime(2026, 3, 8, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "further notice",
        "the end of the speech",
        "03/04/2026",
        "31 April, 0900",
        "13 p.m.",
        "the minister has spoken",
    ],
)
def test_what_names_no_time_for_sure_is_not_guessed(words: str) -> None:
    assert read_embargo(words, MONDAY_NOON) is None

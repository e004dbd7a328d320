"""Times are read as agencies write them, and not guessed."""

from datetime import UTC, datetime

import pytest

from agents.ingest.wires.moments import LAST_ZONE, names_a_zone, read_moment


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-10T08:15:00+01:00",
        "20260310T081500+0100",
        "20260310T071500Z",
        "2026-03-10T07:15Z",
        "Tue, 10 Mar 2026 08:15:00 +0100",
    ],
)
def test_one_moment_is_read_in_every_way_to_write_it(text: str) -> None:
    assert read_moment(text) == datetime(2026, 3, 10, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "Tuesday", "2026-13-10T08:15:00Z", "2026-03-10T25:00:00Z", "9999-12-31T24:00Z"])
def test_what_is_no_time_gives_none(text: str) -> None:
    assert read_moment(text) is None


def test_a_time_without_a_zone_counts_where_it_is_told_to() -> None:
    assert not names_a_zone("2026-03-10T08:15:00")
    assert read_moment("2026-03-10T08:15:00", LAST_ZONE) == datetime(2026, 3, 10, 20, 15, tzinfo=UTC)

"""Times as people type them."""

from datetime import UTC, datetime, timedelta

import click
import pytest

from agents.commands.moments import Moment


def moment(text: str) -> datetime:
    return Moment().convert(text, None, None)


def test_a_moment_with_a_zone_is_that_moment_and_one_without_is_local() -> None:
    assert moment("2026-01-31T18:05+01:00") == datetime(2026, 1, 31, 17, 5, tzinfo=UTC)
    assert moment("2026-01-31") == datetime(2026, 1, 31).astimezone()


def test_a_time_alone_is_of_today() -> None:
    assert f"{moment('08:05'):%H:%M}" == "08:05"
    assert moment("08:05").date() == datetime.now().astimezone().date()


@pytest.mark.parametrize(("text", "ago"), [("90s", 90), ("5m", 300), ("2h", 7200), ("1d", 86400)])
def test_so_long_ago(text: str, ago: int) -> None:
    before, found, after = datetime.now(UTC), moment(text) + timedelta(seconds=ago), datetime.now(UTC)
    assert before <= found <= after


@pytest.mark.parametrize("text", ["yesterday", "25:00", "2026-13-01", "5", "h", "-5m", "999999d"])
def test_what_is_no_time_is_refused_with_what_would_be(text: str) -> None:
    with pytest.raises(click.BadParameter, match="write 08:00, 2h"):
        moment(text)

"""A feed's pace: its own, what its server asks for, and back-off."""

from email.utils import formatdate

import msgspec
import pytest

from agents.ingest.feeds.feed import State
from agents.ingest.feeds.pace import Pace, hint, usual, wait
from streams.waits import retry_after

NOW = 1_790_000_000.0
HOUR = 3600.0
PACE = Pace()


def every(gap: float, count: int = 40, until: float = NOW) -> State:
    """A feed that brought something every so many seconds until then."""
    return State(arrivals=tuple(until - gap * (count - number) for number in range(count)))


def test_a_feed_is_asked_several_times_in_the_time_between_two_arrivals() -> None:
    assert wait(every(HOUR), NOW, 0.0, PACE) == pytest.approx(HOUR / 4)


def test_a_busier_feed_is_asked_more_often_within_bounds() -> None:
    waits = [wait(every(gap), NOW, 0.0, PACE) for gap in (1.0, 600.0, HOUR, 5 * HOUR, 500 * HOUR)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (PACE.shortest, PACE.longest)


def test_a_feed_that_falls_silent_is_asked_less_and_less() -> None:
    state = every(600.0)
    assert usual(state, NOW + 10 * HOUR, PACE) > 2 * usual(state, NOW, PACE)


def test_a_feed_of_which_nothing_is_known_is_asked_at_a_middling_pace() -> None:
    assert wait(State(), NOW, 0.0, PACE) == PACE.unknown


def test_what_the_server_asks_for_goes_before_the_feeds_own_pace_up_to_a_bound() -> None:
    busy = every(60.0)
    assert wait(msgspec.structs.replace(busy, hint=HOUR), NOW, 0.0, PACE) == HOUR
    assert wait(msgspec.structs.replace(busy, hint=365 * 24 * HOUR), NOW, 0.0, PACE) == PACE.longest


def test_each_failure_doubles_the_wait_up_to_a_bound() -> None:
    waits = [wait(msgspec.structs.replace(every(240.0), failures=count), NOW, 0.0, PACE) for count in range(12)]
    assert waits[:4] == pytest.approx([60.0, 120.0, 240.0, 480.0], rel=0.05)
    assert waits[-1] == PACE.longest


def test_a_refusal_that_names_a_time_is_kept_to_up_to_a_day() -> None:
    assert wait(State(failures=1), NOW, 0.0, PACE, asked=5 * HOUR) == 5 * HOUR
    assert wait(State(failures=1), NOW, 0.0, PACE, asked=400 * HOUR) == PACE.refused


def test_chance_only_makes_it_later_so_that_nothing_asked_for_is_undercut() -> None:
    state = msgspec.structs.replace(every(60.0), hint=HOUR)
    waits = [wait(state, NOW, chance, PACE) for chance in (0.0, 0.5, 1.0)]
    assert waits == pytest.approx([HOUR, 1.05 * HOUR, 1.1 * HOUR])


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=600"}, 600),
        ({"Cache-Control": "max-age=600", "Age": "200"}, 400),
        ({"Cache-Control": "max-age=600", "Expires": formatdate(NOW + 60)}, 600),
        ({"Cache-Control": "no-cache, max-age=600"}, 0),
        ({"Cache-Control": "s-maxage=600"}, 0),
        ({"Cache-Control": "max-age=often"}, 0),
        ({"Expires": formatdate(NOW + 60, usegmt=True)}, 60),
        ({"Expires": formatdate(NOW - 60, usegmt=True)}, 0),
        ({"Expires": "-1"}, 0),
        ({}, 0),
    ],
)
def test_freshness_is_read_from_the_headers(headers: dict[str, str], seconds: float) -> None:
    assert hint(headers, b"", NOW) == seconds


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("<ttl>30</ttl>", 1800),
        ("<ttl> 5 </ttl>", 300),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 86400),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", 0),
        ("<item><description>&lt;ttl>30</ttl></description></item><ttl>30</ttl>", 0),
        ("", 0),
    ],
)
def test_a_channel_says_how_often_it_wants_to_be_asked(head: str, seconds: float) -> None:
    assert hint({}, f"<rss><channel>{head}".encode(), NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (formatdate(NOW + 90, usegmt=True), 90),
        (formatdate(NOW - 90, usegmt=True), 0),
        ("soon", 0),
        ("", 0),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float) -> None:
    assert retry_after({"Retry-After": value}, NOW) == seconds

"""A webhook that fails is tried for hours, further and further apart, as its receiver asks."""

import time
from email.utils import formatdate
from itertools import count, takewhile

import pytest

from agents.deliver.patience import WAITS, Answer, pause, retry_after, wait

DOWN = Answer(503)


def test_attempts_come_further_and_further_apart_over_hours_and_end() -> None:
    waits = [each for each in takewhile(lambda each: each is not None, (wait(n, DOWN, 0.0) for n in count(1))) if each]
    assert waits == sorted(waits)
    assert waits == list(WAITS)
    assert 12 * 3600 < sum(waits) < 24 * 3600


def test_chance_spreads_attempts_and_never_hastens_them() -> None:
    assert wait(3, DOWN, 0.0) == WAITS[2]
    assert WAITS[2] < (wait(3, DOWN, 1.0) or 0.0) <= 1.5 * WAITS[2]


def test_a_receiver_is_waited_for_as_long_as_it_asks_up_to_a_day() -> None:
    assert wait(1, Answer(429, asked=900.0), 0.0) == 900.0
    assert wait(1, Answer(429, asked=1e9), 0.0) == 86400.0
    assert wait(5, Answer(429, asked=1.0), 0.0) == WAITS[4]


@pytest.mark.parametrize("status", [0, 302, 408, 429, 500, 503])
def test_a_receiver_that_is_unwell_is_left_alone_for_a_while(status: int) -> None:
    assert pause(5.0, Answer(status)) == 5.0
    assert pause(7200.0, Answer(status)) == 60.0
    assert pause(5.0, Answer(status, asked=600.0)) == 600.0


@pytest.mark.parametrize("status", [400, 401, 404, 413, 422])
def test_an_alert_that_a_receiver_does_not_like_keeps_no_other_back(status: int) -> None:
    assert pause(5.0, Answer(status)) == 0.0


def test_retry_after_is_in_seconds_or_a_date() -> None:
    assert retry_after({"Retry-After": "120"}) == 120.0
    assert 100 < retry_after({"Retry-After": formatdate(time.time() + 120, usegmt=True)}) <= 120
    assert [retry_after({"Retry-After": each}) for each in ("", "soon", "-5", "Wed, 21 Oct 2015 07:28:00 GMT")] == [
        0.0
    ] * 4

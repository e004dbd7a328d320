"""Notices: a source that falls silent against its own habit, one that fails, one that only repeats."""

from agents.ingest.feeds.feed import State, Tally, brought, failed
from agents.ingest.feeds.habits import notices, since

HOUR, DAY = 3600.0, 86400.0
MONDAY = 20_003 * DAY  # midnight UTC


def office(days: int, gap: float = HOUR) -> State:
    """A feed that brings something from 8 to 20 on working days, polled after each."""
    state = State()
    for day in range(days):
        if day % 7 < 5:
            for step in range(int(12 * HOUR / gap)):
                now = MONDAY + day * DAY + 8 * HOUR + step * gap
                state = brought(state, [now], now)
    return state


def kinds(state: State, now: float, tally: Tally = Tally()) -> set[str]:  # noqa: B008 - frozen
    return set(notices(state, tally, now))


def test_nights_and_weekends_are_no_silence_once_they_are_known() -> None:
    state = office(26)  # ends on a Friday
    for hours in range(0, 60, 6):
        assert kinds(state, state.arrivals[-1] + hours * HOUR) == set()


def test_silence_that_is_longer_than_any_before_is_noticed() -> None:
    state = office(26)
    assert kinds(state, state.arrivals[-1] + 6 * DAY) == {"silent"}


def test_a_feed_so_busy_that_its_last_arrivals_span_an_hour_keeps_its_nights_in_mind() -> None:
    state = office(26, gap=60.0)
    assert state.arrivals[-1] - state.arrivals[0] < 2 * HOUR
    assert kinds(state, state.arrivals[-1] + 13 * HOUR) == set()


def test_before_weekends_are_known_one_may_lie_ahead() -> None:
    state = office(5)
    assert kinds(state, state.arrivals[-1] + 2.6 * DAY) == set()
    assert kinds(state, state.arrivals[-1] + 3.5 * DAY) == {"silent"}


def test_a_feed_that_brought_little_has_no_habit_to_break() -> None:
    state = State()
    for day in range(3):
        state = brought(state, [MONDAY + day * DAY], MONDAY + day * DAY)
    assert kinds(state, MONDAY + 60 * DAY) == set()


def test_what_a_feed_did_before_four_weeks_ago_is_forgotten() -> None:
    state = office(5)
    later = MONDAY + 60 * DAY
    for step in range(200):
        state = brought(state, [later + step * HOUR], later + step * HOUR)
    assert kinds(state, later + 300 * HOUR) == {"silent"}
    assert len(state.gaps) <= 29


def test_new_copy_ends_the_silence_and_one_silence_makes_no_habit() -> None:
    state = office(26)
    later = state.arrivals[-1] + 6 * DAY
    state = brought(state, [later], later)
    assert kinds(state, later) == set()
    assert kinds(state, later + 6 * DAY) == {"silent"}


def test_five_failures_in_a_row_are_noticed_and_one_success_ends_it() -> None:
    state = State()
    for step in range(5):
        assert kinds(state, MONDAY) == set()
        state = failed(state, "503 Service Unavailable", MONDAY + step)
    assert "503" in notices(state, Tally(), MONDAY)["failing"]
    assert kinds(brought(state, [], MONDAY), MONDAY) == set()


def test_a_source_that_only_repeats_is_noticed() -> None:
    assert kinds(State(), MONDAY, Tally(told=200, repeats=190, run=3)) == set()
    assert kinds(State(), MONDAY, Tally(told=200, repeats=190, run=30)) == {"repeats"}


def test_a_notice_keeps_the_time_when_it_was_raised() -> None:
    state = State(notices={"silent": 5.0})
    assert since(state, {"silent": "for 3 days", "repeats": "all of them"}, 9.0) == {"silent": 5.0, "repeats": 9.0}

"""Who may look and who may write: nobody without a token but this machine."""

from collections.abc import Callable
from typing import Any

import pytest

from streams.guard import SIGNED_IN, Asked, Guard, guard
from streams.problems import Problem
from streams.settings import Settings

NOW = 1_790_000_000.0
HERE = "127.0.0.1:6066"
OPEN = guard(Settings())
READING = guard(Settings(read_token="look"))
BOTH = guard(Settings(read_token="look", push_token="write", web_host="0.0.0.0"))


def reading(guarding: Guard, after: float = 0.0, **said: Any) -> int:
    return _status(guarding.check_reading, after, said)


def writing(guarding: Guard, after: float = 0.0, **said: Any) -> int:
    return _status(guarding.check_writing, after, said)


def _status(check: Callable[[Asked, float], None], after: float, said: dict[str, str]) -> int:
    try:
        check(Asked(**({"host": HERE} | said)), NOW + after)
    except Problem as problem:
        return problem.status
    return 200


def test_without_a_token_this_machine_looks_and_writes() -> None:
    assert (reading(OPEN), writing(OPEN)) == (200, 200)
    assert writing(OPEN, host="localhost:6066", origin="http://localhost:6066") == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "desk.example"])
def test_without_a_token_a_port_open_to_others_shows_nothing_and_names_the_setting(host: str) -> None:
    with pytest.raises(Problem, match="COPYTASTER_READ_TOKEN") as caught:
        guard(Settings(web_host=host)).check_reading(Asked(host=HERE), NOW)
    assert caught.value.status == 403


@pytest.mark.parametrize(
    "said", [{"origin": "https://news.example"}, {"origin": "null"}, {"origin": "["}, {"site": "cross-site"}]
)
def test_no_page_of_another_origin_looks_or_writes_even_with_the_token(said: dict[str, Any]) -> None:
    for guarding in (OPEN, READING, BOTH):
        assert reading(guarding, authorization="Bearer look", **said) == 403
        assert writing(guarding, authorization="Bearer write", **said) == 403


def test_another_name_for_this_machine_shows_nothing() -> None:
    assert reading(OPEN, host="rebound.example:6066", origin="http://rebound.example:6066") == 403


def test_the_reading_token_lets_look_and_not_write() -> None:
    assert reading(BOTH, authorization="Bearer look", host="desk.example") == 200
    assert writing(BOTH, authorization="Bearer look") == 401
    assert writing(BOTH, authorization="Bearer write") == 200
    assert reading(BOTH, authorization="Bearer write") == 200


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer Look", "Basic look", "look", "Bearer é"])
def test_anything_else_does_not_even_from_this_machine(given: str) -> None:
    assert (reading(READING, authorization=given), writing(READING, authorization=given)) == (401, 401)


def test_who_has_signed_in_looks_for_twelve_hours() -> None:
    cookie = BOTH.sign_in("look", NOW)
    assert reading(BOTH, cookie=cookie) == 200
    assert writing(BOTH, cookie=cookie) == 401
    assert reading(BOTH, cookie=cookie, after=SIGNED_IN + 1) == 401
    assert writing(BOTH, cookie=BOTH.sign_in("write", NOW)) == 200


def test_no_cookie_can_be_made_or_changed_without_the_token() -> None:
    role, until, seal = BOTH.sign_in("look", NOW).split(".")
    later = str(int(until) + 9999)
    for forged in (f"write.{until}.{seal}", f"{role}.{later}.{seal}", f"{role}.{until}.", "read", "read.x.y", "é.1.2"):
        assert reading(BOTH, cookie=forged) == 401
    assert reading(guard(Settings(read_token="look2")), cookie=f"{role}.{until}.{seal}") == 401


def test_the_token_itself_is_in_no_cookie() -> None:
    assert "look" not in BOTH.sign_in("look", NOW)


@pytest.mark.parametrize("given", ["", "Look", "look look"])
def test_who_has_no_token_can_not_sign_in(given: str) -> None:
    with pytest.raises(Problem) as caught:
        BOTH.sign_in(given, NOW)
    assert caught.value.status == 401
    with pytest.raises(Problem):
        OPEN.sign_in("", NOW)

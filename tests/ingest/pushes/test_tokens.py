"""Nobody pushes without the token, and without one set nobody from elsewhere."""

from pathlib import Path

import pytest

from agents.ingest.pushes.tokens import Guard, guard
from streams.errors import SettingsError
from streams.problems import Problem
from streams.settings import Settings

OPEN = guard(Settings())
HERE = "127.0.0.1:6066"


def status(guarding: Guard, authorization: str | None = None, host: str = HERE, origin: str | None = None) -> int:
    try:
        guarding.check(authorization, host, origin)
    except Problem as problem:
        return problem.status
    return 202


@pytest.mark.parametrize("given", ["Bearer sesame", "bearer sesame", "Bearer  sesame "])
def test_the_token_lets_in_from_everywhere(given: str) -> None:
    assert (
        status(guard(Settings(push_token="sesame", web_host="0.0.0.0")), given, "desk.example", "https://desk.example")
        == 202
    )


@pytest.mark.parametrize(
    "given", [None, "", "sesame", "Basic sesame", "Bearer", "Bearer Sesame", "Bearer sesame2", "Bearer é"]
)
def test_anything_else_does_not_even_from_this_machine(given: str | None) -> None:
    assert status(guard(Settings(push_token="sesame")), given) == 401


def test_who_has_no_token_is_told_which_kind_is_asked_for() -> None:
    with pytest.raises(Problem) as caught:
        guard(Settings(push_token="sesame")).check("Bearer open", HERE, None)
    assert caught.value.headers == {"WWW-Authenticate": 'Bearer realm="copytaster", error="invalid_token"'}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_without_a_token_programs_of_this_machine_may_push(host: str) -> None:
    assert status(guard(Settings(web_host=host))) == 202
    assert status(OPEN, host="localhost:6066") == 202
    assert status(OPEN, host="[::1]:6066") == 202


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example"])
def test_without_a_token_a_port_open_to_others_takes_nothing_and_names_the_setting(host: str) -> None:
    with pytest.raises(Problem, match="COPYTASTER_PUSH_TOKEN") as caught:
        guard(Settings(web_host=host)).check(None, HERE, None)
    assert caught.value.status == 403


def test_without_a_token_no_web_page_may_push_whatever_name_it_has_found_for_this_machine() -> None:
    assert status(OPEN, origin="https://news.example") == 403
    assert status(OPEN, origin="null") == 403
    assert status(OPEN, host="rebound.example:6066") == 403
    assert status(OPEN, host="[") == 403


def test_the_token_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("sesame\n")
    assert status(guard(Settings(push_token_file=str(file))), "Bearer sesame") == 202


def test_a_token_file_that_gives_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    for name, words in (("gone", "can't be read"), ("empty", "is empty")):
        with pytest.raises(SettingsError, match=f"COPYTASTER_PUSH_TOKEN_FILE=.*{name} {words}"):
            guard(Settings(push_token_file=str(tmp_path / name)))
    with pytest.raises(SettingsError, match="exclude each other"):
        guard(Settings(push_token="sesame", push_token_file=str(tmp_path / "empty")))

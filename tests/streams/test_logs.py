"""Logs as JSON lines say which article they are about."""

import asyncio
import json
import logging
import sys
from typing import Any

from streams.logs import JsonLines, about


def line(message: str = "a reprint", *args: object, error: bool = False) -> dict[str, Any]:
    """A line as it is written, read again."""
    info = sys.exc_info() if error else None
    record = logging.LogRecord("streams.door", logging.WARNING, __file__, 1, message, args, info)
    written = JsonLines().format(record)
    assert "\n" not in written
    read: dict[str, Any] = json.loads(written)
    return read


def test_a_line_has_time_level_logger_and_message() -> None:
    said = line("waiting %.1f s", 0.2)
    assert said.pop("time").endswith("+00:00")
    assert said == {"level": "warning", "logger": "streams.door", "message": "waiting 0.2 s"}


async def test_a_line_names_the_article_also_in_a_task_begun_there() -> None:
    async def told() -> dict[str, Any]:
        return line()

    with about(["ferry-1"]):
        task = asyncio.create_task(told())
        assert line()["article"] == "ferry-1"
    assert (await task)["article"] == "ferry-1"
    assert "article" not in line()


def test_a_line_on_a_batch_names_every_article() -> None:
    with about(["ferry-1", "ferry-2"]):
        assert line()["articles"] == ["ferry-1", "ferry-2"]


def test_copy_in_a_message_can_not_forge_a_line() -> None:
    said = line("rejected %s", 'x\n{"level": "info"}\u2028')
    assert said["message"] == 'rejected x\n{"level": "info"}\u2028'


def test_an_error_comes_with_its_traceback() -> None:
    try:
        raise ValueError("torn")
    except ValueError:
        said = line(error=True)
    assert said["error"].startswith("Traceback")
    assert said["error"].endswith("ValueError: torn")

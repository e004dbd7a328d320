"""Logs as JSON lines, each with the article that it is about, for who gathers them from many workers."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import msgspec

_about: ContextVar[Sequence[str]] = ContextVar("about", default=())


@contextmanager
def about(articles: Sequence[str]) -> Iterator[None]:
    """What is logged within it, also by tasks begun there, is about these articles."""
    before = _about.set(articles)
    try:
        yield
    finally:
        _about.reset(before)


class JsonLines(logging.Formatter):
    """`time`, `level`, `logger`, `message`, `error` with its traceback, and `article`, or `articles` of a batch."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        match list(_about.get()):
            case [one]:
                line["article"] = one
            case [*several] if several:
                line["articles"] = several
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()


def worker_logging(level: str) -> dict[str, Any]:
    """How Faust's worker is to log JSON lines on standard error: it merges this with its own (`logging.config`)."""
    handler = {"class": "logging.StreamHandler", "formatter": "json", "level": level.upper()}
    return {
        "version": 1,
        "merge": True,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLines}},
        "handlers": {"default": handler},
        "root": {"level": level.upper(), "handlers": ["default"]},
    }

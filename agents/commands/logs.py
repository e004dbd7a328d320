"""Logs on standard error, so that standard output holds results alone."""

import logging
import sys
from time import monotonic

from streams.errors import CopytasterError

_PAUSE = 10.0  # seconds


class Seldom(logging.Filter):
    """A Kafka client without its broker says so forty times a second; once in ten seconds is enough."""

    def __init__(self) -> None:
        super().__init__()
        self._last = float("-inf")

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is let through."""
        if not record.name.startswith("aiokafka"):
            return True
        now = monotonic()
        if now - self._last < _PAUSE:
            return False
        self._last = now
        return True


class Plain(logging.Filter):
    """An error that names its mend needs no traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record, those about our own errors without the traceback."""
        if record.exc_info and isinstance(record.exc_info[1], CopytasterError):
            record.exc_info = None
        return True


def plain_worker_errors() -> None:
    """Let a worker that can't start say why in one line; Faust would print the whole stack."""
    for name in ("mode.worker", "faust.worker"):
        logging.getLogger(name).addFilter(Plain())


def log_to_stderr(level: str) -> None:
    """Send logs of this level and above to standard error; of the Kafka client what matters, but at `debug` all."""
    handler = logging.StreamHandler(sys.stderr)
    if level != "debug":
        handler.addFilter(Seldom())
    logging.basicConfig(
        handlers=[handler], level=level.upper(), format="%(levelname)s %(name)s: %(message)s", force=True
    )
    logging.getLogger("aiokafka").setLevel(logging.WARNING if level == "info" else logging.NOTSET)

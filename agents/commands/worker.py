"""A worker as our child: the same program as `copytaster worker`, its words kept for when it fails, gone when we go."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Self

from streams.errors import CopytasterError
from streams.server import tie
from streams.settings import Settings, variable

_STOP_SECONDS = 10.0
_LINES = 15


class Worker:
    """Runs for the length of a `with`; its `process` and all the children of that are gone after it.

    `program` is the module that runs, `more` what it finds in its environment beside the settings.
    """

    def __init__(
        self, settings: Settings, program: str = "agents.commands.main", more: Mapping[str, str] | None = None
    ) -> None:
        self._program = program
        ours = {variable(each): str(getattr(settings, each.name)) for each in fields(settings)}
        self._environment = os.environ | ours | dict(more or {})

    def __enter__(self) -> Self:
        self._log = tempfile.TemporaryFile("a+b")
        self.process = subprocess.Popen(  # noqa: S603 - the program is ours
            [sys.executable, "-m", self._program, "worker"],
            env=self._environment,
            cwd=Path(__file__).parents[2],  # where -m looks first: a folder `agents` of the caller is not ours
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            preexec_fn=tie(),  # noqa: PLW1509 - see streams.server
            start_new_session=True,  # Ctrl-C goes to us, and we stop it with its children
        )
        return self

    def check(self) -> None:
        """Raise CopytasterError with the worker's last words if it has ended."""
        code = self.process.poll()
        if code is not None:
            raise CopytasterError(f"the worker ended with code {code}. It said:\n{self.last_words()}")

    def kill(self) -> None:
        """End it as a power cut would: with its children, and without a last word."""
        self._signal(signal.SIGKILL)
        self.process.wait()

    def last_words(self, most: int = _LINES) -> str:
        """The last lines of its log, so many at most."""
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").splitlines()
        return "\n".join(lines[-most:]) or "(nothing)"

    def __exit__(self, *_: object) -> None:
        self._signal(signal.SIGTERM)
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self._signal(signal.SIGKILL)  # whatever is left of its group
            self.process.wait()
            self._log.close()

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)

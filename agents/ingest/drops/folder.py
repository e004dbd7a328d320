"""A drop folder on disk: what lies in it, and whose it is.

A worker claims a file by renaming it to `.working-HEX-NAME`, which only one of many can, and holds a lock on it. The
lock ends with the worker: such a file without one was left by a killed worker, and is anyone's again.
"""

import errno
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from agents.ingest.drops.claim import Claim, claimed
from agents.ingest.drops.settling import Look
from streams.errors import SettingsError

_UNFINISHED = (".tmp", ".part", ".filepart", ".crdownload")
_WORKING = re.compile(r"\.working-[0-9a-f]{8}-(.+)", re.DOTALL)


class Folder:
    """A drop folder with `done` and `failed` in it; raises SettingsError where they can't be."""

    def __init__(self, path: Path) -> None:
        self.path, self.done, self.failed = path, path / "done", path / "failed"
        try:
            path.stat()
            for each in (self.done, self.failed):
                each.mkdir(exist_ok=True)
        except OSError as error:
            raise SettingsError(
                f"COPYTASTER_DROP_FOLDER={path} can't be used: {error}; make the folder, and let the worker write there"
            ) from error

    def looks(self) -> dict[str, Look]:
        """The files that may be taken, by name: none that is hidden or unfinished, no folder, no link."""
        found = {}
        with os.scandir(self.path) as entries:
            for entry in entries:
                if self._is_copy(entry):
                    with suppress(FileNotFoundError):  # another worker was quicker
                        found[entry.name] = Look.at(entry.stat(follow_symlinks=False))
        return found

    def _is_copy(self, entry: "os.DirEntry[str]") -> bool:
        waits = not entry.name.startswith(".") and not entry.name.lower().endswith(_UNFINISHED)
        return (waits or bool(_WORKING.fullmatch(entry.name))) and entry.is_file(follow_symlinks=False)

    def claim(self, name: str) -> Claim | None:
        """Take a file for our own; None where another worker has it. Raises OSError where it can't be taken."""
        path, left = self.path / name, _WORKING.fullmatch(name)
        if left:
            return claimed(left[1], path)
        if path.exists() and not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, "the worker may not read it")
        try:
            return claimed(name, path.rename(self.path / f".working-{secrets.token_hex(4)}-{name}"))
        except FileNotFoundError:
            return None

"""A dropped file in one worker's hands: locked, read, and filed where it overwrites nothing."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Self

from agents.ingest.drops.settling import Look


class Claim:
    """A file that is ours alone, under its first `name`, until it is filed or closed."""

    def __init__(self, name: str, path: Path, file: IO[bytes]) -> None:
        self.name, self._path, self._file = name, path, file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, most: int) -> bytes:
        """Its bytes, and no more than `most` and one. Raises OSError."""
        return self._file.read(most + 1)

    def look(self) -> Look:
        """How it looks now."""
        return Look.at(os.fstat(self._file.fileno()))

    def file(self, folder: Path) -> Path:
        """Move it to a folder; gives its new place. Raises OSError."""
        return self._file_as(next(each for each in _places(folder, self.name) if self._is_put(each)))

    def file_with(self, reason: str, folder: Path) -> Path:
        """Move it to a folder, with the reason beside it; gives its new place. Raises OSError."""
        for place in _places(folder, self.name):
            beside = place.with_name(f"{place.name}.reason.txt")
            if (place.exists() or not beside.exists()) and self._is_put(place):
                beside.write_text(f"{reason}\n", encoding="utf-8", errors="replace")
                return self._file_as(place)
        raise AssertionError("there is always a next name")

    def _is_put(self, place: Path) -> bool:
        """Give the file a second name, in one step that overwrites nothing; again after a kill is no clash.

        Where it may not have two, as on FAT or when it is another's, an empty file keeps the place.
        """
        try:
            place.hardlink_to(self._path)
        except FileExistsError:
            return place.samefile(self._path)
        except OSError:
            return _is_made(place)
        return True

    def _file_as(self, place: Path) -> Path:
        if place.samefile(self._path):
            self._path.unlink()  # a rename to another name of the same file does nothing
            return place
        try:
            return self._path.replace(place)
        except OSError:
            place.unlink()
            raise


def claimed(name: str, path: Path) -> Claim | None:
    """The file at `path`, which was dropped as `name`; None where another has it or it is gone. Raises OSError."""
    try:
        file = _open(path)
    except FileNotFoundError:
        return None
    if _lock(file) and _is_at(file, path):
        return Claim(name, path, file)
    file.close()
    return None


def _open(path: Path) -> IO[bytes]:
    """Open for reading; writable where we may, since locks over NFS need that. A link or pipe is none of ours."""
    flags = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        return os.fdopen(os.open(path, os.O_RDWR | flags), "rb", buffering=0)
    except PermissionError:
        return os.fdopen(os.open(path, os.O_RDONLY | flags), "rb", buffering=0)


def _lock(file: IO[bytes]) -> bool:
    """Whether the lock is ours. Where a file system has no locks, a file may be read twice, which is harmless."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is_at(file: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _places(folder: Path, name: str) -> Iterator[Path]:
    """NAME, then NAME-1 and so on, the number before the suffix."""
    place = folder / name
    yield place
    number = 0
    while True:
        number += 1
        yield place.with_name(f"{place.stem}-{number}{place.suffix}")


def _is_made(place: Path) -> bool:
    try:
        place.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True

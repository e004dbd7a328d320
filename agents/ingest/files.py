"""Articles from files, folders and standard input, one by one, with what could not be read kept beside them."""

import gzip
import logging
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from agents.ingest.formats import READERS, Found, Input, json_lines, plain_text
from streams.errors import CopytasterError
from streams.records import RawArticle

Order = Literal["name", "date"]
Dated = Callable[[RawArticle], datetime | None]

_log = logging.getLogger(__name__)


def read(paths: Sequence[str], order: Order = "name", dated: Dated | None = None) -> Iterator[Input]:
    """Every article in `paths`: files, folders (all below them, by name; no hidden file, README or .md), `-` for stdin.

    By `name` one at a time, in the order of the arguments; by `date` all are held, and sorted by what `dated` says,
    those without a date last, in the order of names. A file's id is its name without suffix (inside a folder, with
    the folders between). Raises CopytasterError for a path that can't be opened and a folder with nothing to read.
    """
    inputs = (each for path in paths for each in _read_path(path))
    return _by_date(inputs, dated) if order == "date" else inputs


def _by_date(inputs: Iterator[Input], dated: Dated | None) -> Iterator[Input]:
    yield from sorted((_stamped(each, dated) for each in inputs), key=_seconds)


def _stamped(each: Input, dated: Dated | None) -> Input:
    if not isinstance(each, Found):
        return each
    return replace(each, dated=dated(each.article) if dated else each.article.published)


def _seconds(each: Input) -> float:
    """Seconds since 1970; copy without a date comes after all other."""
    when = each.dated if isinstance(each, Found) else None
    return when.timestamp() if when else float("inf")


def _read_path(path: str) -> Iterator[Input]:
    if path == "-":
        yield from json_lines(sys.stdin.buffer, "standard input", "")
    elif Path(path).is_dir():
        yield from _read_folder(Path(path))
    else:
        yield from _read_file(Path(path), Path(path).name)


def _read_folder(folder: Path) -> Iterator[Input]:
    empty = True
    for file in _files_below(folder):
        if _suffix(file.name) in READERS:
            empty = False
            yield from _read_file(file, file.relative_to(folder).as_posix())
        else:
            _log.warning("skipped %s: a folder's files are read as %s", file, " ".join(READERS))
    if empty:
        raise CopytasterError(f"{folder}: nothing to read in this folder; it takes {' '.join(READERS)}, each also .gz")


def _files_below(folder: Path) -> Iterator[Path]:
    """Regular files in the order of their names, a folder's files before its folders."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            about = name.startswith(".") or name.upper().startswith("README") or name.lower().endswith(".md")
            if not about and (Path(where) / name).is_file():
                yield Path(where) / name


def _read_file(file: Path, name: str) -> Iterator[Input]:
    """A file by its suffix; without a known one it is plain text, and a pipe carries JSON lines."""
    try:
        reader = READERS.get(_suffix(name), plain_text)
        if not stat.S_ISREG(file.stat().st_mode):
            reader = json_lines
        with _open(file) as stream:
            yield from reader(stream, str(file), _identity(name))
    except (OSError, EOFError, zlib.error) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CopytasterError(f"{file}: can't be read to its end: {said}; check the file and run again") from error


def _open(file: Path) -> IO[bytes]:
    return BufferedReader(gzip.open(file)) if file.suffix.lower() == ".gz" else file.open("rb")


def _unpacked(name: str) -> PurePosixPath:
    return PurePosixPath(name[:-3] if name.lower().endswith(".gz") else name)


def _suffix(name: str) -> str:
    return _unpacked(name).suffix.lower()


def _identity(name: str) -> str:
    """The id of an article that names none; a file name that isn't UTF-8 still gives one that JSON can carry."""
    return os.fsencode(_unpacked(name).with_suffix("")).decode("utf-8", "replace")

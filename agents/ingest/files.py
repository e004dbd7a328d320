"""Articles from files, folders and standard input, one by one, with what could not be read kept beside them."""

import gzip
import logging
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from io import BufferedReader
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Literal

from agents.ingest.contents import is_json, is_marked_up, parts
from agents.ingest.formats import Found, Input, Part, told
from agents.ingest.readers import READERS, json_lines
from agents.ingest.wires.draft import digest
from agents.ingest.wires.recognition import START, recognised
from streams.errors import CopytasterError
from streams.records import RawArticle

Order = Literal["name", "date"]
Dated = Callable[[RawArticle], datetime | None]

_LINES = (".jsonl", ".ndjson")

_log = logging.getLogger(__name__)


def read(paths: Sequence[str], order: Order = "name", dated: Dated | None = None) -> Iterator[Input]:
    """Every article in `paths`, be it in our JSON, one of the trade's formats, a page or plain text.

    They are files, folders (all below them, by name; no hidden file, README or .md), `-` for standard input.

    By `name` one at a time, in the order of the arguments; by `date` all are held, and sorted by what `dated` says,
    those without a date last, in the order of names. A file's id is its name without suffix (inside a folder, with
    the folders between). Raises CopytasterError for a path that can't be opened and a folder with nothing to read.
    """
    inputs = told(parts_of(paths))
    return _by_date(inputs, dated) if order == "date" else inputs


def parts_of(paths: Sequence[str]) -> Iterator[Part]:
    """As `read`, with what is not used beside it, in the order of the arguments."""
    return (each for path in paths for each in _read_path(path))


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


def _read_path(path: str) -> Iterator[Part]:
    if path == "-":
        yield from _read_stream(sys.stdin.buffer, "standard input")
    elif Path(path).is_dir():
        yield from _read_folder(Path(path))
    else:
        yield from _read_file(Path(path), Path(path).name)


def _read_stream(stream: Iterable[bytes], place: str) -> Iterator[Part]:
    """JSON lines as they come, when the first or the second is one; anything else as a whole, by its bytes."""
    lines, head = iter(stream), []
    for line in lines:
        head.append(line)
        if _is_object(line):
            yield from json_lines(chain(head, lines), place, "")
            return
        if len(list(filter(bytes.strip, head))) > 1:
            break
    data = b"".join(chain(head, lines))
    if data.strip():
        yield from parts(data, place, "", f"stdin-{digest(data.decode('latin-1'))}")


def _is_object(line: bytes) -> bool:
    line = line.strip()
    return line.startswith(b"{") and line.endswith(b"}")


def _read_folder(folder: Path) -> Iterator[Part]:
    empty = True
    for file in _files_below(folder):
        if _suffix(file.name) in READERS or _is_copy(file):
            empty = False
            yield from _read_file(file, file.relative_to(folder).as_posix())
        else:
            _log.warning("skipped %s: neither its name nor its bytes tell a format that is read", file)
    if empty:
        takes = f"{' '.join(READERS)} and the trade's formats under any name, each also .gz"
        raise CopytasterError(f"{folder}: nothing to read in this folder; it takes {takes}")


def _is_copy(file: Path) -> bool:
    """Whether the first bytes of a file tell its format; plain text under a name of its own may be anything."""
    with _reading(file), _open(file) as stream:
        start = stream.read(START)
        return bool(recognised(start)) or is_json(start) or is_marked_up(start)


def _files_below(folder: Path) -> Iterator[Path]:
    """Regular files in the order of their names, a folder's files before its folders."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            about = name.startswith(".") or name.upper().startswith("README") or name.lower().endswith(".md")
            if not about and (Path(where) / name).is_file():
                yield Path(where) / name


def _read_file(file: Path, name: str) -> Iterator[Part]:
    """A file by its bytes and its suffix; JSON lines and pipes as they come."""
    with _reading(file):
        if not stat.S_ISREG(file.stat().st_mode):
            with file.open("rb") as pipe:
                yield from _read_stream(pipe, str(file))
            return
        with _open(file) as stream:
            if _suffix(name) in _LINES and not recognised(stream.peek(START)):
                yield from json_lines(stream, str(file), _identity(name))
            else:
                yield from parts(stream.read(), str(file), _suffix(name), _identity(name))


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zlib.error) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CopytasterError(f"{file}: can't be read to its end: {said}; check the file and run again") from error


def _open(file: Path) -> BufferedReader:
    return BufferedReader(gzip.open(file)) if file.suffix.lower() == ".gz" else file.open("rb")


def _unpacked(name: str) -> PurePosixPath:
    return PurePosixPath(name[:-3] if name.lower().endswith(".gz") else name)


def _suffix(name: str) -> str:
    return _unpacked(name).suffix.lower()


def _identity(name: str) -> str:
    """The id of an article that names none; a file name that isn't UTF-8 still gives one that JSON can carry."""
    return os.fsencode(_unpacked(name).with_suffix("")).decode("utf-8", "replace")

"""What a dropped file holds, within bounds; or why nothing in it can be read."""

import gzip
import io
import zlib
from collections.abc import Sequence

from agents.ingest.contents import Read, attempt
from agents.ingest.formats import Found, Input
from streams.errors import RejectedCopy

LARGEST = 256 * 2**20  # bytes of a file, also unpacked: it is held in memory
_MOST = 200_000  # articles of a file
_NAMED = 20  # unreadable articles, in a reason


def inputs_of(data: bytes, name: str, read: Read) -> Sequence[Input]:
    """Articles and what was unreadable beside them; raises RejectedCopy with the reasons where there is no article."""
    data = _bounded(data)
    if name.lower().endswith(".gz"):
        data, name = _unpacked(data), name[:-3]
    inputs = attempt(read, data, name, _MOST)
    if len(inputs) > _MOST:
        raise RejectedCopy(f"the file holds more than {_MOST:,} articles; split it, or use `copytaster replay`")
    if not any(isinstance(each, Found) for each in inputs):
        raise RejectedCopy(_reasons(inputs) or "the file holds no article")
    return inputs


def _bounded(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise RejectedCopy(f"the file is larger than {LARGEST:,} bytes; split it, or use `copytaster replay`")
    return data


def _unpacked(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as file:
            return _bounded(file.read(LARGEST + 1))
    except (OSError, EOFError, zlib.error) as error:
        raise RejectedCopy(f"can't be unpacked to its end: {error}; check the file and drop it again") from error


def _reasons(inputs: Sequence[Input]) -> str:
    """Why nothing could be read, a line for each place."""
    lines = [f"{each.place}: {each.reason}" for each in inputs if not isinstance(each, Found)]
    more = [f"and {len(lines) - _NAMED} more"] if len(lines) > _NAMED else []
    return "\n".join(lines[:_NAMED] + more)

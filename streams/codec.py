"""JSON on the wire: records to bytes and back, strictly typed, with errors a person can act on."""

import difflib
import re
from typing import TypeVar

import msgspec

from streams.errors import RejectedCopy
from streams.records import Record

R = TypeVar("R", bound=Record)

_encoder = msgspec.json.Encoder(order="deterministic")
_decoders: dict[type, msgspec.json.Decoder[object]] = {}
_BOM = b"\xef\xbb\xbf"
_SHOWN = 60  # characters of a name that is quoted back
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`")


def encode(record: Record) -> bytes:
    """The record as UTF-8 JSON; equal records give equal bytes."""
    return _encoder.encode(record)


def decode(data: bytes | str, kind: type[R]) -> R:
    """Read one JSON record of `kind`.

    Raises RejectedCopy naming what is wrong (encoding, JSON, field and type) and how to mend it.
    """
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind)
    try:
        return decoder.decode(data.removeprefix(_BOM) if isinstance(data, bytes) else data)  # type: ignore[return-value]
    except msgspec.ValidationError as error:
        raise RejectedCopy(_explain(str(error), kind)) from error
    except RecursionError as error:
        raise RejectedCopy("nested too deep to be read; send the fields of one article") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        _require_utf8(data)
        raise RejectedCopy(f"not JSON: {error}; send one JSON object a message") from error


def _require_utf8(data: bytes | str) -> None:
    """Broken JSON is often another encoding: say so, and where it shows."""
    try:
        if isinstance(data, bytes):
            data.decode()
    except UnicodeDecodeError as error:
        raise RejectedCopy(
            f"not UTF-8: byte 0x{data[error.start]:02x} at position {error.start}; encode the JSON as UTF-8"
        ) from error


def _explain(message: str, kind: type[Record]) -> str:
    """A validation error in words, with the likeliest field where one was mistyped."""
    unknown = _UNKNOWN.match(message)
    if not unknown:
        return f"{message}; see the fields of {kind.__name__}"
    known = list(kind.__struct_fields__)
    name = unknown.group(1) if len(unknown.group(1)) <= _SHOWN else unknown.group(1)[:_SHOWN] + "…"
    near = difflib.get_close_matches(name, known, n=1)
    mend = f"did you mean `{near[0]}`?" if near else f"known fields: {', '.join(known)}"
    return f"unknown field `{name}`; {mend}"

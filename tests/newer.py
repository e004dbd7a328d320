"""A worker of a release to come, whose articles no worker of today can read: the next format, a status by another name."""

import re

import streams.door
import streams.formats
from agents.commands.main import main
from streams import codec
from streams.records import Record

NOW, THEN = b'"status":"usable"', b'"status":"fit for use"'


def encode(record: Record) -> bytes:
    """As this release writes it."""
    return codec.encode(record).replace(NOW, THEN)


def decode(data: bytes, kind: type[codec.R]) -> codec.R:
    """This release's format, and today's."""
    return codec.decode(re.sub(THEN, NOW, data), kind)


streams.formats.FORMAT += 1
streams.door.encode, streams.door.decode = encode, decode  # type: ignore[attr-defined, assignment]

if __name__ == "__main__":
    main()

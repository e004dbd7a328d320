"""The document of a feed as its entries, in whichever format it comes."""

import logging

from agents.ingest.formats import Found, Input
from agents.ingest.wires.json_feed import read_json_feed
from agents.ingest.wires.syndication import read_syndication
from streams.errors import RejectedCopy

_log = logging.getLogger(__name__)


def read_feed(data: bytes) -> list[Input]:
    """Every entry of RSS, Atom or a JSON Feed, in its order. Raises RejectedCopy for what is none of them."""
    read = read_json_feed if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else read_syndication
    found: list[Input] = []
    try:
        for piece in read(data, ""):
            if piece.article:
                found.append(Found(f"entry {len(found) + 1}", piece.article))
            for unused in piece.unused:
                _log.debug("not used: %s", unused)
    except RejectedCopy as error:
        raise RejectedCopy(f"no feed that can be read: {error}") from error
    return found

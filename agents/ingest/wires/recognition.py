"""Tells from the bytes which of the trade's formats they are in, whatever name or type they came under."""

import re
from collections.abc import Callable

import msgspec

from agents.ingest.wires.anpa import read_anpa
from agents.ingest.wires.ap import is_ap, read_ap
from agents.ingest.wires.draft import Pieces
from agents.ingest.wires.iptc7901 import read_7901
from agents.ingest.wires.json_feed import is_json_feed, read_json_feed
from agents.ingest.wires.mail import read_mail
from agents.ingest.wires.mailbox import is_mail
from agents.ingest.wires.markup import ROOTS, read_xml
from agents.ingest.wires.ninjs import is_ninjs, read_ninjs
from agents.ingest.wires.transmission import begins_framed
from agents.ingest.wires.trees import root_name

Reader = Callable[[bytes, str], Pieces]

START = 64 * 2**10  # bytes from the first that tell the format, but for JSON
_ANPA = re.compile(rb"[^\x02\x04]{0,60}\x1f|\x01[^\x02\x04]{0,200}[\x11-\x14]")
_JSON: list[tuple[Callable[[object], bool], Reader]] = [
    (is_ap, read_ap),
    (is_json_feed, read_json_feed),
    (is_ninjs, read_ninjs),
]


def recognised(data: bytes) -> Reader | None:
    """What reads data that begins so; None for JSON, pages, plain text and what is no copy at all."""
    start = data[:START]
    if begins_framed(start):
        header = start[start.find(b"\x01") :]
        return read_anpa if header.startswith(b"\x01") and _ANPA.match(header) else read_7901
    if name := root_name(start.removeprefix(b"\xef\xbb\xbf")):
        declared = start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and name.casefold() != "html"
        return read_xml if declared or name in ROOTS else None
    return read_mails if is_mail(start) else None


def recognised_in_json(data: bytes) -> Reader | None:
    """What reads a JSON document; None for one of our own, and for what is no JSON."""
    try:
        return recognised_json(msgspec.json.decode(data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def recognised_json(value: object) -> Reader | None:
    """What reads a document of this JSON value: by itself, or by the first of its items if it is a list."""
    first = value[0] if isinstance(value, list) and value else value
    return next((reader for is_one, reader in _JSON if is_one(value) or is_one(first)), None)


def read_mails(data: bytes, identity: str) -> Pieces:
    """Mails, and the formats that are attached to them."""
    return read_mail(data, identity, _attached)


def _attached(data: bytes) -> Reader | None:
    """What reads an attachment; a mail within a mail is read with it."""
    if data.lstrip()[:1] in (b"{", b"["):
        return recognised_in_json(data)
    found = recognised(data)
    return None if found is read_mails else found

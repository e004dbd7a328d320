"""Messages as teleprinter lines frame them: SOH, a header, STX, the text, ETX, a trailer, EOT (ISO/IEC 646)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agents.ingest.encoding import read_text

_MOST_BYTES = 2**20  # of one message; 150,000 words
_FRAME = re.compile(
    rb"\x01+(?P<header>[^\x01\x02\x04]*)(?:\x02(?P<text>[^\x01\x03\x04]*)(?P<end>\x03)?(?P<trailer>[^\x01\x04]*))?"
)
# The start and end of a message on circuits that have no controls (ITU-T F.31).
_ZCZC = re.compile(rb"ZCZC[ \t]*(?P<header>[^\r\n]*)(?P<text>.*?)(?P<end>\bNNNN\b|(?=\bZCZC\b)|\Z)", re.DOTALL)
# Synchronisation, fill, shifts, what formats the page, and a byte order mark.
_LEADING = b"\0\x16\x7f\x0e\x0f\x11\x12\x13\x14 \t\r\n\v\f\xef\xbb\xbf"
_LINE_ENDS = re.compile(r"\r{0,4}\n\r{0,4}|[\r\v\f\x85]")
# `Berlin (KNA) The ...`, `ATLANTA (AP) _ Luol ...`: the agency that the dateline credits.
_CREDIT = re.compile(r"(?P<place>[^\W\d_][^()\n]{1,70}?)\s*\((?P<agency>[A-Za-z][\w./ -]{1,24})\)\s*(?:[-–—_:=]+\s)?\S")


@dataclass(frozen=True, slots=True)
class Message:
    """The parts of one message as text, line ends as `\\n`; `broken` says in words where it breaks off."""

    header: str
    text: str
    trailer: str = ""
    broken: str = ""


def begins_framed(start: bytes) -> bool:
    """Whether data begins as a framed message does, with a header behind its first control."""
    start = start.lstrip(_LEADING)
    return bool(re.match(rb"\x01[\x20-\x7e\x80-\xff]{2}", start) or re.match(rb"ZCZC[ \t]*\w", start))


def messages(data: bytes) -> Iterator[Message]:
    """The messages of a stream in the order sent; what stands between them is no part of any."""
    framed = data.lstrip(_LEADING).startswith(b"\x01")
    for match in (_FRAME if framed else _ZCZC).finditer(data):
        if match["header"].strip() or (match["text"] or b"").strip():
            yield _message(match)


def _message(match: re.Match[bytes]) -> Message:
    text, broken = match["text"], ""
    if text is None:
        text, broken = b"", "it has no text (STX)"
    elif not match["end"]:
        broken = "it breaks off before its end (ETX)"
    if len(text) > _MOST_BYTES:
        text, broken = text[:_MOST_BYTES], f"its text is cut after {_MOST_BYTES:,} bytes"
    trailer = match.groupdict().get("trailer") or b""
    # Parted by a control that none of them holds, so that all are read in one encoding.
    parts = read_text(b"\x1c".join(part.replace(b"\x1c", b"") for part in (match["header"], text, trailer[:500])))
    header, text, trailer = (_LINE_ENDS.sub("\n", part).replace("\0", "") for part in parts.split("\x1c", 2))
    return Message(header, text, trailer, broken)


def paragraphs(lines: list[str]) -> str:
    """Lines as copy with an empty line between paragraphs; an indented line begins one, as in print."""
    copy: list[str] = []
    for line in lines:
        if copy and copy[-1] and re.match(r"\t|\s{2,}\S", line):
            copy.append("")
        copy.append(line.strip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(copy)).strip("\n")


def credited(copy: str) -> str:
    """The agency in brackets behind the dateline of the first paragraphs, "" where there is none."""
    for paragraph in copy.split("\n\n")[:4]:
        if match := _CREDIT.match(" ".join(paragraph[:200].split())):
            return match["agency"]
    return ""

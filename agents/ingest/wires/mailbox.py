"""Tells mail from other text by its header, parts a folder of mails (mbox, RFC 4155), and parses each within bounds."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from streams.errors import RejectedCopy

_MOST_BYTES = 32 * 2**20
_MOST_NESTED = 120  # words that may open a part with parts
_DEAREST = 5_000_000  # each such word times each line: some seconds of parsing
_FIELD = re.compile(rb"(?P<name>[!-9;-~]{1,64})[ \t]*:")
_TELLING = frozenset(b"received message-id mime-version return-path delivered-to dkim-signature x-mailer".split())
_FROM_LINE = re.compile(rb"^From \S+ .*\d\d:\d\d.*$", re.MULTILINE)


def is_mail(start: bytes) -> bool:
    """Whether data begins with the header of a mail: with fields alone, and those that a mail has."""
    start = start.lstrip(b"\xef\xbb\xbf\r\n\t ")
    envelope = _FROM_LINE.match(start)
    if envelope and _begins_one(start, envelope):
        return True
    names = set()
    for line in re.split(rb"\r?\n", start)[:200]:
        if not line.strip():
            break
        if line[:1] not in (b" ", b"\t"):
            field = _FIELD.match(line)
            if not field:
                return False
            names.add(field["name"].lower())
    else:
        return len(names) > 2 and bool(names & _TELLING)  # the header goes on beyond what is seen
    return (b"from" in names and bool(names & {b"date", b"subject", *_TELLING})) or len(names & _TELLING) > 1


def mails(data: bytes) -> Iterator[bytes]:
    """Each mail of a folder as it was sent, or the one that the data is."""
    starts = [match.start() for match in _FROM_LINE.finditer(data) if _begins_one(data, match)]
    if not starts or starts[0]:
        yield data
        return
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        yield re.sub(rb"^>(>*From )", rb"\1", data[start:end].partition(b"\n")[2], flags=re.MULTILINE)


def _begins_one(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether a line `From ...` stands between two mails: behind an empty line, and before a field."""
    before, behind = data[max(0, match.start() - 4) : match.start()], data[match.end() : match.end() + 1000]
    fresh = not before or before.endswith((b"\n\n", b"\n\r\n"))
    return fresh and bool(_FIELD.match(behind.partition(b"\n")[2]))


def parsed(mail: bytes) -> EmailMessage:
    """The mail with its parts. Raises RejectedCopy for one that is too large, or too dear to take apart."""
    if len(mail) > _MOST_BYTES:
        raise RejectedCopy(f"the mail is larger than {_MOST_BYTES:,} bytes; send it without its attachments")
    nested = 1 + mail.lower().count(b"boundary") + mail.lower().count(b"message/rfc822")
    if nested > _MOST_NESTED or nested * mail.count(b"\n") > _DEAREST:
        raise RejectedCopy("the mail has too many parts within parts; send the copy in a mail of its own")
    try:
        return BytesParser(EmailMessage, policy=default).parsebytes(mail)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise RejectedCopy(f"no mail that can be read: {error}; send it as RFC 5322 says") from error

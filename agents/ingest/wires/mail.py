"""E-mail (RFC 5322, MIME): releases, and copy that bureaus send in, with what is attached to it."""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from typing import Any

from agents.ingest.encoding import decode_as, read_text
from agents.ingest.wires.bodies import close
from agents.ingest.wires.draft import Draft, Piece, Pieces, one_line, plain, quoted
from agents.ingest.wires.mailbox import mails, parsed
from streams.errors import RejectedCopy

_MOST_PARTS = 100
_FIELD = re.compile(rb"(?P<name>[!-9;-~]{1,64})[ \t]*:")
_LONGEST_FIELD = 2000
_DEEPEST = 4  # mails forwarded within mails
_EMBARGOES = ("Embargo", "X-Embargo", "Embargoed-Until", "X-Embargoed-Until")  # none is standard
_ANSWERED = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv|i)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_MENDS = re.compile(
    r"\b(?:correct(?:ed|ion|s)?|kill|withdraw[an]l?|withdrawn|updated?|writethru|refile|replaces?)\b", re.I
)
_WEIGHED = 500_000  # characters of a page that are enough to tell
_SIGNATURE = 12  # lines of one at most

Within = Callable[[bytes], Callable[[bytes, str], Pieces] | None]


def read_mail(data: bytes, identity: str, within: Within = lambda data: None) -> Pieces:
    """The mails in the data, each with what it forwards and attaches; `within` finds the reader of an attachment."""
    data = data.lstrip(b"\xef\xbb\xbf\r\n\t ")
    for number, mail in enumerate(mails(data), 1):
        named = identity if number == 1 else f"{identity}#{number}"
        yield from _read(parsed(mail), named, within, 1)


def _read(mail: EmailMessage, identity: str, within: Within, depth: int) -> Pieces:
    draft, named = Draft(), _field(mail, "Message-ID").strip("<> ") or identity
    _about(draft, mail)
    inside: list[tuple[EmailMessage | bytes, str]] = []
    texts: dict[str, list[str]] = {"plain": [], "html": []}
    for number, part in enumerate(_parts(mail), 1):
        if number > _MOST_PARTS:
            draft.not_used("part", f"{number} and those behind it", f"a mail may have {_MOST_PARTS}")
            break
        _sort(draft, part, texts, inside, within)
    _body(draft, texts)
    yield (
        close(draft, named)
        if draft.values.get("text") or draft.values.get("html") or not inside
        else Piece(None, (*draft.unused, f"mail {quoted(named)}: it holds no copy beside what is attached"))
    )
    for number, (held, name) in enumerate(inside, 1):
        own = f"{named}#{number}"
        if isinstance(held, bytes):
            reader = within(held)
            yield from _attached(reader, held, own, name) if reader else ()
        elif depth < _DEEPEST:
            yield from _read(held, own, within, depth + 1)
        else:
            yield Piece(None, (f"part {quoted(name)}: a mail within {depth} mails; send it by itself",))


def _attached(reader: Callable[[bytes, str], Pieces], data: bytes, identity: str, name: str) -> Pieces:
    try:
        yield from reader(data, identity)
    except RejectedCopy as error:
        yield Piece(None, (f"attachment {quoted(name)}: {error}",))


def _parts(mail: EmailMessage) -> Iterator[EmailMessage]:
    """The leaves of a mail in their order; a mail within it is one."""
    waiting: list[Any] = [mail]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(reversed(inner[: _MOST_PARTS + 1]))
        else:
            yield part


def _sort(
    draft: Draft,
    part: EmailMessage,
    texts: dict[str, list[str]],
    inside: list[tuple[EmailMessage | bytes, str]],
    within: Within,
) -> None:
    """Put a part where it belongs: to the copy, to what is read by itself, or to what isn't used."""
    kind, inner = part.get_content_type(), part.get_payload()
    name = one_line(_safely(part.get_filename)) or kind
    if isinstance(inner, list):
        inside += [(each, name) for each in inner[:1] if isinstance(each, EmailMessage)]
        return
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    if within(data):
        inside.append((data, name))
    elif kind in ("text/plain", "text/html") and not _is_attached(part):
        texts[kind.removeprefix("text/")].append(_decoded(part, data))
    elif data.strip():
        draft.not_used("attachment", name, f"{kind} is no copy")


def _is_attached(part: EmailMessage) -> bool:
    return _field(part, "Content-Disposition").casefold().startswith("attachment") or bool(_safely(part.get_filename))


def _decoded(part: EmailMessage, data: bytes) -> str:
    try:
        return decode_as(data, _safely(part.get_content_charset) or "ascii")
    except (LookupError, ValueError):
        return read_text(data)


def _body(draft: Draft, texts: dict[str, list[str]]) -> None:
    """The plain text, for its lines are the writer's; the HTML where that has twice the words."""
    text, html = ("\n\n".join(each for each in texts[kind] if each.strip()) for kind in ("plain", "html"))
    text = plain(text).replace("\r\n", "\n")
    copy, mark, signature = text.rpartition("\n-- \n")
    text = copy if mark and signature.count("\n") <= _SIGNATURE else text
    if 2 * len(text.split()) >= _words(html[:_WEIGHED]):
        draft.copy("text", text)
    if not draft.values.get("text"):
        draft.copy("html", html)


def _words(html: str) -> int:
    """How many words a page shows."""
    unseen = ("style", "script", "title")
    pieces = (piece for piece in html.split("<") if not piece[:6].casefold().startswith(unseen))
    return sum(len(piece.rpartition(">")[2].split()) for piece in pieces)


def _about(draft: Draft, mail: EmailMessage) -> None:
    subject = _ANSWERED.sub("", one_line(_field(mail, "Subject")))
    name, address = parseaddr(_field(mail, "From"))
    draft.line("headline", subject)
    draft.line("source", name, address)
    draft.moment("published", _field(mail, "Date"))
    for until in filter(None, (_field(mail, name) for name in _EMBARGOES)):
        draft.embargo(until)
    draft.line("language", _field(mail, "Content-Language").partition(",")[0])
    draft.names("subjects", _field(mail, "Keywords").split(","))
    earlier = [_field(mail, "Supersedes"), _field(mail, "Obsoletes")]
    if _MENDS.search(subject):  # else an answer is a new story
        earlier += [_field(mail, "In-Reply-To") or _field(mail, "References")]
    draft.names("evolved_from", (each.strip("<>") for each in " ".join(earlier).split()))


def _field(mail: EmailMessage, name: str) -> str:
    """A field of the header, decoded; "" where it is missing or can't be read."""
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    return _safely(lambda: str(default.header_fetch_parse(name, raw[:_LONGEST_FIELD]))) if raw else ""


def _safely(read: Callable[[], object]) -> str:
    """What the email library reads, "" where it trips over what it should read: it does so in many ways."""
    try:
        return str(read() or "")
    except Exception:
        return ""

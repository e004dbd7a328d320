"""IPTC 7901, the text transmission format of news agencies (IPTC Recommendation 7901, 1979, fifth revision 1995)."""

import re
from datetime import UTC, datetime, timedelta, timezone

from agents.ingest.wires.bodies import close, remark
from agents.ingest.wires.draft import Draft, Pieces, digest, one_line, plain, sent_at
from agents.ingest.wires.transmission import Message, credited, messages, paragraphs

# bkn014 4 pl 171 ...: service indicator and message number, priority, category, word count, what the sender adds.
_HEADER = re.compile(
    r"\s*(?P<service>[A-Za-z]{0,6})[ -]?(?P<number>\d{1,6})"
    r"(?:\s+(?P<priority>[\dA-Za-z])(?=\s|$)(?:\s+(?P<category>[A-Za-z]{1,4})(?=\s|$))?(?:\s+(?P<words>\d{1,6})(?=\s|$))?)?"
)
# 170123 Jan 89, 242200 GMT Jun 17: day, hour and minute, zone, month, year.
_SENT = re.compile(
    r"\b(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)\s*(?P<zone>[A-Za-z]{1,4}\s+)?"
    r"(?P<month>[A-Za-zäéû]{3,4})\.?\s+(?P<year>(?:\d\d)?\d\d)\b"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan janv ene gen|feb fév feb|mar mär mrz mars|apr avr abr|may mai mag|jun juin giu|jul juil lug|aug août ago|"
        "sep sept set|oct okt ott|nov nov|dec dez déc dic".split("|"),
        1,
    )
    for name in names.split()
}
_ZONES = {"": 0, "gmt": 0, "utc": 0, "z": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2}
_HEAD = 12  # lines over the copy among which one ends in `=`
_BYLINE = re.compile(r"(?:by|von|par|por|di|de notre)\s+\S.{2,120}\Z", re.IGNORECASE)
_NOT_FOR_PRINT = re.compile(r"^.{0,20}following information is not (?:intended )?for publication.*", re.I | re.M)


def read_7901(data: bytes, identity: str) -> Pieces:
    """The messages of a stream, each an article; without a number it goes by `identity`, `identity#2` and so on."""
    for number, message in enumerate(messages(data), 1):
        draft = Draft()
        if message.broken:
            draft.not_used("message", one_line(message.header), message.broken)
        _text(draft, message, _header(draft, message))
        named = _named(draft, message)
        yield close(draft, named, identity if number == 1 else f"{identity}#{number}")


def _header(draft: Draft, message: Message) -> str:
    """Put what the header's first line says; gives its further lines, the slug or keywords."""
    first, _, rest = message.header.lstrip().partition("\n")
    match = _HEADER.match(first)
    if match:
        draft.number("urgency", match["priority"] or "", 1, 9)
        draft.names("subjects", [match["category"]])
    elif first.strip():
        draft.not_used("header", one_line(first), "no service, number, priority and category can be made out")
    draft.moment("published", _sent(message.trailer) or _sent(message.text[-80:]))
    return rest


def _text(draft: Draft, message: Message, keywords: str) -> None:
    copy, note = _parted(message.text)
    lines = copy.split("\n")
    draft.line("slug", keywords.rstrip("/ \n"))
    ends = [at for at, line in enumerate(lines[:_HEAD]) if line.rstrip().endswith("=")]
    over = next((at + 1 for at in ends if at + 1 not in ends), 0)
    notes = _head(draft, [line.strip().rstrip("= ") for line in lines[:over]])
    text = paragraphs(lines[over:])
    draft.copy("text", text)
    remark(draft, *notes, note)
    service = _HEADER.match(message.header)
    draft.line("source", credited(text), service["service"] if service else "")


def _head(draft: Draft, lines: list[str]) -> list[str]:
    """The lines over the copy: a slug that ends in a stroke, the headline, a byline; gives the remarks in brackets."""
    lines = [line for line in lines if line]
    if lines and re.search(r"/\s*\Z", lines[0]):
        draft.line("slug", lines.pop(0).rstrip("/ "))
    remarks = [line for line in lines if re.fullmatch(r"\(.*\)", line)]
    titles = [line for line in lines if line not in remarks]
    if len(titles) > 1 and _BYLINE.match(titles[-1]):
        draft.line("byline", titles.pop())
    draft.line("headline", " ".join(titles))
    return remarks


def _parted(text: str) -> tuple[str, str]:
    """The copy, and what agencies send beneath it for editors alone."""
    match = _NOT_FOR_PRINT.search(text)
    return (text[: match.start()].rstrip("* \n"), text[match.end() :]) if match else (text, "")


def _sent(text: str) -> str:
    """The date/time group as ISO 8601, "" where there is none that can be read."""
    for match in _SENT.finditer(text):
        month, away = _MONTHS.get(match["month"].lower()), _ZONES.get((match["zone"] or "").strip().lower())
        if month is None or away is None:
            continue
        year = int(match["year"])
        year += 0 if year > 99 else 1900 if year >= 79 else 2000  # the recommendation is of 1979
        try:
            zone = timezone(timedelta(hours=away))
            sent = datetime(year, month, int(match["day"]), int(match["hour"]), int(match["minute"]), tzinfo=zone)
            return sent.astimezone(UTC).isoformat()
        except (ValueError, OverflowError):
            continue
    return ""


def _named(draft: Draft, message: Message) -> str:
    """Service, number and time: numbers begin anew each day. "" where the message has none."""
    match = _HEADER.match(message.header)
    if not match:
        return ""
    when = sent_at(draft.values.get("published")) or digest(plain(message.text))
    return f"{match['service'].lower()}{match['number']}-{when}"

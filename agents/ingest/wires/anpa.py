"""ANPA 1312, the wire format of North American agencies (ANPA Research Institute Bulletin 1312, 1979)."""

import re
from datetime import UTC, datetime, timedelta, timezone

from agents.ingest.wires.bodies import close, remark
from agents.ingest.wires.draft import Draft, Pieces, digest, one_line, plain, sent_at
from agents.ingest.wires.transmission import Message, credited, messages, paragraphs

# a0123 US selector: service level designator, story number, an optional name, routing.
_FIRST = re.compile(r"\s*(?P<service>[A-Za-z]?)(?P<number>\d{3,4})[^\x1f\n]{0,20}(?:\x1f(?P<selector>[^\n]*))?")
# r i DC3 DC1 BC-Slug 1stLd-Writethru a0456 03-10 0450: priority, category, format, keyword, version, date, words.
_SECOND = re.compile(
    r"\s*(?P<priority>[A-Za-z]) (?P<category>[A-Za-z ])(?P<format>[\x11-\x14]{0,2}) *(?P<keyword>[^\s\x11-\x14]+)"
    r"(?P<version>[^\n]{0,60}?)(?: +\d{1,2}-\d{1,2}(?:-\d\d)?)?(?: +\d{1,5})?\s*\Z"
)
_REFERENCE = re.compile(r"\s([A-Za-z]{1,2}\d{2,4})\Z")
# As AP numbers them in its Media API: flash, bulletin, urgent, regular, deferred, at will, weekday, weekend advance.
_URGENCIES = {"f": "1", "b": "2", "u": "3", "r": "4", "d": "5", "w": "6", "a": "7", "s": "8"}
_HOURS = {"GMT": 0, "UTC": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
# AP-WF-03-10-26 0815GMT, month first, and 16:35EST 31-10-14, day first.
_SENT = [
    re.compile(r"\b(?P<sender>[A-Z]{2,4})-[A-Z]{2,3}-(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d) "
               r"(?P<hour>\d\d)(?P<minute>\d\d) ?(?P<zone>[A-Z]{3})\b"),
    re.compile(r"\b(?P<hour>\d\d):?(?P<minute>\d\d) ?(?P<zone>[A-Z]{3}) "
               r"(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>\d\d)\b"),
]  # fmt: skip
_LONGEST_SLUG = 200
_TABULAR = "\x12"
_LABEL = re.compile(r"(?P<name>HL|Headline|Byline|Dateline|Update|Index|Symbol)\s*:\s*(?P<said>.+)", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:eds?\b|editors?\b|editor's note|with\b|for use|adv\b|embargo|hold\b|(?:AP|UPI|Reuters) (?:photo|graphic))",
    re.I,
)
_BYLINE = re.compile(r"by\s+\S.{2,120}\Z", re.IGNORECASE)
_QUADS = " \t@<=>^"  # how typesetters ended a line: flush left, centred, flush right
_SLUG = re.compile(r"(?P<slug>[^,]{2,60}?)(?:,\s*(?P<take>[^,]*[A-Za-z][^,]*?))?(?:,\s*\d[\d,]*)?\Z")


def read_anpa(data: bytes, identity: str) -> Pieces:
    """The stories of a stream, each an article; without a number it goes by `identity`, `identity#2` and so on."""
    for number, message in enumerate(messages(data), 1):
        draft = Draft()
        if message.broken:
            draft.not_used("story", one_line(message.header), message.broken)
        draft.moment("published", _sent(draft, message))
        first, _, second = message.header.lstrip("\n").partition("\n")
        header = _SECOND.match(second)
        _text(draft, message.text, bool(header and header["format"].endswith(_TABULAR)))
        _header(draft, header, second)
        named, story = "", _FIRST.match(first)
        if story:
            when = sent_at(draft.values.get("published")) or digest(plain(message.text))
            named = f"{story['service'].lower()}{story['number']}-{when}"
        yield close(draft, named, identity if number == 1 else f"{identity}#{number}")


def _header(draft: Draft, header: re.Match[str] | None, line: str) -> None:
    """What the header says; the slug and take within the story are fuller, and go before."""
    if header is None:
        if line.strip():
            draft.not_used("header", one_line(line), "no priority, category and keyword can be made out")
        return
    priority, version = header["priority"].lower(), header["version"]
    if priority in _URGENCIES:
        draft.number("urgency", _URGENCIES[priority], 1, 9)
    else:
        draft.not_used("priority", priority, "no priority that is known")
    draft.names("subjects", [header["category"].lower()])
    draft.line("slug", header["keyword"])
    if reference := _REFERENCE.search(version):
        draft.not_used("reference", reference[1], "story numbers begin anew each day, so it names no one story")
        version = version[: reference.start()]
    draft.line("take", version)


def _text(draft: Draft, text: str, tabular: bool) -> None:
    lines = [line for line in text.split("\n") if not any(form.search(line) for form in _SENT)]
    start = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("^")), len(lines))
    over = [line.strip("^ ").rstrip(_QUADS) for line in lines[:start]]
    rest = _head(draft, [line for line in map(_typed, over) if line])
    copy = [line.lstrip("^").rstrip(_QUADS) for line in lines[start:]]
    whole = "\n".join(copy) if tabular else _typed(paragraphs(copy))
    draft.copy("text", whole if whole.strip() else "\n\n".join(rest))
    draft.line("source", credited(draft.values.get("text") or ""))


def _head(draft: Draft, lines: list[str]) -> list[str]:
    """The lines over the copy (`^...<`): slug, headline, notes, byline; gives those that are none."""
    notes, rest = [], []
    for at, line in enumerate(lines):
        slug = _SLUG.match(line[:_LONGEST_SLUG]) if at == 0 and ("--" in line or "," in line) else None
        if slug:
            draft.line("slug", slug["slug"])
            draft.line("take", slug["take"] or "")
        elif label := _LABEL.match(line):
            name = {"hl": "headline", "headline": "headline", "byline": "byline", "dateline": "dateline"}
            draft.line(name.get(label["name"].lower(), "note"), label["said"])
        elif _BYLINE.match(line):
            draft.line("byline", line)
        elif _NOTE.match(line):
            notes.append(line)
        elif "headline" not in draft.values:
            draft.line("headline", line)
        elif "byline" not in draft.values or len(line) > 60:  # beneath a byline stands whom the writer works for
            rest.append(line)
    remark(draft, *notes)
    return rest


def _typed(text: str) -> str:
    """Quotation marks and dashes in place of what six bits had for them."""
    text = text.replace("``", "“").replace("''", "”").replace("`", "‘")
    return re.sub(r"(?<=\s)_(?=\s)", "—", text)


def _sent(draft: Draft, message: Message) -> str:
    """The line that says when the story was sent, as ISO 8601; "" where there is none that can be read."""
    for form in _SENT:
        for match in form.finditer(f"{message.text[-300:]}\n{message.trailer}"):
            away, (month, day) = _HOURS.get(match["zone"]), (int(match["month"]), int(match["day"]))
            if away is None:
                continue
            if month > 12:
                month, day = day, month
            year = int(match["year"])
            try:
                zone = timezone(timedelta(hours=away))
                sent = datetime(
                    year + (1900 if year >= 79 else 2000),
                    month,
                    day,
                    int(match["hour"]),
                    int(match["minute"]),
                    tzinfo=zone,
                )
                return sent.astimezone(UTC).isoformat()
            except ValueError:
                continue
    return ""

"""Reads the trade's markers: UPDATE 2-, 1st Ld-Writethru, URGENT, CORRECTED-, REFILE-, =2, 1st Add, KILL, ADVISORY.

They are those of the handbooks of Reuters ("Cracking the codes"), dpa ("Slugs", "Corrections") and AP ("Filing the
wire"). In copy they are in capitals and set off by a hyphen, colon or brackets; other words of the kind are news.
"""

import re
from dataclasses import dataclass

_ORDINALS = dict(zip("first second third fourth fifth sixth".split(), range(1, 7), strict=True))
_NTH = rf"(?:\d{{1,2}}(?i:st|nd|rd|th)|{'|'.join(_ORDINALS).upper()})"
_ALL = r"(?i:[ -]?(?:all|write-?thr(?:u|ough)))?"
# Each group says what its words mean; of words that begin alike the longer come first.
_FORMS = (
    rf"(?P<edition>UPDATE[ -]?\d{{1,2}}|{_NTH}[ -]?(?i:lead|ld){_ALL}|(?:LEAD|LD)(?=[)\]]))",
    r"(?P<update>(?i:substitute)(?=[)\]])|UPDATED?|WRAP-?UP(?: \d{1,2})?|WRITE-?THR(?:U|OUGH)|ADDS)",
    rf"(?P<add>{_NTH}[ -]?(?i:add))",
    rf"(?P<part>= ?\d{{1,2}}|(?i:take \d{{1,2}} ?(?:of|/) ?\d{{1,2}})|TAKE \d{{1,2}}|{_NTH} (?i:take))",
    r"(?P<correction>CORRECT(?:ED|ION|S|IVE)(?:[- ]?\(OFFICIAL\))?)",
    r"(?P<refile>REFILED?)",
    r"(?P<repeat>RPT|REPEAT(?:ED|S)?)",
    r"(?P<kill>(?:STORY|MANDATORY|BULLETIN) KILL(?:ED)?|KILL(?:[ ,.!*-]+KILL)*(?: (?:STORY|ARTICLE|ITEM))?"
    r"|(?:STORY |ARTICLE )?WITHDRAWN)",
    r"(?P<urgent>FLASH|BULLETIN(?: MATTER)?|NEWS ?ALERT|ALERT|URGENT|BREAKING(?: NEWS)?)",
    r"(?P<advisory>(?:(?:MEDIA|NEWS|COVERAGE|PHOTO|TECHNICAL|EDITORIAL) )?ADVISORY|DAYBOOK|DAILY DIARY|NEWS DIGEST)",
    r"(?P<editors>NOTES? TO EDITORS|EDITORS'? NOTE|ATTENTION,? EDITORS)",
)
_FIELD = re.compile(rf"(?:{'|'.join(_FORMS)})(?![^\W_])", re.IGNORECASE)
_COPY = re.compile(rf"(?:{'|'.join(_FORMS)})(?![^\W_])")
_BETWEEN = re.compile(r"(?:[\s,;:/()\[\]*.^¥'–—-]|=(?! ?\d))*")
_SET_OFF = re.compile(r"\s*(?:[:–—]|--?|\s-)\s*(?=[^\s-])")
_OPENING = re.compile(r"\s*(?:[(\[]|\*+)\s*")
_IN_BRACKETS = re.compile(r"\s*(?:[)\]]|\*+)\s*[-:–—]?\s*(?=\S)")
_BARE = re.compile(r"\s+(?=[A-Z]['’]?[a-z])")
# Those that are written small too, as Xinhua and the AP do, and then with a colon.
_SMALL = re.compile(r"(?:Correction|Corrected|Urgent|Update(?: \d{1,2})?|Updated|Breaking(?: News)?)(?=:\s+\S)")
_ALERT = re.compile(r"(?:[A-Z]{2,5} )?News ?Alert")
SCHEDULE = re.compile(
    r"\b(?:DAYBOOK|Daybook|NEWS DIGEST|News Digest|NEWS SCHEDULE|News Schedule|COVERAGE ADVISORY|Coverage Advisory)"
    r"(?:,? (?:AT|at|FOR|for) .{1,40}|[ ,]*\d.{0,12})?$"
)
_AT_END = re.compile(
    r"\s+[(\[](?P<inner>[^()\[\]]{2,40})[)\]]$|,\s?(?P<version>[^,]{2,40})$"
    r"|\s+(?P<take>=\s?\d{1,2})(?:\s+[A-Z ]{3,30})?$"
)
_UNLIKE_WORDS = ("edition", "correction", "refile", "part", "add")  # nothing else begins with these words
_MOST = 8  # markers before one headline
_LONGEST = 300  # characters of a field that may be markers
_KEYWORD = re.compile(r"[A-Z]{2}-\S")  # AP's slug, where it stands for a headline
_SLUG = re.compile(r"^(?P<stem>[^,(]*[^,(\s/])\s*(?:/\s*)?(?:,\s*(?P<version>.+)|\((?P<inner>[^()]+)\)|/)$")
# The grades of the IPTC's urgency, as AFP and AP rank these words: flash, then bulletins and alerts, then urgents.
_URGENCIES = {"FLASH": 1, "BULLETIN": 2, "NEWS": 2, "NEWSALERT": 2, "ALERT": 2, "URGENT": 3, "BREAKING": 3}


@dataclass(slots=True)
class Marks:
    """What markers say. `correction` is what the copy says it corrects, "" where it only says that it does."""

    edition: int | None = None
    part: int | None = None
    correction: str | None = None
    urgency: int | None = None
    update: bool = False
    refile: bool = False
    repeat: bool = False
    killed: bool = False
    advisory: bool = False

    def note(self, kind: str, words: str) -> None:
        """Remember a marker: a group's name and its words."""
        number = _number(words)
        match kind:
            case "edition":
                self.edition = max(number, self.edition or 0, 1)
            case "add":
                self.part = number + 1
            case "part":
                self.part = number
            case "correction":
                self.correction = self.correction or ""
            case "kill":
                self.killed = True
            case "editors":
                pass  # over copy it says nothing of the copy; a headline is a note where it begins so
            case "urgent":
                grade = _URGENCIES[words.upper().split(maxsplit=1)[0]]
                self.urgency = min(grade, self.urgency or grade)
            case _:
                setattr(self, kind, True)


def strip_headline(text: str, marks: Marks) -> str:
    """A headline without its markers, which are noted; one that is nothing but markers stays as it is."""
    rest = text.removesuffix(" =")
    for _ in range(_MOST):
        if not (found := _prefix(rest)):
            break
        kind, words, end = found
        marks.note(kind, words)
        marks.advisory = marks.advisory or kind == "editors"
        rest = rest[end:]
    if _KEYWORD.match(rest):
        rest = split_slug(rest, marks)
    while (last := _AT_END.search(rest)) and _noted(last["inner"] or last["version"] or last["take"], _COPY, marks):
        rest = rest[: last.start()].rstrip(" -–—")
    marks.advisory = marks.advisory or SCHEDULE.search(rest) is not None
    if _ALERT.fullmatch(rest):
        marks.note("urgent", "ALERT")
    return text if is_markers(rest, marks) else rest


def is_markers(text: str, marks: Marks) -> bool:
    """Whether a line of copy is markers and nothing else; they are noted if so."""
    return len(text) <= 80 and _noted(text, _COPY, marks)


def read_field(text: str, marks: Marks) -> None:
    """Note the markers with which a field begins, in whatever case."""
    at = _between(text, 0)
    while match := _FIELD.match(text, at, _LONGEST):
        marks.note(str(match.lastgroup), match[0])
        at = _between(text, match.end())


def split_slug(text: str, marks: Marks) -> str:
    """A slug without its version section (`BC-Ferry, 2nd Ld-Writethru`, `FERRY/ (UPDATE 2)`), which is noted."""
    match = _SLUG.match(text)
    section = match and (match["version"] or match["inner"])
    if not match or (section and not _FIELD.match(section, _between(section, 0))):
        return text
    read_field(section or "", marks)
    return match["stem"]


def _prefix(text: str) -> tuple[str, str, int] | None:
    """The marker with which a headline begins: its kind, its words, and where what follows it begins."""
    small, opening = _SMALL.match(text), _OPENING.match(text)
    match = _FIELD.match(small[0]) if small else _COPY.match(text, opening.end() if opening else 0)
    kind = str(match.lastgroup) if match else ""
    # "TAKE 2: Oland tries again" and "ADDS: ..." are no markers before a headline, only on lines of their own.
    if not match or (kind == "part" and "of" not in match[0].lower()) or match[0] == "ADDS":
        return None
    end = (_IN_BRACKETS if opening else _SET_OFF).match(text, match.end())
    if end and (kind in _UNLIKE_WORDS or opening or end[0] != "-" or _is_mixed(text[end.end() :])):
        return kind, match[0], end.end()
    bare = _BARE.match(text, match.end()) if kind in ("edition", "urgent") and not opening else None
    return (kind, match[0], bare.end()) if bare else None


def _noted(text: str, grammar: re.Pattern[str], marks: Marks) -> bool:
    """Whether the text is markers from end to end; they are noted if so."""
    found, at = [], _between(text, 0)
    while match := grammar.match(text, at):
        found.append(match)
        at = _between(text, match.end())
    if not found or at < len(text):
        return False
    for match in found:
        marks.note(str(match.lastgroup), match[0])
    return True


def _is_mixed(text: str) -> bool:
    """Whether copy begins here that isn't all in capitals: "REPEAT-Ferry sinks", not "REPEAT-OFFENDER JAILED"."""
    first = next(filter(str.isalnum, text), "")
    return (first.isupper() or first.isdigit()) and not text.isupper()


def _between(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _number(words: str) -> int:
    digits = re.search(r"\d+", words)
    return int(digits[0]) if digits else _ORDINALS.get(words.split(maxsplit=1)[0].lower(), 0)

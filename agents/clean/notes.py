"""Finds what stands over and under the copy for editors: notes, lines that say what a version adds, markers, ends."""

import re
from collections.abc import Iterable, Iterator

from agents.clean.lines import Line
from agents.clean.markers import SCHEDULE, Marks, is_markers, split_slug

_REACH = 30  # lines in which the copy must begin
_TAIL = 3  # lines under the copy that may be notes
_LONGEST = 500  # characters of a note
_REMARKS = 4000  # of all remarks in one field
_EDITORS = (
    r"(?:(?i:eds)|(?i:attention,? editors)|(?i:notes? to editors)|EDITORS|Editors)"
    r"(?:'\s?(?i:note))?\s?(?:[:,–—-]+|$|(?=\s(?:(?i:please|kill)|are\b)))"
)
_NOTE = re.compile(rf"[\W_]*{_EDITORS}")
_VERBS = (
    r"(?:adds|updates|recasts|rewrites|refiles|repeats|removes|fixes|inserts|changes|drops|deletes|restores|clarifies"
    r"|writes\s+through|updating|adding|recasting|refiling|repeating|pvs|no\s+pickup)"
)
_DATED = r"(?:th(?:is|e)\s+(?:\w+\s+){1,4}(?:has\s+been\s+|was\s+|is\s+)?)?"
_SAYS_WHAT = re.compile(
    rf"[(\[]\s*{_DATED}(?:{_VERBS}|refiled|repeated|updated)\b[^()]*(?:\([^()]*\)[^()]*)*[)\]]$", re.IGNORECASE
)
_CORRECTS = re.compile(
    rf"[(\[]\s*(?:eds?:\s*)?{_DATED}(?:corrects|corrected|correcting|correction)\b"
    r"|(?:eds?:\s*|editors:\s*)?this\s+(?:version|story|article|item|report)\s+(?:corrects|has\s+been\s+corrected)\b"
    rf"|{_EDITORS}\s*corrects\b"
    r"|(?-i:CORRECTION|Correction|CORRECTED|Corrected):\s"
    r"|an\s+(?:earlier|previous)\s+version\s+of\s+this\s+(?:story|article|report|item)\s+(?:incorrectly|mis\w+|wrongly)\b",
    re.IGNORECASE,
)
_IN_FIELD = rf"[(\[]?\s*(?:eds?:?\s*)?{_DATED}"
_CORRECTS_FIELD = re.compile(rf"{_IN_FIELD}correct(?:s|ed|ion)\b", re.IGNORECASE)
_SAYS_WHAT_FIELD = re.compile(rf"{_IN_FIELD}{_VERBS}\b", re.IGNORECASE)
_AMONG_OTHERS = re.compile(
    r"\bCORRECTS\b|(?<=[,;])\s*corrects\b"
)  # "UPDATES toll. CORRECTS age", "(Adds quote, corrects age)"
_PARTS = re.compile(r"(?<=\w\w[.;])\s+(?=[A-Z(\[])|(?<=[)\]])\s+")  # not within "6 p.m. EST"
_ADDS = re.compile(r"\b(?:ADDS|UPDATES|RECASTS|SUBS)\b")
_REFILES = re.compile(r"\brefile[sd]\b|\brefiling\b", re.IGNORECASE)
_REPEATS = re.compile(r"[(\[]\s*repeat(?:s|ing)\b", re.IGNORECASE)
_ITEM = r"(?:(?:the|this|our|all)\b|(?:item|stor(?:y|ies)|article|copy)\b|[A-Z]{2}-|[A-Z][A-Z-]{3,}|\w+\s+\d)"
_KILLS = re.compile(
    rf"[\W_]*(?:{_EDITORS}\s*(?:(?i:please)\s+)?|(?i:please)\s+)(?i:kill)\s+{_ITEM}"
    r"|[\W_]*(?i:kill)\s+[A-Z]{2}-\S"
    rf"|[\W_]*{_EDITORS}.*(?i:\b(?:asked|advised|requested)\s+to\s+kill\b|\bplease\s+kill\b)"
    r"|[\W_]*(?i:this\s+(?:story|article)\s+(?:is|has\s+been)\s+withdrawn)\b"
)
_ENDS = re.compile(
    r"[(\[*\s]*(?:MORE(?: TO (?:COME|FOLLOW)| FOLLOWS)?|ENDS?|END OF (?:TAKE|STORY|ADD)|-?(?:30|0)-)[)\]*\s.]*$"
)
_GLUED_END = re.compile(r"\s*\((?:MORE|END|ENDS)\)$")


def strip_end(text: str) -> str:
    """A paragraph without the mark in brackets that tells that the take, or the story, ends there."""
    return _GLUED_END.sub("", text) if text.endswith(")") else text


def mark_notes(lines: list[Line]) -> list[str]:
    """Mark the lines that are for editors as notices, for they are no part of the story; gives their texts.

    What a correction says it corrects is news to its reader: that line is given, but stays copy.
    """
    notes = []
    for line, on_top in _around(lines):
        if correction(line.text):
            notes.append(line.text)
        elif is_note(line.text) or (on_top and is_heading(line.text)):
            notes.append(line.text)
            line.kind = "notice"
    return notes


def is_note(text: str) -> bool:
    """Whether a line is for editors, and nothing else."""
    forms = (_NOTE, _SAYS_WHAT, _KILLS, _ENDS)
    return len(text) <= _LONGEST and any(form.match(text) for form in forms)


def is_heading(text: str) -> bool:
    """Whether a line is a slug or markers, and nothing else: so agencies head their copy, and pages their menus."""
    return is_markers(text, Marks()) or _is_slug(text, Marks()) or SCHEDULE.search(text[:80]) is not None


def read_notes(notes: Iterable[str], marks: Marks) -> None:
    """Note what lines for editors say: markers, what is corrected, a refile, a repeat, a kill."""
    for text in notes:
        if corrects := correction(text):
            marks.correction = marks.correction or corrects
        elif _KILLS.match(text):
            marks.killed = True
        elif SCHEDULE.search(text):
            marks.advisory = True
        elif not is_markers(text, marks) and not _is_slug(text, marks):
            marks.refile = marks.refile or _REFILES.search(text) is not None
            marks.repeat = marks.repeat or _REPEATS.match(text) is not None
            marks.update = marks.update or _SAYS_WHAT.match(text) is not None or _ADDS.search(text) is not None


def parts(note: str) -> list[str]:
    """The single notes in a field that may hold several, one after the other."""
    return [each for each in _PARTS.split(note[:_REMARKS]) if each]


def read_field_notes(notes: Iterable[str], marks: Marks) -> None:
    """Note what the notes in a field say, where neither brackets nor capitals are needed."""
    for text in notes:
        if _CORRECTS_FIELD.match(text) or correction(text):
            marks.correction = marks.correction or text
        elif _SAYS_WHAT_FIELD.match(text):
            marks.update = True
        read_notes([text], marks)


def correction(text: str) -> str:
    """What a line says it corrects, in its own words; "" where it is no such line."""
    among = len(text) <= _LONGEST and (_NOTE.match(text) or _SAYS_WHAT.match(text)) and _AMONG_OTHERS.search(text)
    if not among and not _CORRECTS.match(text):
        return ""
    return text[1:].partition(")" if text[0] == "(" else "]")[0].strip() if text[0] in "([" else text


def _around(lines: list[Line]) -> Iterator[tuple[Line, bool]]:
    """The lines over the copy, each with whether only such lines stand over it, and the last lines under the copy."""
    on_top, last = True, len(lines)
    for at, line in enumerate(lines[:_REACH]):
        yield line, on_top
        if line.is_copy and not correction(line.text):
            on_top = False
            if line.prose:
                last = at
                break
    yield from ((line, False) for line in lines[max(last + 1, len(lines) - _TAIL) :])


def _is_slug(text: str, marks: Marks) -> bool:
    """Whether a line is a slug, its version section noted (`BC-Ferry, 2nd Ld`, `Oland-Ferry/`), and nothing else."""
    plausible = len(text) <= 80 and "-" in text and " " not in re.split("[,/]", text)[0]
    return plausible and split_slug(text, marks) != text

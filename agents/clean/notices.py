"""Finds the notice over a piece of copy that keeps it from being used yet: an embargo, a hold for release."""

import re

from agents.clean.lines import Line

_REACH = 30  # lines from the first among which a notice may stand: a page may have a menu over it
_LONGEST = 200  # characters of one; what is longer is about an embargo, not under it
_USE = r"(?:publication|release|use|broadcast|transmission|distribution)"
_USED = r"(?:published|released|used|broadcast|transmitted|distributed)"
_BEFORE = r"(?:before|until|till|prior\s+to|earlier\s+than)"
_EDITORS = r"^[\W_]*(?:(?:eds?|editors?|note\s+to\s+editors?|attention\s+editors?)\b[\s:–—-]*)?"
_TIME = r"(?=.*(?:\d|\bnoon|\bmid(?:day|night)))"
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_EDITORS}(?:this\s+\w+\s+is\s+)?(?:(?:strictly|news|press|under)\s+)*(?:embargoed|under\s+embargo)\s+"
        rf"(?:until|till|for\s+{_USE}(?:\s+{_BEFORE})?)\b(?P<when>.*)",
        # Not "Embargo - what now?" or "Embargoed: the ships of Oland": without a time only capitals make a notice.
        rf"{_EDITORS}(?:(?:strictly|news|press|under)\s+)*"
        rf"(?:(?-i:EMBARGOED)|embargo(?:ed)?{_TIME})(?:\s+(?:until|till)\b|\s*[:–—-]|\s*$)(?P<when>.*)",
        rf"{_EDITORS}(?:strictly\s+)?not\s+(?:for\s+{_USE}|to\s+be\s+{_USED})(?:\s+(?:or|and)\s+\w+)?\s+{_BEFORE}\b(?P<when>.*)",
        rf"{_EDITORS}(?:please\s+)?hold\s+for\s+{_USE}\b(?P<when>.*)",
        rf"{_EDITORS}for\s+{_USE}\s+(?:at|on|after|not\s+{_BEFORE})\b{_TIME}(?P<when>.*)",
    )
]
_HOLD = re.compile(rf"{_EDITORS}(?-i:HOLD(?:\W+HOLD)*)\b\W*$", re.IGNORECASE)


def held_words(line: str) -> str | None:
    """What a notice says of the time until which it holds the copy back, "" for nothing; None where it is no notice."""
    if len(line) > _LONGEST:
        return None
    if _HOLD.match(line):
        return ""
    match = next(filter(None, (form.match(line) for form in _FORMS)), None)
    return match["when"].strip() if match else None


def mark_notice(lines: list[Line]) -> str:
    """Mark the notice over the copy as one, for it is no part of the story; gives its text, "" where there is none."""
    for line in lines[:_REACH]:
        if line.is_copy and held_words(line.text) is not None:
            line.kind = "notice"
            return line.text
    return ""

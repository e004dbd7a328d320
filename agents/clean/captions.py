"""Finds photo captions among the lines: by their credit, by what they say of the picture, by a twin beside them."""

import re

from agents.clean.lines import Line, ends_sentence, key

_LONGEST, _LONGEST_QUOTING = 60, 25  # words; more is copy with a credit glued to it, sooner if it quotes somebody
_LONGEST_TEXT = 2000  # characters, which may hold two captions
_ALIKE = 0.6  # share of a line's words that a caption beside it must hold to make it another caption of that picture
_RARE = 4  # captions are fewer than one in so many lines

_MEDIUM = r"(?:photo|photograph|picture|image|illustration|graphic|video|foto|bild)s?"
_AGENCY = (
    r"(?:reuters|ap|afp|upi|epa|efe|dpa|getty|getty\ images|associated\ press|xinhua|tass|sputnik|bloomberg|ani|pti"
    r"|anadolu|kyodo|yonhap|shutterstock|istock|alamy|flickr|wikimedia|wikimedia\ commons|nasa|pool|handout|zuma|rex"
    r"|flash90|imago|picture\ alliance|scanpix|aap|unsplash|pixabay|facebook|twitter)"
)
_IN_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]{2,140}?)\s*[)\]]\.?")
# A label and a name, such as "photo credit: A. Name", "Photo: A. Name", "picture by A. Name", "courtesy of a museum".
_LABELLED = re.compile(
    rf"(?:{_MEDIUM}\s*)?(?:credits?|courtesy(?:\s+of)?)\s*[:/]|{_MEDIUM}\s*(?:[:/]|\b(?:by|courtesy|credits?)\b)"
    r"|courtesy\s+(?:of|photo)\b|(?:file|stock|handout)\s+(?:photo|picture|image)s?\b|file$",
    re.IGNORECASE,
)
# An agency and a name, such as "AP Photo/A. Name", "REUTERS/A. Name", "A. Name/AFP via Getty Images".
_AGENCY_CREDIT = re.compile(
    rf"{_AGENCY}\s*(?:file\s*)?(?:{_MEDIUM}\b|[/\\])|[^.:]{{0,60}}[/\\|]\s*{_AGENCY}\b|[^.:]{{0,60}}\bvia\s+{_AGENCY}\b",
    re.IGNORECASE,
)
# Where a credit without brackets may begin: at the line's start, after a sentence, after a dash or bar.
_STARTS = re.compile(r"^|(?<=[.!?…”\"')\]])\s(?:[|–—-]\s)?|\s[|–—-]\s")
# Without any of these no line is a caption: a quick look, for there are many lines and few captions.
_HINT = re.compile(r"[:/\\|(\[]|hoto|mage|icture|rame|FILE|File|edia |ideo|ourtesy|redit|\b(?:via|by) ")
_LEGEND = re.compile(
    r"\bin (?:this|these) (?:(?:\w+ )?(?:still|file|handout|combination|undated|pool|satellite|screengrab))"
    r" (?:image|photo|photograph|picture|frame)s?\b"
    r"|^(?:image|media|photo|picture|video) (?:caption|source)\b"
    r"|^(?:an? )?(?:undated |stock )?file (?:photo|picture|image)\b(?!.{60})"
    r"|^(?-i:FILE (?:PHOTO|PICTURE|IMAGE)|FILE\s?[-–—:])",
    re.IGNORECASE,
)


def mark_captions(lines: list[Line]) -> list[str]:
    """Mark the lines that are captions or credits; give each caption once, in order, with its credit if it has one."""
    found: dict[str, str] = {}
    for at, line in enumerate(lines):
        pieces = split_caption(line)
        if pieces and not key(pieces[0][0]) and at and _belongs(lines, at, found):
            pieces = [(lines[at - 1].text, pieces[0][1])]
            lines[at - 1].kind = "caption"
        for words, credit in pieces:
            line.kind = "caption"
            _keep(found, words, credit)
    for at, line in enumerate(lines if found else ()):
        if line.kind == "copy" and _is_twin(lines, at, found):
            line.kind = "caption"
            _keep(found, line.text, "")
    _mark_set_alike(lines, found)
    return list(found.values())


def _mark_set_alike(lines: list[Line], found: dict[str, str]) -> None:
    """Mark the lines that stand apart from the copy in the way that a caption does: by its spaces at the start."""
    indents = {line.indent for line in lines if line.kind == "caption" and line.indent}
    alike = [line for line in lines if indents and line.kind == "copy" and line.indent in indents and not line.bullet]
    if len(alike) * _RARE > len(lines):
        return
    for line in alike:
        if 5 <= line.words < _LONGEST and line is not lines[0]:
            line.kind = "caption"
            _keep(found, line.text, "")


def split_caption(line: Line) -> list[tuple[str, str]]:
    """The captions that a line consists of, each as (words, credit); [] where it is no caption."""
    text, pieces, start = line.text, [], 0
    if len(text) > _LONGEST_TEXT or not _HINT.search(text) or (line.quoted and line.words > _LONGEST_QUOTING):
        return []
    for match in _IN_BRACKETS.finditer(text) if "(" in text or "[" in text else ():
        if _is_credit(match[1]):
            pieces.append((text[start : match.start()].strip(), match[0]))
            start = match.end()
    if not key(text[start:]) and all(len(words.split()) <= _LONGEST for words, _ in pieces):
        return pieces
    if line.words >= _LONGEST:
        return []
    for match in _STARTS.finditer(text, max(0, len(text) - 120)):
        if _is_bare_credit(text[match.end() :]):
            return [(text[: match.start()].strip(), text[match.end() :])]
    return [(text, "")] if _LEGEND.search(text) else []


def _is_credit(text: str) -> bool:
    return (_LABELLED.match(text) or _AGENCY_CREDIT.match(text)) is not None


def _is_bare_credit(text: str) -> bool:
    """A credit without brackets is short, and no sentence that happens to begin like one."""
    if not _is_credit(text) or text.endswith(":") or any(sign in text for sign in '"“”«»'):
        return False
    most = 8 if ends_sentence(text) else 14
    return len(text.split(None, most)) <= most and (most == 14 or any(sign in text for sign in ":/\\"))


def _belongs(lines: list[Line], at: int, found: dict[str, str]) -> bool:
    """Whether the credit at `at` stands under its caption, not under a paragraph of copy."""
    above, before = lines[at - 1], lines[at - 2] if at > 1 else None
    if key(above.text) in found:
        return True
    amid_copy = before is not None and before.block == above.block and before.prose and before.kind == "copy"
    return above.block == lines[at].block and above.kind == "copy" and above.words < _LONGEST and not amid_copy


def _keep(found: dict[str, str], words: str, credit: str) -> None:
    name = key(words) or key(credit)
    whole = f"{words} {credit}".strip()
    if len(whole) > len(found.get(name, "")):
        found[name] = whole


def _is_twin(lines: list[Line], at: int, found: dict[str, str]) -> bool:
    """Whether a line says again, in the same words or nearly, what a caption beside it says."""
    if key(lines[at].text) in found:
        return True
    if lines[at].words > _LONGEST or lines[at].words < 5:
        return False
    beside = [lines[i].text for i in (at - 1, at + 1) if 0 <= i < len(lines) and lines[i].kind == "caption"]
    words = set(key(lines[at].text).split())
    return any(len(words & set(key(text).split())) >= _ALIKE * len(words) for text in beside)

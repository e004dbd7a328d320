"""Figures as they are compared: "1,200", "1200" and "twelve hundred" aside, one value has one form."""

import re

from rapidfuzz.distance import OSA

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_WORDS = {word: str(value) for value, word in enumerate(f"{_UNITS} seventeen eighteen nineteen".split())}
_WORDS |= {
    word: str(ten * 10) for ten, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")


def value(word: str) -> str | None:
    """The figure that a word stands for, in one spelling for each value; None where it is no figure.

    "1,200" and "1200" are one figure, so are "twelve" and "12", "007" and "7".
    "one" is left alone: it is an article more often than a count.
    """
    if word in _WORDS:
        return None if word == "one" else _WORDS[word]
    if not word[:1].isdigit():
        return None
    plain = word.replace(",", "") if _THOUSANDS.fullmatch(word) else word.replace(",", ".")
    return plain.lstrip("0") or "0"


def is_slip(old: str, new: str) -> bool:
    """Whether `new` reads like `old` mistyped: a character lost, doubled, swapped or turned into a letter.

    One digit put for another is what a changed figure looks like, and is no slip.
    """
    if OSA.distance(old, new) > 1:
        return False
    swapped = sorted(old) == sorted(new)
    return len(old) != len(new) or swapped or not new.isdigit()

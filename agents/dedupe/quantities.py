"""Reads a number, a clock time or a date where one begins among the words of a text."""

import re
from dataclasses import dataclass

from agents.dedupe.numerals import (
    DAYS,
    HAN_DIGITS,
    HAN_SCALES,
    HAN_TENS,
    LARGE,
    LETTERS,
    MONTHS,
    ONES,
    ORDINALS,
    SCALES,
    TENS,
    UNITS,
)
from agents.dedupe.words import Copy

Value = tuple[str | float | None, ...]  # ("n", value), ("clock", minute) or ("date", month, day, year, weekday)

_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"(\d+(?:,\d{3})*)\.(\d+)|(\d+(?:\.\d{3})*),(\d+)")
_LONGEST = 24  # words or signs of a number; a longer row of them is none
_SPACE = frozenset(" \u00a0\u202f\u2009")


@dataclass(frozen=True, slots=True)
class Found:
    """What was read up to the word `last`, with all that it may mean."""

    last: int
    readings: frozenset[Value]


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a copy and what stands between them."""

    copy: Copy

    def word(self, at: int) -> str:
        return self.copy.words[at] if 0 <= at < len(self.copy.words) else ""

    def before(self, at: int) -> str:
        """What parts a word from the one before it, or from the ends of the text."""
        ends, starts, text = self.copy.ends, self.copy.starts, self.copy.text
        return text[ends[at - 1] if at else 0 : starts[at] if at < len(starts) else len(text)]

    def capital(self, at: int) -> bool:
        first = self.copy.text[self.copy.starts[at]]
        return first.isupper() or not first.isascii()

    def unit(self, first: int, last: int) -> tuple[str, int]:
        """The unit of the number `first:last`, "" where there is none, and where it ends."""
        gap = self.before(last)
        after = gap.strip()
        if gap[:1] in UNITS or after[:1] in ("%", "€"):
            return UNITS[after[0]], last
        if self.word(last) == "per" and self.word(last + 1) == "cent":
            return "%", last + 2
        if self.word(last) in UNITS and after in ("", "-"):
            return UNITS[self.word(last)], last + 1
        return UNITS.get(self.before(first)[-1:], ""), last


def quantity(text: Text, at: int) -> Found | None:
    """The number that begins with a word; None where it is none."""
    word = text.word(at)
    if word[0].isdigit():
        return _written(text, at)
    if word in HAN_DIGITS or word in HAN_TENS:
        return _han(text, at)
    if word in ORDINALS:
        return Found(at + 1, frozenset({("n", float(ORDINALS[word]))}))
    return _spelt(text, at) if word in ONES or word in TENS or word in LARGE else None


def _written(text: Text, at: int) -> Found:
    """A number in digits, with the word or letter that scales it."""
    if text.word(at + 1) in (*HAN_TENS, *HAN_SCALES) and not text.before(at + 1):
        return _han(text, at)
    values, last = _digits(text.word(at)), at + 1
    if len(text.word(at)) <= 3 and text.word(at).isdigit() and text.before(at + 1) in _SPACE:
        while last - at < _LONGEST and re.fullmatch(r"\d{3}", text.word(last)) and text.before(last) in _SPACE:
            last += 1
        if last > at + 1:
            values = {float("".join(text.copy.words[at:last]))}
    fraction, taken = _fraction(text, last)
    values, last = {value + fraction for value in values}, last + taken
    scale, gap = SCALES.get(text.word(last)), text.before(last)
    if scale and (gap == "" or (gap in (" ", "-", "\u00a0") and text.word(last) not in LETTERS)):
        scaled = {float(f"{value * scale:.15g}") for value in values}
        values, last = (values | scaled if text.word(last) in LETTERS else scaled), last + 1
    return Found(last, frozenset(("n", value) for value in values))


def _digits(word: str) -> set[float]:
    """The values that digits with their points and commas may have; "½" is folded to "1⁄2" by its words."""
    values = set()
    if "⁄" in word:
        over, under = word.split("⁄", 1)
        return {int(over) / int(under)} if over.isdigit() and under.isdigit() and int(under) else {0.0}
    if grouped := _GROUPED.fullmatch(word):
        values.add(float(re.sub(r"[.,]", "", word)))
        if word.count(grouped[1]) > 1:
            return values
    if decimal := _DECIMAL.fullmatch(word):
        whole, part = decimal[1] or decimal[3], decimal[2] or decimal[4]
        values.add(float(f"{re.sub('[.,]', '', whole)}.{part}"))
    return values or {float("0" + "".join(filter(str.isdecimal, word)))}


def _fraction(text: Text, at: int) -> tuple[float, int]:
    """The fraction of "8-1/2" or "8 1/2", from its numerator on, and its words; 0 where there is none."""
    if "⁄" in text.word(at) and text.before(at) in ("", " "):
        return max(_digits(text.word(at))), 1
    over, under = text.word(at), text.word(at + 1)
    if text.before(at) not in ("-", " ") or text.before(at + 1).strip() != "/":
        return 0.0, 0
    small = re.fullmatch(r"\d{1,2}", over) and re.fullmatch(r"\d{1,2}", under) and int(under)
    return (int(over) / int(under), 2) if small and int(over) < int(under) else (0.0, 0)


def _spelt(text: Text, at: int) -> Found:
    """A number in English words: "twenty-one", "two hundred and five thousand"."""
    total = current = 0.0
    last, scaled = at, False
    while last - at < _LONGEST:
        word, gap = text.word(last), text.before(last)
        if last > at and gap not in (" ", "-", " - "):
            break
        if word in ONES and (last == at or scaled or (current and current % 10 == 0 and ONES[word] < 10)):
            current, scaled = current + ONES[word], False
        elif word in TENS and (last == at or scaled):
            current, scaled = current + TENS[word], False
        elif word in ("hundred", "dozen"):
            current, scaled = (current or 1) * LARGE[word], True
        elif word in SCALES and word not in LETTERS and SCALES[word] >= 1000:
            total, current, scaled = total + (current or 1) * SCALES[word], 0.0, True
        elif not (word == "and" and scaled and (text.word(last + 1) in ONES or text.word(last + 1) in TENS)):
            break
        last += 1
    return Found(last, frozenset({("n", total + current)}))


def _han(text: Text, at: int) -> Found:
    """A number in Chinese characters, or in digits that such characters scale ("12万")."""
    total = section = number = 0.0
    last = at
    while last == at or (last - at < _LONGEST and not text.before(last)):
        sign = text.word(last)
        if sign in HAN_DIGITS:
            number = number * 10 + HAN_DIGITS[sign]
        elif sign in HAN_TENS:
            section, number = section + (number or 1) * HAN_TENS[sign], 0.0
        elif sign in HAN_SCALES:
            total, section, number = total + ((section + number) or 1) * HAN_SCALES[sign], 0.0, 0.0
        elif sign[:1].isdigit() and number == 0:
            number = max(_digits(sign))
        else:
            break
        last += 1
    return Found(last, frozenset({("n", float(f"{total + section + number:.15g}"))}))


def clock(text: Text, at: int) -> Found | None:
    """A time of day: "9:30", "9.30 a.m.", "9 pm"; in minutes, both ways round where noon isn't told."""
    hour, minute, last = text.word(at), "0", at + 1
    if "." in hour:
        hour, minute = hour.split(".", 1)
    elif text.before(last).strip() == ":" and re.fullmatch(r"\d\d", text.word(last)):
        minute, last = text.word(last), last + 1
    half, end = _noon(text, last)
    told = end > last or last > at + 1
    if not told or not re.fullmatch(r"\d\d?", hour) or not re.fullmatch(r"\d\d?", minute) or int(hour) > 23:
        return None
    at_noon = (int(hour) % 12 if half else int(hour)) * 60 + int(minute)
    minutes = {"a": {at_noon}, "p": {at_noon + 720}}.get(half, {at_noon, (at_noon + 720) % 1440})
    return Found(end, frozenset(("clock", float(each)) for each in minutes))


def _noon(text: Text, at: int) -> tuple[str, int]:
    """ "a" or "p" where a word says so, and where that ends."""
    word = text.word(at)
    if text.before(at).strip():
        return "", at
    if word in ("am", "pm"):
        return word[0], at + 1
    if word in ("a", "p") and text.word(at + 1) == "m" and text.before(at + 1).strip() == ".":
        return word, at + 2
    return "", at


def date(text: Text, at: int) -> Found | None:
    """A date by the name of its month, in either order, or by the day of the week."""
    word = text.word(at)
    if word in DAYS:
        return Found(at + 1, frozenset({("day", float(DAYS[word]))})) if text.capital(at) else None
    day, month, last = None, None, at
    if _is_day(word) and text.word(at + 1) in MONTHS and text.before(at + 1) in (" ", "-", " \u05d1"):
        day, month, last = float(word), MONTHS[text.word(at + 1)], at + 2
    elif word in MONTHS and text.capital(at):
        month, last = MONTHS[word], at + 1
        if _is_day(text.word(last)) and text.before(last).strip() in ("", "."):
            day, last = float(text.word(last)), last + 1
        elif word in ("may", "march", "mar") and not _is_year(text.word(last)):
            return None  # a verb, a march
    if month is None:
        return None
    year = None
    if _is_year(text.word(last)) and text.before(last).strip() in ("", ",", "."):
        year, last = float(text.word(last)), last + 1
    return Found(last, frozenset({("date", float(month), day, year)}))


def _is_day(word: str) -> bool:
    return bool(re.fullmatch(r"\d\d?", word))  # "January 38" is mistaken, and a date all the same


def _is_year(word: str) -> bool:
    return bool(re.fullmatch(r"\d{4}", word))

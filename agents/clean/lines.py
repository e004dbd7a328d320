"""A line of copy and the signs it shows: how long it is, how it ends, how it is capitalised."""

import re
from dataclasses import dataclass
from typing import Literal

# A closer is furniture that follows an article: tags, lists of other stories, rights.
Kind = Literal[
    "copy", "furniture", "closer", "caption", "notice", "headline", "standfirst", "byline", "date", "dateline"
]

_ENDS = tuple(".!?…。！？｡؟۔।॥։")
_CLOSING = "\"'”’»›)]」』）】*"
_QUOTES = re.compile("[\"“”«»„「『‘]|\\B'\\b")
# Scripts that part no words with spaces: Han and kana, Thai, Lao, Khmer, Myanmar. About two letters make a word.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_LOOK = 60  # words that are looked at; a longer line is prose or nothing we know


@dataclass(slots=True)
class Line:
    """A paragraph or a page's odd line. `block` numbers the stretches between empty lines."""

    text: str
    block: int
    bullet: bool
    indent: int  # spaces before it
    words: int  # counted up to about 60
    ended: bool  # with the end of a sentence
    quoted: bool  # holds a quotation mark
    small: int  # words that begin with a small letter
    cased: int  # words in a script that has capitals
    figures: int  # words that hold a digit
    kind: Kind = "copy"
    doubt: int = 0  # how many signs speak for furniture

    @property
    def is_copy(self) -> bool:
        return self.kind == "copy"

    @property
    def title_like(self) -> bool:
        """Nearly all its words are capitalised (never so in a script without capitals)."""
        return self.cased > 0 and self.small * 5 <= self.cased

    @property
    def prose(self) -> bool:
        """A sentence, or so many words in running case that it must be one."""
        if self.ended:
            return self.words >= 8 or (self.words >= 4 and (self.small >= 2 or not self.cased))
        return self.words >= 18 and (self.small * 3 >= self.words or self.cased * 2 < self.words)


def measure(text: str, block: int, bullet: bool = False, indent: int = 0) -> Line:
    """The line with its signs; `text` has single spaces and no line feed."""
    words = text.split(None, _LOOK)[:_LOOK]
    small = cased = figures = 0
    for word in words:
        first = word[0] if word[0].isalnum() else next(filter(str.isalnum, word), "")
        small += first.islower()
        cased += first.islower() or first.isupper()
        figures += first.isdigit()
    count = len(words)
    if not text.isascii():
        count += len(_UNSPACED.findall(text[: _LOOK * 4])) // 2
    quoted = _QUOTES.search(text[:2000]) is not None
    return Line(text, block, bullet, indent, count, ends_sentence(text), quoted, small, cased, figures)


def ends_sentence(text: str) -> bool:
    """Whether the last sign before closing quotes and brackets ends a sentence, in any of the world's scripts."""
    return text[-8:].rstrip(_CLOSING).endswith(_ENDS)


def key(text: str) -> str:
    """The text's words in small letters, for telling whether two lines say the same."""
    return " ".join(re.findall(r"\w+", text.casefold()))

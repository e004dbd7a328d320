"""Text as the words that stories are compared by, in any script."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

# Scripts that part no words by spaces: their terms are pairs of characters.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Signs that belong to a word although Python counts them no letters: accents, points, the vowels of Indic scripts.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0963\u0971-\u0dff"
_LETTER = rf"(?:[^\W\d_{_UNSPACED}]|[{_MARKS}])"
_WORD = re.compile(rf"\d+(?:[.,:]\d+)*|[{_UNSPACED}]+|{_LETTER}(?:{_LETTER}|\d)*(?:['’ʼ](?=[^\W\d_]){_LETTER}+)*")
_PLAIN_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[a-z][a-z0-9]*(?:'[a-z]+)*")  # the same for ASCII in small letters
_KEPT = 2048  # texts whose words are kept at hand: an article's are asked for several times while it is judged
_RUN = re.compile(rf"[{_UNSPACED}]")
_POSSESSIVE = re.compile(r"['’ʼ]s\Z")


@lru_cache(maxsize=_KEPT)
def words(text: str) -> Sequence[str]:
    """The words of a text in order, compatibility forms folded, case and possessive gone.

    Figures keep their points and commas ("6.1", "1,200"); unspaced script comes in overlapping pairs of characters.
    """
    if text.isascii():
        return tuple(word.removesuffix("'s") for word in _PLAIN_WORD.findall(text.lower()))
    return tuple(_read(unicodedata.normalize("NFKC", text)))


def _read(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if not is_unspaced(word):
            yield _POSSESSIVE.sub("", word)
        elif len(word) == 1:
            yield word
        else:
            yield from (word[at : at + 2] for at in range(len(word) - 1))


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script that parts no words by spaces."""
    return not word.isascii() and bool(_RUN.match(word))


def is_figure(word: str) -> bool:
    """Whether a word is a number, date or time in digits."""
    return word[:1].isdigit()

"""How common a word is in the language at large: what document frequencies begin with, before a stream has any."""

import math
from collections import Counter
from functools import lru_cache

from wordfreq import available_languages, get_frequency_dict, word_frequency

from agents.alert.words import is_figure, is_unspaced
from streams.thresholds import RAREST, TYPICAL_ARTICLE, UNLISTED


@lru_cache(maxsize=200_000)
def chance(term: str, language: str) -> float:
    """The probability (0 to 1) that an article of this language holds the term.

    Frequencies are those of wordfreq (Speer 2022), words taken as strewn at random (Poisson).
    """
    return -math.expm1(-TYPICAL_ARTICLE * _frequency(term, language))


@lru_cache(maxsize=200_000)
def information(term: str, language: str) -> float:
    """The self-information of a term in nats (Shannon 1948): -ln of the share of articles with it."""
    return -math.log(chance(term, language))


def _frequency(term: str, language: str) -> float:
    if is_figure(term):
        return max(RAREST, word_frequency(term, "en", wordlist="small"))
    listed = _list(language.partition("-")[0])
    if is_unspaced(term):
        return max(RAREST, _pairs(listed).get(term, 0.0)) if listed else UNLISTED
    return max(RAREST, get_frequency_dict(listed, "small").get(term, 0.0)) if listed else UNLISTED


@lru_cache(maxsize=256)
def _list(language: str) -> str | None:
    """The list that serves a language; English where it isn't known, for names and loans of the wires are English.

    Kept, for wordfreq looks through its folder to say which languages it has.
    """
    name = {"no": "nb", "nn": "nb", "hr": "sh", "sr": "sh", "bs": "sh", "und": "en", "": "en"}.get(language, language)
    return name if name in available_languages("small") else None


@lru_cache(maxsize=8)
def _pairs(language: str) -> dict[str, float]:
    """How often two characters stand side by side within words, for scripts that part no words by spaces."""
    pairs: Counter[str] = Counter()
    for word, frequency in get_frequency_dict(language, "small").items():
        for at in range(len(word) - 1):
            pairs[word[at : at + 2]] += frequency  # type: ignore[assignment]
    return dict(pairs)

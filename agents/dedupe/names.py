"""Names and titles in a gap between two tellings, and when two of them are one."""

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import partial_ratio

from agents.dedupe.words import Copy
from streams.thresholds import ABBREVIATION, ONE_NAME, ONE_NAME_SLIPS, SHOUTING

# What stands before a name and comes and goes by house style. A title put for another is a change.
_COURTESY = frozenset("mr mrs ms miss sir dame lady lord".split())
_TITLES = frozenset(
    "president senator sen governor gov minister premier chancellor chairman secretary general gen colonel col captain "
    "capt major lieutenant lt sergeant sgt admiral judge justice professor prof doctor dr mayor king queen prince "
    "princess pope bishop archbishop ambassador envoy representative rep congressman congresswoman prime vice "
    "deputy chief director commissioner spokesman spokeswoman".split()
)


def capitals(copy: Copy, first: int, last: int) -> tuple[int, int]:
    """The longest run of capitalised words in `first:last`, courtesy titles left out; empty at `first` where none.

    A word that only begins a sentence tells nothing, nor do capitals where all words have them.
    """
    best = run = (first, first)
    begins = copy.begins
    for at in range(first, last):
        proper = copy.words[at] not in _COURTESY and at not in begins and is_capital(copy, at)
        run = (run[0], at + 1) if proper and run[1] == at else (at, at + 1) if proper else run
        best = max(best, run, key=lambda each: each[1] - each[0])
    return best


def is_capital(copy: Copy, at: int) -> bool:
    """Whether a word begins with a capital, or is written in a script that has none to tell by (then it doesn't)."""
    return copy.text[copy.starts[at]].isupper()


def shouts(copy: Copy) -> bool:
    """Whether the copy is in capitals throughout, as on old wires and in headlines."""
    return sum(map(str.isupper, map(copy.text.__getitem__, copy.starts))) > SHOUTING * len(copy.starts)


def is_title(words: tuple[str, ...]) -> bool:
    """Whether some words are a title and nothing else."""
    return all(word in _TITLES for word in words)


def one_name(old: str, new: str, noisy: bool) -> bool:
    """Whether two names without spaces, in small letters, are one: an abbreviation, or mistyped in noisy copy."""
    if old in new or new in old or _abbreviates(old, new) or _abbreviates(new, old):
        return True
    return noisy and (OSA.distance(old, new) <= ONE_NAME_SLIPS or partial_ratio(old, new) >= ONE_NAME)


def _abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in this order, the first at its beginning ("gov", "us", "ltd")."""
    if len(short) > ABBREVIATION or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)


def whole(copy: Copy, first: int, last: int) -> str:
    """The full name that the words `first:last` are of: with the capitalised words beside them."""
    while first - 1 >= 0 and first not in copy.begins and is_capital(copy, first - 1) and _beside(copy, first):
        first -= 1
    while last < len(copy.words) and last not in copy.begins and is_capital(copy, last) and _beside(copy, last):
        last += 1
    return copy.surface(first, last)


def _beside(copy: Copy, at: int) -> bool:
    """Whether nothing but a space parts a word from the one before it."""
    return copy.text[copy.ends[at - 1] : copy.starts[at]].strip(".") == " "

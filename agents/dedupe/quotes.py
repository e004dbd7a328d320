"""What is said in quotation marks, by the words of a copy."""

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter

from agents.dedupe.words import Copy

# An opening mark with its closing one, within a paragraph; straight marks pair in turn.
# None runs over another of its own opening marks, so that marks which are never closed are each read past once.
_QUOTED = re.compile(
    r'"([^"\n]+)"|“([^“”\n]+)”|„([^„“”\n]+)[“”]|«([^«»\n]+)»|「([^「」\n]+)」|『([^『』\n]+)』|״([^״\n]+)״'
)
_LONGEST = 500  # words of a quotation; between marks farther apart nobody speaks


def quotations(copy: Copy) -> tuple[tuple[int, int], ...]:
    """The quoted stretches `first:last` of the words, in order."""
    found = []
    for match in _QUOTED.finditer(copy.text):
        first, last = bisect_left(copy.starts, match.start()), bisect_left(copy.starts, match.end())
        if first < last <= first + _LONGEST:
            found.append((first, last))
    return tuple(found)


def around(quotes: tuple[tuple[int, int], ...], first: int, last: int) -> tuple[int, int] | None:
    """The quotation that holds the words `first:last`; None where none does."""
    at = bisect_right(quotes, first, key=itemgetter(0)) - 1
    return quotes[at] if at >= 0 and last <= quotes[at][1] else None

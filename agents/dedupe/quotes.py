"""What is said in quotation marks, by the words of a copy."""

import re
from bisect import bisect_left

from agents.dedupe.words import Copy

# An opening mark with its closing one, within a paragraph; straight marks pair in turn.
_QUOTED = re.compile(r'"([^"\n]+)"|“([^”\n]+)”|„([^“”\n]+)[“”]|«([^»\n]+)»|「([^」\n]+)」|『([^』\n]+)』|״([^״\n]+)״')


def quotations(copy: Copy) -> tuple[tuple[int, int], ...]:
    """The quoted stretches `first:last` of the words, in order."""
    found = []
    for match in _QUOTED.finditer(copy.text):
        first, last = bisect_left(copy.starts, match.start()), bisect_left(copy.starts, match.end())
        if last > first:
            found.append((first, last))
    return tuple(found)


def around(quotes: tuple[tuple[int, int], ...], first: int, last: int) -> tuple[int, int] | None:
    """The quotation that holds the words `first:last`; None where none does."""
    return next((each for each in quotes if each[0] <= first and last <= each[1]), None)

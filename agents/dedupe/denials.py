"""Words that turn a sentence into its opposite: negations in the languages of the wires, and English pairs."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from streams.thresholds import TURNED

_NEGATIONS = frozenset(
    "not no never nobody nothing none neither nor without cannot denied denies deny denying refused refuses refuse "
    "failed fails unable "
    "не нет ни без לא אין בלי לו لا لم لن ليس ليست غير nicht kein keine keinen pas jamais ne não nem nunca niet geen "
    "不 没 沒 未 非 否".split()
)
_CLIPPED = frozenset(
    "don didn doesn isn wasn aren weren hasn haven hadn won wouldn couldn shouldn can mustn ain".split()
)

# Of each pair, one word of the one side put for one of the other says the opposite.
_PAIRS = (
    ("rose rise rises risen rising up gained gain gains increased increase increases higher climbed jumped soared "
     "surged advanced grew more above", "fell fall falls fallen falling down lost lose loses loss losses decreased "
     "decrease decreases lower dropped drop drops decline slumped sank plunged slid shrank less fewer below"),
    ("approved approves approve accepted accepts accept agreed agrees backed backs supported supports endorsed",
     "rejected rejects reject refused refuses opposed opposes blocked vetoed dismissed denied"),
    ("confirmed confirms confirm admitted admits acknowledged announced",
     "denied denies deny disputed disputes dismissed"),
    ("won win wins victory", "lost lose loses defeat"),
    ("guilty convicted", "innocent acquitted cleared"),
    ("arrested detained jailed imprisoned", "released freed"),
    ("alive survived safe unhurt", "dead died killed injured"),
    ("opened open opens began begin resumed resume", "closed close closes ended suspended halted cancelled canceled"),
    ("profit profits surplus", "loss losses deficit"),
    ("lifted eased", "imposed tightened"),
)  # fmt: skip
_SIDES = [(frozenset(up.split()), frozenset(down.split())) for up, down in _PAIRS]


def negations(words: Sequence[str]) -> int:
    """How many negations stand among some words; "didn't" is one."""
    clipped = sum(word == "t" and before in _CLIPPED for before, word in pairwise(words))
    return clipped + sum(word in _NEGATIONS for word in words)


def turned(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether `new` put for `old` says the opposite: one negation more or less, or the other word of a pair."""
    if max(len(old), len(new)) > TURNED:
        return False
    return abs(negations(old) - negations(new)) == 1 or any(_opposed(old, new))


def _opposed(old: Sequence[str], new: Sequence[str]) -> Iterator[bool]:
    for one, other in _SIDES:
        was = (any(word in one for word in old), any(word in other for word in old))
        now = (any(word in one for word in new), any(word in other for word in new))
        yield was in ((True, False), (False, True)) and now == was[::-1]

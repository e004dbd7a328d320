"""What a verdict rests on, laid open passage by passage: what became of each, and which facts are new in it.

It decides nothing: the measures were taken in `facts`, and here they are written down to be drawn.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import Any

import msgspec

from agents.alert.alerts import fold
from agents.alert.background import information
from agents.alert.facts import Addition, Sifted, Statement
from agents.alert.words import is_figure, words
from streams.records import Fact, Passage, TaggedArticle, Verdict, Weighed

PASSAGES = 256  # laid open, the first in the text
FACTS = 3  # of each kind in a passage, the weightiest

Unnamed = Sequence[tuple[str, Set[str]]]  # names that are new to the story, each with the forms in which it stands


def weighed(tagged: TaggedArticle, verdict: Verdict, sifted: Sifted, names: Collection[str]) -> list[Weighed]:
    """The passages as the verdict weighed them, in text order; `names` (as `fold` gives them) the story had before."""
    passages = tagged.comparison.passages[:PASSAGES]
    unnamed = [(each.name, {each.name, *each.forms}) for each in tagged.entities if fold(each.name) not in names]
    fates = _fates(passages, verdict, sifted)
    additions = {each.statement.passage.start: each for each in sifted.additions}
    return [
        Weighed(
            **msgspec.structs.asdict(each),
            fate=fates[each.start],
            **(_measures(tagged, additions[each.start], unnamed) if each.start in additions else {}),
        )
        for each in passages
    ]


def _measures(tagged: TaggedArticle, each: Addition, unnamed: Unnamed) -> dict[str, Any]:
    named = _names(tagged, each.statement, unnamed)
    taken = {word for fact in named for word in words(fact.text)}
    return {
        "pairs": len(each.statement.pairs),
        "new_pairs": len(each.new_pairs),
        "about": round(each.about, 4),
        "importance": round(each.importance, 2),
        "facts": [*named, *_figures(each), *_company(each, taken)],
    }


def _fates(passages: Collection[Passage], verdict: Verdict, sifted: Sifted) -> dict[int, Any]:
    """What became of each passage, by its start; an update shows even what its story has told in other words."""
    shown = {each.start for each in verdict.novel}
    fates = {each.start: "new" if each.novel else "brought" if each.start in shown else "seen" for each in passages}
    for fate, others in (("told", sifted.told), ("aside", sifted.aside)):
        fates |= {each.start: fate for each in others if each.start not in shown}
    return fates


def _names(tagged: TaggedArticle, each: Statement, unnamed: Unnamed) -> list[Fact]:
    text = tagged.article.text[each.passage.start : each.passage.end]
    named = {name for name, forms in unnamed for form in forms if form in text}
    return _weightiest("name", {name: _nats(words(name), each) for name in named})


def _figures(each: Addition) -> list[Fact]:
    return _weightiest("figure", {word: each.nats[word] for word in filter(is_figure, each.new_words)})


def _company(each: Addition, taken: Set[str]) -> list[Fact]:
    """The weightiest of its new pairs, in the order of the text; each word in one pair alone, and none `taken`."""
    nats, chosen = each.statement.nats, dict[str, float]()
    for weight, pair in sorted([(-nats[one] - nats[other], (one, other)) for one, other in each.new_pairs]):
        if taken.isdisjoint(pair):
            taken = taken | set(pair)
            chosen[" + ".join(sorted(pair, key=each.statement.found.index))] = -weight
            if len(chosen) == FACTS:
                break
    return _weightiest("words", chosen)


def _nats(found: Iterable[str], each: Statement) -> float:
    """The self-information (Shannon 1948) of some words, taken as independent."""
    return math.fsum(information(word, each.language) for word in found)


def _weightiest(kind: Any, weights: Mapping[str, float]) -> list[Fact]:
    most = sorted(weights, key=lambda text: (-weights[text], text))[:FACTS]
    return [Fact(kind=kind, text=text, nats=round(weights[text], 2)) for text in most]

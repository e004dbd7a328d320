"""What a verdict rests on, laid open passage by passage: what became of each, and which facts are new in it.

It decides nothing: the measures were taken in `facts`, and here they are written down to be drawn.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from agents.alert.alerts import fold
from agents.alert.background import information
from agents.alert.facts import Addition, Heard, Sifted, Statement, Subject
from agents.alert.memory import Memory
from agents.alert.stories import Profile
from agents.alert.words import is_figure, words
from streams.records import Entity, Fact, Passage, TaggedArticle, Verdict, Weighed

PASSAGES = 256  # laid open, the first in the text
FACTS = 3  # of each kind in a passage, the weightiest


def weighed(
    tagged: TaggedArticle, verdict: Verdict, sifted: Sifted, told: Memory, profile: Profile, names: Collection[str]
) -> list[Weighed]:
    """The passages as the verdict weighed them, in text order.

    `told`, `profile` and `names` (as `fold` gives them) are what the story had told, was about and had named before.
    """
    passages = tagged.comparison.passages[:PASSAGES]
    heard, measured, subject = Heard(told), dict[int, dict[str, Any]](), Subject(profile.words)
    places = {each.start for each in passages}
    for each in (each for each in sifted.statements if each.passage.start in places):
        added = Addition.of(each, told, subject)
        pairs, named = heard.new_pairs(each), _names(tagged, each, names)
        taken = {word for fact in named for word in words(fact.text)}
        measured[each.passage.start] = {
            "pairs": len(each.pairs),
            "new_pairs": len(pairs),
            "about": round(added.about, 4),
            "importance": round(added.beyond(frozenset()), 2),
            "facts": [*named, *_figures(each, heard), *_company(each, pairs, taken)],
        }
        heard.read(each)
    fates = _fates(passages, verdict, sifted)
    return [
        Weighed(**msgspec.structs.asdict(each), fate=fates[each.start], **measured.get(each.start, {}))
        for each in passages
    ]


def _fates(passages: Collection[Passage], verdict: Verdict, sifted: Sifted) -> dict[int, Any]:
    """What became of each passage, by its start; an update shows even what its story has told in other words."""
    shown = {each.start for each in verdict.novel}
    fates = {each.start: "new" if each.novel else "brought" if each.start in shown else "seen" for each in passages}
    for fate, others in (("told", sifted.told), ("aside", sifted.aside)):
        fates |= {each.start: fate for each in others if each.start not in shown}
    return fates


def _names(tagged: TaggedArticle, each: Statement, known: Collection[str]) -> list[Fact]:
    text = tagged.article.text[each.passage.start : each.passage.end]
    named = [entity.name for entity in tagged.entities if fold(entity.name) not in known and _stands(entity, text)]
    return _weightiest("name", {name: _nats(words(name), each) for name in named})


def _stands(entity: Entity, text: str) -> bool:
    return any(form in text for form in (entity.name, *entity.forms))


def _figures(each: Statement, heard: Heard) -> list[Fact]:
    new = (word for word in each.found if is_figure(word) and not heard.has(word))
    return _weightiest("figure", {word: each.nats[word] for word in new})


def _company(each: Statement, pairs: Collection[tuple[str, str]], taken: set[str]) -> list[Fact]:
    """The weightiest of its new pairs, in the order of the text; each word in one pair alone, and none `taken`."""
    chosen: dict[str, float] = {}
    for weight, pair in sorted(((-each.nats[one] - each.nats[other], (one, other)) for one, other in pairs)):
        if taken.isdisjoint(pair) and len(chosen) < FACTS:
            taken = taken | set(pair)
            chosen[" + ".join(sorted(pair, key=each.found.index))] = -weight
    return _weightiest("words", chosen)


def _nats(found: Iterable[str], each: Statement) -> float:
    """The self-information (Shannon 1948) of some words, taken as independent."""
    return math.fsum(information(word, each.language) for word in found)


def _weightiest(kind: Any, weights: Mapping[str, float]) -> list[Fact]:
    most = sorted(weights, key=lambda text: (-weights[text], text))[:FACTS]
    return [Fact(kind=kind, text=text, nats=round(weights[text], 2)) for text in most]

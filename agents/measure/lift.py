"""Do the alerts on a running story carry its facts, and little else?

After the track of TREC Temporal Summarization (Aslam et al. 2013): assessors matched sentences with an event's facts.
Showing everything carries every fact, so what counts is the lift over as many sentences drawn at random.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agents.measure.gold import Gold
from streams.records import Verdict

_WORD = re.compile(r"\w+")
_RUN = 4  # words in a row by which a sentence is found again in the text of an alert
_SHOWN = 0.5  # share of a sentence's runs found there, from where it counts as shown

Run = tuple[str, ...]


@dataclass(slots=True)
class _Event:
    """What is counted of one event: its sentences, how often each fact is told, and what alerts showed of both."""

    sentences: int = 0
    shown: int = 0
    told: Counter[str] = field(default_factory=Counter)
    carried: set[str] = field(default_factory=set)

    @property
    def volume(self) -> float:
        return self.shown / self.sentences

    @property
    def facts(self) -> float:
        return len(self.carried) / len(self.told)

    @property
    def chance(self) -> float:
        """The share of facts that as many sentences drawn at random would carry."""
        return sum(1 - (1 - self.volume) ** count for count in self.told.values()) / len(self.told)


def fact_figures(gold: Sequence[Gold], verdicts: Mapping[str, Verdict]) -> dict[str, float]:
    """Means over the events that have facts, shares from 0 to 1: `facts` carried, `volume` of sentences shown, the
    `chance` of that volume, and `lift` = facts - chance. Nothing where no sentence is labelled.
    """
    events: defaultdict[str, _Event] = defaultdict(_Event)
    said = {article: _said(verdict) for article, verdict in verdicts.items()}
    for each in gold:
        if each.text is not None and each.facts is not None:
            _count(events[each.event or ""], each.text, each.facts, said.get(each.id, set()))
    counted = [event for event in events.values() if event.told]
    if not counted:
        return {}
    means = {
        name: sum(getattr(each, name) for each in counted) / len(counted) for name in ("facts", "volume", "chance")
    }
    return {"events": len(counted), **means, "lift": means["facts"] - means["chance"]}


def _count(event: _Event, text: str, facts: Sequence[str], said: set[Run]) -> None:
    runs = _runs(text)
    event.sentences += 1
    event.told.update(facts)
    if len(runs & said) >= _SHOWN * len(runs):
        event.shown += 1
        event.carried.update(facts)


def _said(verdict: Verdict) -> set[Run]:
    return {run for novel in verdict.novel for run in _runs(novel.text)} if verdict.alert else set()


def _runs(text: str) -> set[Run]:
    words = _WORD.findall(text.lower())
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}

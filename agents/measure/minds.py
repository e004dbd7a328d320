"""Where two versions of the judge differ, article by article, and what changed the mind of the later one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agents.measure.gold import Gold
from streams.records import Verdict

Number = float | int | str | bool | None


@dataclass(frozen=True, slots=True)
class Change:
    """An article that two versions judge differently.

    `told` says in words what differs; `reasons` are those that differ, old and new; `better` is True where the later
    version rings as the label says and the earlier didn't, False the other way round, None where no label tells.
    """

    article: str
    old: Verdict | None
    new: Verdict | None
    told: tuple[str, ...]
    reasons: Mapping[str, tuple[Number, Number]]
    better: bool | None


def changed_minds(old: Mapping[str, Verdict], new: Mapping[str, Verdict], gold: Sequence[Gold]) -> Iterator[Change]:
    """The articles judged differently, in the order of the later version.

    Stories are told apart by the article that opened them: what a version calls them means nothing.
    """
    wanted = {each.id: each.news for each in gold if each.news is not None}
    openers = _openers(old), _openers(new)
    for article in dict.fromkeys([*new, *old]):
        before, after = old.get(article), new.get(article)
        told = tuple(_told(before, after, openers[0].get(article), openers[1].get(article)))
        if told:
            yield Change(
                article, before, after, told, _reasons(before, after), _better(before, after, wanted.get(article))
            )


def _told(old: Verdict | None, new: Verdict | None, opener: str | None, opener_now: str | None) -> Iterator[str]:
    if old is None or new is None:
        yield "judged only after" if old is None else "judged only before"
        return
    if old.verdict != new.verdict:
        yield f"{old.verdict} → {new.verdict}"
    if opener != opener_now:
        yield f"in the story of {opener} → {opener_now}"
    if [each.text for each in old.novel] != [each.text for each in new.novel]:
        yield f"new text of {_characters(old)} → {_characters(new)} characters"
    if _pairs(old) != _pairs(new):
        yield f"changes {_pairs(old)} → {_pairs(new)}"


def _openers(verdicts: Mapping[str, Verdict]) -> dict[str, str]:
    """For each article in a story the first one there."""
    first: dict[str, str] = {}
    return {each.id: first.setdefault(each.story, each.id) for each in verdicts.values() if each.story}


def _reasons(old: Verdict | None, new: Verdict | None) -> dict[str, tuple[Number, Number]]:
    before, after = (each.reasons if each else {} for each in (old, new))
    names = dict.fromkeys([*before, *after])
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def _better(old: Verdict | None, new: Verdict | None, news: bool | None) -> bool | None:
    was, now = (each.alert is news if each else False for each in (old, new))
    return None if news is None or was is now else now


def _characters(verdict: Verdict) -> int:
    return sum(len(each.text) for each in verdict.novel)


def _pairs(verdict: Verdict) -> list[tuple[str, str]]:
    return [(each.old, each.new) for each in verdict.changes]

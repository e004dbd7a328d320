"""Is a reprint silent, does an update ring, and is the new part named?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from agents.measure.gold import Gold
from streams.records import Verdict

_WORD = re.compile(r"\w+")


def repeat_figures(gold: Sequence[Gold], verdicts: Mapping[str, Verdict]) -> dict[str, float]:
    """Shares from 0 to 1, of the articles labelled so; what nothing is labelled for is left out.

    `repeat_*` take "it doesn't ring" as the answer looked for; an article without a verdict is a wrong answer.
    """
    labelled = [each for each in gold if each.news is not None]
    figures = _repeats(labelled, verdicts) if labelled else {}
    told = [(each, verdicts[each.id]) for each in labelled if each.id in verdicts]
    if again := [(each, verdict) for each, verdict in told if each.original]:
        figures["right_original"] = _mean(_names(each, verdict) for each, verdict in again)
    if new := [(each, verdict) for each, verdict in told if each.new]:
        shared = [shared_words([novel.text for novel in verdict.novel], each.new) for each, verdict in new]
        figures["new_text_f1"] = f1(_mean(found for found, _ in shared), _mean(wanted for _, wanted in shared))
    if changed := [(change, verdict) for each, verdict in told for change in each.changes]:
        figures["changes_found"] = _mean(change in _changes(verdict) for change, verdict in changed)
    return figures


def right_by_kind(gold: Iterable[Gold], verdicts: Mapping[str, Verdict]) -> dict[str, float]:
    """The share judged rightly (rings or not) of each kind of article, in the order of their names."""
    kinds: defaultdict[str, list[bool]] = defaultdict(list)
    for each in gold:
        if each.kind and each.news is not None:
            kinds[each.kind].append(rings(each.id, verdicts) is each.news)
    return {kind: _mean(right) for kind, right in sorted(kinds.items())}


def rings(article: str, verdicts: Mapping[str, Verdict]) -> bool | None:
    """Whether an article raised an alert; None where it has no verdict."""
    verdict = verdicts.get(article)
    return verdict.alert if verdict else None


def f1(precision: float, recall: float) -> float:
    """The harmonic mean; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def shared_words(found: Iterable[str], wanted: Iterable[str]) -> tuple[float, float]:
    """The words that both have, as shares of those found and of those wanted."""
    ours, theirs = _words(found), _words(wanted)
    both = (ours & theirs).total()
    return both / max(1, ours.total()), both / max(1, theirs.total())


def _repeats(labelled: Sequence[Gold], verdicts: Mapping[str, Verdict]) -> dict[str, float]:
    silent = [each for each in labelled if rings(each.id, verdicts) is False]
    repeats = [each for each in labelled if not each.news]
    right = sum(not each.news for each in silent)
    precision, recall = right / max(1, len(silent)), right / max(1, len(repeats))
    return {"repeat_precision": precision, "repeat_recall": recall, "repeat_f1": f1(precision, recall)}


def _names(each: Gold, verdict: Verdict) -> bool:
    """Whether the closest match is the original, or another telling of it (`original~kind`)."""
    return bool(verdict.matches) and verdict.matches[0].id.split("~")[0] == each.original


def _changes(verdict: Verdict) -> set[tuple[str, str]]:
    return {(change.old, change.new) for change in verdict.changes}


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(_WORD.findall(" ".join(texts).lower()))


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0

"""Are articles on one event gathered in one story, and two like events kept apart?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import comb

from agents.measure.gold import Gold
from agents.measure.repeats import f1
from streams.records import Verdict


def story_figures(gold: Sequence[Gold], verdicts: Mapping[str, Verdict]) -> dict[str, float]:
    """B-cubed precision, recall and F1 (Bagga and Baldwin 1998) and the adjusted Rand index (Hubert and Arabie 1985).

    Of the articles labelled with a story; one without a story in its verdict stands alone. Nothing without labels.
    """
    pairs = [(_story(each.id, verdicts), each.story) for each in gold if each.story]
    if not pairs:
        return {}
    both, found, true = Counter(pairs), Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    precision = sum(count * count / found[pair[0]] for pair, count in both.items()) / len(pairs)
    recall = sum(count * count / true[pair[1]] for pair, count in both.items()) / len(pairs)
    return {
        "stories_true": len(true),
        "stories_found": len(found),
        "b3_precision": precision,
        "b3_recall": recall,
        "b3_f1": f1(precision, recall),
        "ari": _adjusted_rand(
            _pairs(both.values()), _pairs(found.values()), _pairs(true.values()), comb(len(pairs), 2)
        ),
    }


def _story(article: str, verdicts: Mapping[str, Verdict]) -> str:
    verdict = verdicts.get(article)
    return (verdict.story if verdict else None) or f"alone {article}"


def _pairs(sizes: Iterable[int]) -> int:
    """How many pairs of articles lie together."""
    return sum(comb(size, 2) for size in sizes)


def _adjusted_rand(together: int, found: int, true: int, pairs: int) -> float:
    expected = found * true / max(1, pairs)
    most = (found + true) / 2
    return (together - expected) / (most - expected) if most != expected else 1.0

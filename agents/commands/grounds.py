"""Why a verdict was given, in plain sentences with the scores and thresholds that decided it."""

from collections.abc import Callable, Iterator, Mapping

from streams.records import Kind, Verdict


def grounds(verdict: Verdict) -> list[str]:
    """Two or three sentences: what decided, what is new by number, and whether it rings."""
    said = [*_GROUNDS[verdict.verdict](verdict), *_merged(verdict)]
    return [*said, "It rings." if verdict.alert else "It raises no alert."]


def _new(verdict: Verdict) -> Iterator[str]:
    if verdict.stories:
        best = verdict.stories[0]
        yield f"No running story is like it: “{best.headline}” comes closest. {_score(verdict)}"
    else:
        yield "No running story shares its words."
    if verdict.matches:
        yield f"{_overlap(verdict)}, too little to be that article told on."


def _development(verdict: Verdict) -> Iterator[str]:
    own = (verdict.story, *verdict.merged)
    headline = next((each.headline for each in verdict.stories if each.story in own), "")
    yield f"It belongs to the running story “{headline}”. {_score(verdict)}"
    yield from _told(verdict)


def _update(verdict: Verdict) -> Iterator[str]:
    take, needed = verdict.reasons.get("take"), float(verdict.reasons.get("overlap_needed") or 0)
    if verdict.matches and verdict.matches[0].overlap >= needed:
        yield f"It tells an earlier article on. {_overlap(verdict)}."
    else:
        yield f"It says that it is take {take} of an item that is known."
    yield from _told(verdict)


def _correction(verdict: Verdict) -> Iterator[str]:
    corrects = verdict.reasons.get("corrects")
    yield f"It says itself that it corrects: “{corrects}”." if corrects else "It says itself that it corrects."
    if verdict.matches:
        yield f"{_overlap(verdict)}."
    yield from _told(verdict)


def _repeat(verdict: Verdict) -> Iterator[str]:
    if verdict.matches:
        yield f"{_overlap(verdict)}."
    else:
        yield f"It belongs to a running story. {_score(verdict)}"
    if verdict.reasons.get("novel_passages"):
        yield from _told(verdict)
    else:
        yield "Every passage stood in earlier copy, and no fact is told otherwise."


def _hold(verdict: Verdict) -> Iterator[str]:
    yield f"It must not be used yet: {verdict.reasons.get('reason', 'no reason is given')}."


def _rejected(verdict: Verdict) -> Iterator[str]:
    yield f"It can't be used: {verdict.reasons.get('reason', 'no reason is given')}."


def _said(sentence: str) -> Callable[[Verdict], Iterator[str]]:
    return lambda verdict: iter([sentence])


_GROUNDS: Mapping[Kind, Callable[[Verdict], Iterator[str]]] = {
    "new": _new,
    "development": _development,
    "update": _update,
    "correction": _correction,
    "withdrawal": _said("It withdraws what was sent."),
    "repeat": _repeat,
    "hold": _hold,
    "advisory": _said("It is a note to editors, not to readers."),
    "stale": _said("A later version of it is known."),
    "rejected": _rejected,
}


def _merged(verdict: Verdict) -> Iterator[str]:
    if verdict.merged:
        yield f"It shows that {', '.join(verdict.merged)} and {verdict.story} are one: {verdict.story} lives on."


def _score(verdict: Verdict) -> str:
    score, needed = (float(verdict.reasons.get(name) or 0) for name in ("story_score", "story_score_needed"))
    return f"It scores {score:.2f} there, and {needed:.2f} is needed to join."


def _overlap(verdict: Verdict) -> str:
    closest = verdict.matches[0]
    needed = float(verdict.reasons.get("overlap_needed") or 0)
    return f"{closest.overlap:.0%} of its words stand in {closest.id}; an update has {needed:.0%} or more"


def _told(verdict: Verdict) -> Iterator[str]:
    """What is new, and what of it is none."""
    reasons = verdict.reasons
    parts = [
        (len(verdict.novel), "passage is new", "passages are new"),
        (reasons.get("brought_in"), "of them is known from another story", "of them are known from another story"),
        (len(verdict.changes), "fact is told otherwise", "facts are told otherwise"),
    ]
    if verdict.verdict in ("development", "repeat"):
        parts += [
            (reasons.get("passages_told"), "was told in other words before", "were told in other words before"),
            (reasons.get("passages_aside"), "is an aside", "are asides"),
        ]
    said = [f"{count} {one if count == 1 else many}" for count, one, many in parts if count]
    if said:
        yield f"{', '.join(said)}."

"""Compares a run that was disturbed with one that was not, by what the generator knows to be true.

Some verdicts may differ: what comes over different partitions comes in another order, and of two articles that tell
the same whichever is compared first is the original. No fact may go unheard for it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from agents.clean.article import clean
from streams.codec import encode
from streams.records import Alert, Record, Verdict
from tests.chaos.articles import Copy

Fact = tuple[int, str]  # event, mark; of a kill the mark is its article's id


@dataclass(frozen=True, slots=True)
class Run:
    """What a run left: every message on `wire.verdicts` and `wire.alerts`, in the order of each article's."""

    verdicts: Sequence[Verdict]
    alerts: Sequence[Alert]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is wrong with the disturbed run, and what differs.

    `without_verdict`: ids of articles whose only verdicts are `hold`, or none; or `rejected` where the undisturbed run
    could use them.

    `missing`: each of these, in words. A fact that an alert of the undisturbed run told and none of the disturbed one
    tells: its mark stands in the summary or the changes of an alert on an article of its event, and a kill is
    a fact that its withdrawal tells. A verdict that rings without its alert (same article, same kind) on `wire.alerts`,
    and an alert without its verdict. A withdrawal that doesn't recall an alert told of an earlier version of its item.

    `aside`: facts that the disturbed run did not show though it rang on an article that tells them: an update that came
    first of its event is judged as a new report or a development, and of those the desk sets lesser passages aside.

    `two_contents`: ids of alerts that lie on `wire.alerts` with different bytes, how often the same ones doesn't
    matter. `two_verdicts`: articles whose verdicts differ within the disturbed run, `hold` aside.

    `differing`: articles whose last verdict differs from the undisturbed run's in kind or in whether it rings, and why.
    `unheard`: facts of the generator that no alert of the undisturbed run told. That is the judge's doing, not ours here.
    `twice`: facts that more than one alert id of the disturbed run told.
    """

    without_verdict: Sequence[str]
    missing: Sequence[str]
    aside: Sequence[Fact]
    two_contents: Sequence[str]
    two_verdicts: Sequence[str]
    differing: Mapping[str, str]
    unheard: Sequence[Fact]
    twice: Sequence[Fact]

    @property
    def sound(self) -> bool:
        """Whether nothing was lost, and nothing told in two ways."""
        return not (self.without_verdict or self.missing or self.two_contents or self.two_verdicts)


def compare(copies: Sequence[Copy], calm: Run, rough: Run) -> Comparison:
    """See `Comparison`; both runs had the same articles."""
    before, after = _last(calm.verdicts), _last(rough.verdicts)
    told_before, told_after = told(copies, calm.alerts), told(copies, rough.alerts)
    gone = told_before.keys() - told_after.keys()
    aside = gone & _set_aside(copies, after)
    lost = [f"no alert tells {mark!r} of event {event}" for event, mark in sorted(gone - aside)]
    return Comparison(
        without_verdict=[each.article.id for each in copies if not _answered(each.article.id, before, after)],
        missing=[*lost, *_unpaired(rough), *_not_recalled(copies, rough)],
        aside=sorted(aside),
        two_contents=sorted(_in_two_ways((each.id, each) for each in rough.alerts)),
        two_verdicts=sorted(_in_two_ways((each.id, each) for each in rough.verdicts if each.verdict != "hold")),
        differing={
            name: _why(before[name], after[name])
            for name in before.keys() & after.keys()
            if (before[name].verdict, before[name].alert) != (after[name].verdict, after[name].alert)
        },
        unheard=sorted(facts(copies) - told_before.keys()),
        twice=sorted(fact for fact, alerts in told_after.items() if len(alerts) > 1),
    )


def facts(copies: Iterable[Copy]) -> set[Fact]:
    """All that there is to be told."""
    kills = {(each.event, each.article.id) for each in copies if each.role == "kill"}
    return kills | {(each.event, mark) for each in copies for mark in each.tells}


def told(copies: Iterable[Copy], alerts: Iterable[Alert]) -> dict[Fact, set[str]]:
    """The facts that these alerts tell, with the ids of those that do."""
    by_article = {each.article.id: each for each in copies}
    found: defaultdict[Fact, set[str]] = defaultdict(set)
    for alert in alerts:
        copy = by_article.get(alert.article.id)
        if copy is None:
            continue
        said = "\n".join([*alert.summary, *(part for each in alert.changes for part in (each.context, each.now))])
        for mark in copy.tells:
            if mark in said:
                found[copy.event, mark].add(alert.id)
        if alert.kind == "withdrawal":
            found[copy.event, copy.article.id].add(alert.id)
    return dict(found)


def _set_aside(copies: Iterable[Copy], verdicts: Mapping[str, Verdict]) -> set[Fact]:
    """The facts in passages that articles left out of their alerts."""
    found = set[Fact]()
    for copy in copies:
        verdict = verdicts.get(copy.article.id)
        if verdict and verdict.alert and any(each.fate == "aside" for each in verdict.passages):
            text = clean(copy.article, datetime.now(UTC)).text
            left = [text[each.start : each.end] for each in verdict.passages if each.fate == "aside"]
            found |= {(copy.event, mark) for mark in copy.tells if any(mark in each for each in left)}
    return found


def _last(verdicts: Iterable[Verdict]) -> dict[str, Verdict]:
    """The verdict that stands on each article: a hold is none."""
    return {each.id: each for each in verdicts if each.verdict != "hold"}


def _answered(name: str, before: Mapping[str, Verdict], after: Mapping[str, Verdict]) -> bool:
    if name not in after:
        return False
    usable = name not in before or before[name].verdict != "rejected"
    return not (after[name].verdict == "rejected" and usable)


def _unpaired(run: Run) -> list[str]:
    ringing = {(each.id, each.verdict) for each in run.verdicts if each.alert}
    rung = {(each.article.id, each.kind) for each in run.alerts}
    silent = [f"the verdict {kind} on {name} rings, and no alert does" for name, kind in sorted(ringing - rung)]
    return silent + [f"an alert {kind} on {name} has no such verdict" for name, kind in sorted(rung - ringing)]


def _not_recalled(copies: Sequence[Copy], run: Run) -> list[str]:
    """Withdrawals that leave an alert on an earlier version standing."""
    replaced = {each.article.id: each.article.evolved_from for each in copies}
    rung: defaultdict[str, set[str]] = defaultdict(set)
    for alert in run.alerts:
        rung[alert.article.id].add(alert.id)
    found = []
    for alert in run.alerts:
        ahead = list(replaced.get(alert.article.id, [])) if alert.kind == "withdrawal" else []
        for name in ahead:  # grows by what each of them replaced
            ahead += replaced.get(name, [])
            left = rung[name] - set(alert.recalls)
            found += [f"the withdrawal {alert.article.id} doesn't recall {each} on {name}" for each in sorted(left)]
    return found


def _in_two_ways(records: Iterable[tuple[str, Record]]) -> set[str]:
    contents: defaultdict[str, set[bytes]] = defaultdict(set)
    for name, record in records:
        contents[name].add(encode(record))
    return {name for name, each in contents.items() if len(each) > 1}


def _why(before: Verdict, after: Verdict) -> str:
    """What the two verdicts rest on, as far as it differs."""
    kinds = f"{before.verdict} → {after.verdict}"
    if after.verdict == "rejected":
        return f"{kinds}: rejected"
    met, meets = ({each.id for each in verdict.matches} for verdict in (before, after))
    if met != meets:
        return f"{kinds}: order, it was compared with other copy"
    likely, likelier = ([each.headline for each in verdict.stories] for verdict in (before, after))
    if likely != likelier:
        return f"{kinds}: order, other stories ran when it came"
    scores, others = ([each.score for each in verdict.stories] for verdict in (before, after))
    if scores != others:
        return f"{kinds}: order, its story had told other copy"
    return f"{kinds}: unexplained"


def reasons(comparison: Comparison) -> dict[str, int]:
    """How many verdicts differ for each reason, the commonest first."""
    return dict(Counter(comparison.differing.values()).most_common())

"""The measure itself: each kind of loss is seen, and what may differ is counted apart."""

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from streams.records import Alert, ArticleRef, Change, Kind, Match, RawArticle, Verdict, Weighed
from tests.chaos.articles import Copy
from tests.chaos.comparison import Run, compare, reasons

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
COPIES = [
    Copy(RawArticle(id="first", text="12 people hurt"), 1, "original", ("12 people",)),
    Copy(RawArticle(id="again", text="12 people hurt"), 1, "repeat", ("12 people",)),
    Copy(RawArticle(id="toll", text="15 people hurt", evolved_from=["first"]), 1, "toll", ("15 people",)),
    Copy(RawArticle(id="kill", text="Kill it", evolved_from=["toll"]), 1, "kill"),
]


def alert(article: str, kind: Kind, **fields: Any) -> Alert:
    told: dict[str, Any] = {"id": f"{kind} on {article}", "story": "s", "headline": "", "summary": [], "alerted": NOON}
    return Alert(kind=kind, article=ArticleRef(id=article), **(told | fields))


def changed(old: str, new: str) -> Change:
    return Change(kind="figure", old=old, new=new, context=f"{new} people hurt")


VERDICTS = [
    Verdict(id="first", verdict="new", alert=True),
    Verdict(id="again", verdict="repeat", alert=False),
    Verdict(id="toll", verdict="update", alert=True),
    Verdict(id="kill", verdict="withdrawal", alert=True),
]
ALERTS = [
    alert("first", "new", summary=["12 people hurt"]),
    alert("toll", "update", changes=[changed("12", "15")]),
    alert("kill", "withdrawal", recalls=["new on first", "update on toll"]),
]
CALM = Run(VERDICTS, ALERTS)


def test_a_run_that_left_the_same_is_sound() -> None:
    found = compare(COPIES, CALM, CALM)
    assert found.sound
    assert (found.unheard, found.twice, found.differing) == ([], [], {})


def test_what_is_sent_twice_with_the_same_bytes_is_no_loss() -> None:
    assert compare(COPIES, CALM, Run([*VERDICTS, *VERDICTS], [*ALERTS, *ALERTS])).sound


def test_an_article_without_a_verdict_is_named() -> None:
    assert compare(COPIES, CALM, Run([VERDICTS[0], *VERDICTS[2:]], ALERTS)).without_verdict == ["again"]


def test_an_article_that_is_only_held_has_no_verdict() -> None:
    held = [Verdict(id="again", verdict="hold", alert=False), VERDICTS[0], *VERDICTS[2:]]
    assert compare(COPIES, CALM, Run(held, ALERTS)).without_verdict == ["again"]


def test_an_article_that_was_rejected_for_a_fault_has_no_verdict() -> None:
    rejected = [VERDICTS[0], Verdict(id="again", verdict="rejected", alert=False), *VERDICTS[2:]]
    assert compare(COPIES, CALM, Run(rejected, ALERTS)).without_verdict == ["again"]


def test_a_fact_that_only_the_undisturbed_run_told_is_missing() -> None:
    silent = [VERDICTS[0], VERDICTS[1], Verdict(id="toll", verdict="repeat", alert=False), VERDICTS[3]]
    found = compare(COPIES, CALM, Run(silent, [ALERTS[0], ALERTS[2]]))
    assert found.missing == ["no alert tells '15 people' of event 1"]
    assert list(found.differing) == ["toll"]


def test_a_fact_that_an_alert_left_out_as_an_aside_is_told_apart() -> None:
    rings = Verdict(
        id="toll", verdict="new", alert=True, passages=[Weighed(start=0, end=14, seen=0.0, novel=True, fate="aside")]
    )
    left_out = Run([*VERDICTS[:2], rings, VERDICTS[3]], [ALERTS[0], alert("toll", "new"), ALERTS[2]])
    found = compare(COPIES, CALM, left_out)
    assert found.aside == [(1, "15 people")]
    assert not any("15 people" in each for each in found.missing)
    silent = Run([*VERDICTS[:2], replace(rings, alert=False), VERDICTS[3]], [ALERTS[0], ALERTS[2]])
    assert not compare(COPIES, CALM, silent).aside


def test_a_fact_that_another_article_told_is_not_missing() -> None:
    swapped = [
        Verdict(id="again", verdict="new", alert=True),
        Verdict(id="first", verdict="repeat", alert=False, matches=[Match(id="again", overlap=1.0)]),
        *VERDICTS[2:],
    ]
    withdrawn = replace(ALERTS[2], recalls=["update on toll"])
    found = compare(
        COPIES, CALM, Run(swapped, [alert("again", "new", summary=["12 people hurt"]), ALERTS[1], withdrawn])
    )
    assert found.sound
    assert sum(reasons(found).values()) == 2
    assert found.differing["first"] == "new → repeat: order, it was compared with other copy"


def test_a_verdict_that_rings_without_its_alert_and_an_alert_without_its_verdict_are_missing() -> None:
    assert any("toll rings" in each for each in compare(COPIES, CALM, Run(VERDICTS, [ALERTS[0], ALERTS[2]])).missing)
    found = compare(COPIES, CALM, Run(VERDICTS[:2] + VERDICTS[3:], ALERTS))
    assert found.missing == ["an alert update on toll has no such verdict"]


def test_a_withdrawal_that_leaves_an_alert_standing_is_missing_a_recall() -> None:
    forgetful = [*ALERTS[:2], replace(ALERTS[2], recalls=["update on toll"])]
    assert compare(COPIES, CALM, Run(VERDICTS, forgetful)).missing == [
        "the withdrawal kill doesn't recall new on first on first"
    ]


def test_a_lost_withdrawal_is_missing() -> None:
    found = compare(COPIES, CALM, Run(VERDICTS[:3], ALERTS[:2]))
    assert found.missing == ["no alert tells 'kill' of event 1"]
    assert found.without_verdict == ["kill"]


def test_an_alert_id_with_two_contents_is_named() -> None:
    told_again = replace(ALERTS[0], alerted=NOON.replace(hour=13))
    assert compare(COPIES, CALM, Run(VERDICTS, [*ALERTS, told_again])).two_contents == ["new on first"]


def test_two_verdicts_on_an_article_are_named_and_a_hold_before_one_is_none() -> None:
    other = Verdict(id="again", verdict="stale", alert=False)
    held = Verdict(id="again", verdict="hold", alert=False)
    assert compare(COPIES, CALM, Run([*VERDICTS, other], ALERTS)).two_verdicts == ["again"]
    assert compare(COPIES, CALM, Run([held, *VERDICTS], ALERTS)).sound


def test_a_fact_told_by_two_alerts_is_counted() -> None:
    more = [*VERDICTS[:1], Verdict(id="again", verdict="development", alert=True), *VERDICTS[2:]]
    told = [*ALERTS, alert("again", "development", summary=["12 people hurt"])]
    assert compare(COPIES, CALM, Run(more, told)).twice == [(1, "12 people")]

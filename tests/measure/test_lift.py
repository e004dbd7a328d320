"""What is counted of facts, with figures worked out by hand."""

from agents.measure.gold import Gold
from agents.measure.lift import fact_figures
from streams.records import Novel, Verdict

DAM = "The dam above Velm broke on Sunday."
DUCKS = "Ducks were seen on the market square."


def verdict(*told: str, alert: bool = True) -> dict[str, Verdict]:
    novel = [Novel(text=text, start=0, end=len(text)) for text in told]
    return {"a": Verdict(id="a", verdict="new" if alert else "repeat", alert=alert, novel=novel)}


def sentence(text: str, *facts: str, event: str = "flood") -> Gold:
    return Gold(id="a", event=event, text=text, facts=list(facts))


def test_the_one_sentence_that_tells_lifts_by_all_that_chance_would_not_give() -> None:
    found = fact_figures([sentence(DAM, "f1"), sentence(DUCKS)], verdict(DAM))
    assert (found["facts"], found["volume"], found["chance"], found["lift"]) == (1.0, 0.5, 0.5, 0.5)


def test_showing_everything_lifts_nothing() -> None:
    assert fact_figures([sentence(DAM, "f1"), sentence(DUCKS)], verdict(DAM, DUCKS))["lift"] == 0.0


def test_a_fact_told_often_is_found_by_chance_more_easily() -> None:
    gold = [sentence(DAM, "f1"), sentence(DUCKS, "f1")]
    assert fact_figures(gold, verdict(DAM))["chance"] == 0.75


def test_text_of_a_verdict_that_does_not_ring_was_not_shown() -> None:
    found = fact_figures([sentence(DAM, "f1"), sentence(DUCKS)], verdict(DAM, alert=False))
    assert (found["facts"], found["volume"]) == (0.0, 0.0)


def test_events_weigh_alike_and_those_without_facts_are_left_out() -> None:
    gold = [sentence(DAM, "f1"), sentence(DUCKS, "f2", event="fair"), sentence(DUCKS, event="none")]
    found = fact_figures(gold, verdict(DAM))
    assert found["events"] == 2
    assert found["facts"] == 0.5

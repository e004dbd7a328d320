"""A worker killed in the middle of its work, and another after it: nothing lost, nothing told in two ways."""

import random
from collections import defaultdict

from agents.commands.worker import Worker
from streams.codec import encode
from streams.embedded import start_store
from streams.records import Alert, RawArticle, Verdict

from .running import Running, apart

ARTICLES = 300
TOWNS = ["Marrow", "Tarn", "Lenne", "Oland", "Brink", "Sorrel", "Quay", "Hask", "Velm", "Dorn"]
EVENTS = ["warehouse burned down", "bridge was closed", "school opened", "mine flooded", "festival was called off"]


def copy(number: int, picks: random.Random) -> str:
    """Copy on a small event of its own."""
    town, event = TOWNS[number % 10], EVENTS[number // 10 % 5]
    return (
        f"The {event} in {town} district {number} on Monday, mayor Ada{number} Brandt said, and {picks.randrange(20, 900)} "
        f"people were sent home.\n\nEngineers from firm{number} will report to the council by the {number % 28 + 1}th, "
        f"and repairs may cost {picks.randrange(2, 99)} million crowns, according to clerk Otto{number} Lind."
    )


def stream() -> list[RawArticle]:
    """First reports, with reprints and updates of them in between."""
    picks, articles = random.Random(5), []
    for number in range(ARTICLES):
        text = copy(number, random.Random(number))
        if number > 20 and picks.random() < 0.4:
            earlier = picks.randrange(number - 15, number)
            text = copy(earlier, random.Random(earlier))
            if picks.random() < 0.5:
                text += f"\n\nInvestigators from Harbourton took samples in hall {number} and questioned a night guard."
        articles.append(RawArticle(id=f"a{number}", source=f"wire-{number % 5}", text=text))
    return articles


def test_a_worker_killed_twice_loses_nothing_and_tells_nothing_in_two_ways(embedded_broker: str) -> None:
    with start_store() as store:
        settings = apart(embedded_broker, store, "crash")
        articles = stream()
        for progress in (ARTICLES // 5, ARTICLES // 2):
            with Worker(settings) as worker:
                river = Running(settings, worker)
                if progress == ARTICLES // 5:
                    river.send(*articles)
                river.wait_for("verdicts", progress)
                worker.kill()
        with Worker(settings) as worker:
            river = Running(settings, worker)
            verdicts = river.verdicts(each.id for each in articles)
            told = contents(river.read("verdicts", Verdict))
            alerts = river.read("alerts", Alert)

    assert set(verdicts) == {each.id for each in articles}
    assert {name: len(each) for name, each in told.items() if len(each) > 1} == {}
    assert {name: len(each) for name, each in contents(alerts).items() if len(each) > 1} == {}
    assert {each.id for each in verdicts.values() if each.alert} == {alert.article.id for alert in alerts}


def contents(records: list[Verdict] | list[Alert]) -> dict[str, set[bytes]]:
    """The different contents that were sent under each id."""
    found: defaultdict[str, set[bytes]] = defaultdict(set)
    for record in records:
        found[record.id].add(encode(record))
    return found

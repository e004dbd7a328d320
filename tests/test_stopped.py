"""A worker that stops in the middle of its work, and comes back when others have its partitions."""

import os
import signal

from agents.commands.worker import Worker
from streams.embedded import start_store
from streams.records import Verdict

from .chaos.articles import Shares, wire
from .running import Running, apart
from .test_crash import contents

PLAIN = Shares(tolls=0.0, corrections=0.0, kills=0.0, embargoes=0.0, hurried=1.0)  # nothing waits for a verdict


def test_a_worker_that_was_given_up_and_comes_back_neither_doubles_nor_loses(embedded_broker: str) -> None:
    articles = [each.article for each in wire(160, seed=4, shares=PLAIN)]
    with start_store() as store:
        settings = apart(embedded_broker, store, "stopped", tagger_processes=0)
        with Worker(settings) as stopped, Worker(settings) as other:
            river = Running(settings, other)
            river.send(*articles[:120])
            river.wait_for("verdicts", 40)
            os.killpg(stopped.process.pid, signal.SIGSTOP)
            river.verdicts(each.id for each in articles[:120])  # its partitions are the other's by now
            os.killpg(stopped.process.pid, signal.SIGCONT)
            river.send(*articles[120:])
            river.verdicts(each.id for each in articles)
        verdicts, alerts = river.read("verdicts", Verdict), river.alerts()

    assert {each.id for each in verdicts} == {each.id for each in articles}
    assert {name: len(each) for name, each in contents(verdicts).items() if len(each) > 1} == {}
    assert {name: len(each) for name, each in contents(alerts).items() if len(each) > 1} == {}
    assert {each.id for each in verdicts if each.alert} == {each.article.id for each in alerts}

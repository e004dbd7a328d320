"""The trade's signals through one worker and another after it: what is held stays held, what was told is known."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from agents.commands.release import release
from agents.commands.worker import Worker
from streams.embedded import start_store
from streams.records import RawArticle, Verdict
from streams.settings import Settings

from .running import Running, apart

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
FERRY = """At least 12 people died when the ferry Ondine capsized off the port of Marrow on Tuesday, the coast guard said.

The vessel carried 186 passengers and was bound for the island of Tarn when a squall struck it shortly after dawn."""
TOLL = FERRY.replace("12 people", "15 people")
INQUIRY = "Prosecutor Maren Quist opened an investigation of the harbour office and seized its logbooks in the evening."
FAIR = "The mayor of Marrow, Ada Brandt, called off the spring fair, which was to open on the quay this Saturday."
RATES = """The central bank of Oland left its rate at 2 percent on Tuesday, governor Pia Kron told reporters in Velm.

Two of nine members had asked for a cut because bakeries and shipyards were letting workers go, the minutes show."""
BRIDGE = """The bridge over the Lenne at Quay will be closed for two years from June, minister Arne Skov is to say today.

Its cables have lost a third of their strength to rust, an engineer from the road office has found, and must go."""
MINE = """Rescuers reached the flooded Hask mine on Thursday and brought up all eleven miners alive, foreman Otto Lind said.

The pumps had failed on Monday night after lightning struck the shaft tower, an engineer from the insurer found."""
WOLVES = """Shepherds above Sorrel lost forty lambs to a pack of wolves this spring, their union told the council of Brink.

It asked for leave to shoot two of the animals, which the forest office has refused since 2019, and for fences."""
LOG = "A ranger, Ivo Tann, counted nine wolves on Sunday night, four more than the forest office had put in its report."


def wire(identity: str, text: str, minute: int = 0, **fields: Any) -> RawArticle:
    """Wirepool's copy, sent so many minutes after noon."""
    return RawArticle(id=identity, source="Wirepool", published=NOON + timedelta(minutes=minute), text=text, **fields)


class Desk:
    """Two workers, one after the other, on one store. What rests on earlier copy is sent when that has been judged."""

    def __init__(self, settings: Settings) -> None:
        self._started = time.monotonic()
        with Worker(settings) as worker:
            self.river = Running(settings, worker)
            self._before_the_restart()
        with Worker(settings) as worker:
            self.river = Running(settings, worker)
            self._after_the_restart(settings.store)
            for each in ("mine", "rates"):
                self.river.wait_until_rung(each)
            self.verdicts = self.river.read("verdicts", Verdict)
            self.alerts = {each.article.id: each for each in self.river.alerts()}

    def _send(self, *articles: RawArticle) -> None:
        self.river.send(*articles)
        self.river.verdicts(each.id for each in articles)

    def _before_the_restart(self) -> None:
        self._send(
            wire("ferry-0", FERRY, slug="BC-Ferry", headline="Ferry sinks off Marrow"),
            wire("wolves", WOLVES, version=1),
            wire("mine", f"HOLD FOR RELEASE\n\n{MINE}"),
            wire("unreadable", f"EMBARGOED UNTIL THE MINISTER HAS SPOKEN\n\n{BRIDGE}"),
        )
        # Longer than the copy takes to be held, on a machine as slow as this one has been so far.
        self.until = datetime.now(UTC) + timedelta(seconds=max(10.0, time.monotonic() - self._started))
        self._send(
            wire("ferry-1", TOLL, 20, slug="BC-Ferry, 1st Ld-Writethru", headline="Ferry toll rises"),
            wire("wolves-2", f"{WOLVES}\n\n{LOG}", 10, evolved_from=["wolves"]),
            wire("rates", RATES, embargoed_until=self.until),
        )

    def _after_the_restart(self, store: str) -> None:
        assert CliRunner().invoke(release, ["--store", store, "mine"]).exit_code == 0
        third = f"{TOLL}\n\n{INQUIRY}"
        self._send(
            wire("ferry-3", third, 60, slug="BC-Ferry", take="3rd Ld-Writethru"),
            wire("wolves-kill", "KILL KILL KILL\n\nThe report was a hoax.", 30, evolved_from=["wolves-2"]),
        )
        self._send(
            wire("ferry-2", f"{TOLL}\n\n{FAIR}", 40, slug="BC-Ferry, 2nd Ld-Writethru"),
            wire("ferry-4", third, 70, headline="UPDATE 4-Ferry toll rises", slug="BC-Ferry"),
        )
        note = "Corrects number of passengers in paragraph 2"
        self._send(wire("ferry-5", third.replace("186", "168"), 80, slug="BC-Ferry, 5th Ld", note=note))


@pytest.fixture(scope="module")
def desk(embedded_broker: str) -> Iterator[Desk]:
    with start_store() as store:
        yield Desk(apart(embedded_broker, store, "signals", tagger_processes=1))


def told(desk: Desk, article: str) -> list[str]:
    """The verdicts on an article, in the order in which they were given."""
    return [each.verdict for each in desk.verdicts if each.id == article]


def ids(desk: Desk, *articles: str) -> set[str]:
    return {desk.alerts[each].id for each in articles}


def test_an_embargoed_article_rings_at_its_time_after_a_restart(desk: Desk) -> None:
    assert told(desk, "rates") == ["hold", "new"]
    assert desk.alerts["rates"].alerted >= desk.until


def test_an_embargo_that_can_not_be_read_stays_and_says_so(desk: Desk) -> None:
    (verdict,) = [each for each in desk.verdicts if each.id == "unreadable"]
    assert verdict.verdict == "hold"
    assert "EMBARGOED UNTIL THE MINISTER HAS SPOKEN" in str(verdict.reasons["reason"])
    assert "unreadable" not in desk.alerts


def test_a_hold_is_released_after_a_restart(desk: Desk) -> None:
    assert told(desk, "mine") == ["hold", "new"]
    assert desk.alerts["mine"].summary[0].startswith("Rescuers reached")


def test_a_kill_recalls_the_alerts_of_both_versions_sent_before_the_restart(desk: Desk) -> None:
    assert set(desk.alerts["wolves-kill"].recalls) == ids(desk, "wolves", "wolves-2")


def test_a_chain_of_writethrus_goes_on_over_the_restart(desk: Desk) -> None:
    chain = [told(desk, f"ferry-{number}") for number in range(6)]
    assert chain == [["new"], ["update"], ["stale"], ["update"], ["repeat"], ["correction"]]
    assert set(desk.alerts["ferry-3"].supersedes) == ids(desk, "ferry-0", "ferry-1")
    assert desk.alerts["ferry-3"].summary == [INQUIRY]


def test_a_correction_tells_what_it_corrects_and_what_changed(desk: Desk) -> None:
    alert = desk.alerts["ferry-5"]
    assert [(each.old, each.new) for each in alert.changes] == [("186", "168")]
    assert "Corrects number of passengers in paragraph 2" in alert.summary
    assert set(alert.supersedes) == ids(desk, "ferry-0", "ferry-1", "ferry-3")

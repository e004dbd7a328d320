"""From raw article to alert through the running worker, with good copy and bad."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
from jsonschema import Draft202012Validator

from agents.commands.release import release
from agents.commands.worker import Worker
from streams.codec import decode
from streams.contract import PUBLIC, schema
from streams.embedded import start_store
from streams.records import Alert, CleanArticle, RawArticle

from .running import PATIENCE, Running, apart

FERRY = """At least 12 people died when the ferry Ondine capsized off the port of Marrow on Tuesday, the coast guard said.

The vessel carried 186 passengers and was bound for the island of Tarn when a squall struck it shortly after dawn.

Fishing boats pulled 97 survivors from the water before nightfall, and divers will resume the search on Wednesday.

The ministry of transport ordered an inquiry into the company, which bought the vessel from a Norwegian owner in 2011."""
ADDED = "Prosecutor Maren Quist opened an investigation of the harbour office and seized its logbooks in the evening."


@pytest.fixture(scope="module")
def river(embedded_broker: str) -> Iterator[Running]:
    """One worker for all tests of this file; each takes copy of its own."""
    with start_store() as store:
        settings = apart(embedded_broker, store, "path", tagger_processes=1)
        with Worker(settings) as worker:
            yield Running(settings, worker)


def invented(number: int) -> str:
    """Copy that no other number has."""
    return (
        f"Hikers found a meteorite of {number + 3} kilograms near the village of Lund{number} on Friday, "
        f"geologist Vera{number} Holm said.\n\nThe stone will go to the museum of Port{number}, which has shown "
        f"the finds of the region since it opened its halls {number + 20} years ago."
    )


def test_a_first_report_rings_a_reprint_does_not_and_an_update_shows_what_is_new(river: Running) -> None:
    river.send(RawArticle(id="ferry", headline="Ferry sinks off Marrow", source="Harbour Post", text=FERRY))
    first = river.verdict("ferry")
    river.send(RawArticle(id="ferry-reprint", headline="Tragedy at sea", source="Blog", text=FERRY.upper()))
    reprint = river.verdict("ferry-reprint")
    river.send(RawArticle(id="ferry-2", headline="Ferry sinks off Marrow", text=f"{FERRY}\n\n{ADDED}"))
    update = river.verdict("ferry-2")
    river.send(RawArticle(id="ferry-3", headline="Ferry toll rises", text=FERRY.replace("12 people", "40 people")))
    toll = river.verdict("ferry-3")

    assert (first.verdict, reprint.verdict, update.verdict, toll.verdict) == ("new", "repeat", "update", "update")
    assert {first.story} == {reprint.story, update.story, toll.story}
    assert [each.id for each in reprint.matches] == ["ferry"]
    assert [each.text for each in update.novel] == [ADDED]
    assert [(each.old, each.new) for each in toll.changes] == [("12", "40")]
    assert {each.name for each in update.entities} >= {"Maren Quist"}
    rung = {alert.article.id: alert for alert in river.alerts() if alert.story == first.story}
    assert set(rung) == {"ferry", "ferry-2", "ferry-3"}
    assert rung["ferry-2"].summary == [ADDED]
    assert "Maren Quist" in {each.name for each in rung["ferry-2"].entities if each.new}


def test_the_same_article_twice_has_one_verdict_and_one_alert(river: Running) -> None:
    article = RawArticle(id="twice", text=invented(1))
    river.send(article)
    river.verdict("twice")
    river.send(article, RawArticle(id="twice-after", text=invented(2)))
    river.verdict("twice-after")
    assert len([each for each in river.alerts() if each.article.id == "twice"]) == 1


BAD = {
    "not-utf-8": (b'{"id": "not-utf-8", "text": "caf\xe9"}', "not UTF-8: byte 0xe9"),
    "not-json": (b"Ferry sinks off Marrow", "not JSON"),
    "empty": (b"", "not JSON"),
    "no-id": (b'{"text": "Ferry sinks off Marrow."}', "missing required field `id`"),
    "no-body": (b'{"id": "no-body", "headline": "Ferry sinks"}', "neither"),
    "mistyped-field": (b'{"id": "mistyped-field", "txt": "Ferry sinks."}', "unknown field `txt`; did you mean `text`?"),
    "no-zone": (b'{"id": "no-zone", "text": "x", "published": "2026-01-01T00:00:00"}', "timezone"),
    "nothing-left": (b'{"id": "nothing-left", "text": "\\u0000 \\n \\u200b"}', "no copy in `text`"),
    "20-MB": (b'{"id": "20-MB", "text": "' + b"ferry " * (20 * 2**20 // 6) + b'"}', "COPYTASTER_MAX_ARTICLE_BYTES"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_rejected_whole_with_a_reason_and_the_next_article_rings(river: Running, name: str) -> None:
    value, reason = BAD[name]
    after = f"after-{name}"
    river.send_bytes((name, value))
    river.send(RawArticle(id=after, text=invented(100 + list(BAD).index(name))))
    rejected = river.rejection(name)
    assert reason in rejected.reason
    assert (rejected.value, rejected.topic) == (value, f"{river.settings.topic_prefix}.raw")
    assert river.verdict(name).verdict == "rejected"
    assert river.verdict(after).alert


def test_a_date_in_the_year_9999_is_not_believed(river: Running) -> None:
    raw = {"id": "9999", "text": invented(3), "published": "9999-12-31T23:59:59Z"}
    river.send_bytes(("9999", json.dumps(raw).encode()))
    assert river.verdict("9999").alert
    alert = next(each for each in river.alerts() if each.article.id == "9999")
    assert alert.published is None or alert.published.year < 9999


def test_an_article_that_does_not_say_when_it_came_came_when_kafka_got_it(river: Running) -> None:
    river.send(RawArticle(id="undated", text=invented(6)))
    river.verdict("undated")
    got = river.timestamp("raw", "undated")
    (clean,) = [each for each in river.read("clean", CleanArticle) if each.id == "undated"]
    assert clean.received == clean.published == datetime.fromtimestamp(got, UTC)


def test_control_characters_and_markup_reach_no_alert(river: Running) -> None:
    text = invented(4).replace("Hikers", "Hikers\u0000\u0007\u001b[31m")
    headline = '<b>Stone</b> &amp; dust <img src=x onerror="alert(1)">'
    river.send(RawArticle(id="markup", headline=headline, text=text))
    river.verdict("markup")
    alert = next(each for each in river.alerts() if each.article.id == "markup")
    assert alert.headline == "Stone & dust"
    assert not any(ord(letter) < 32 for line in alert.summary for letter in line)


RATES = """The central bank of Oland left its rate at 2 percent on Tuesday, governor Pia Kron told reporters in Velm.

Two of nine members had asked for a cut because bakeries and shipyards were letting workers go, the minutes show."""
MINE = """Rescuers reached the flooded Hask mine on Thursday and brought up all eleven miners alive, foreman Otto Lind said.

The pumps had failed on Monday night after lightning struck the shaft tower, an engineer from the insurer found."""


def test_an_embargoed_article_rings_when_its_time_comes_and_not_before(river: Running) -> None:
    river.send(RawArticle(id="before", text=invented(5)))
    river.verdict("before")  # the worker is up
    until = datetime.now(UTC) + timedelta(seconds=8)
    river.send(RawArticle(id="embargoed", text=RATES, embargoed_until=until))
    assert river.verdict("embargoed").verdict == "hold"
    river.wait_until_rung("embargoed")
    alert = next(each for each in river.alerts() if each.article.id == "embargoed")
    assert alert.kind == "new"
    assert alert.alerted >= until


def test_held_copy_is_matched_by_nothing_until_it_is_released(river: Running) -> None:
    river.send(RawArticle(id="held", text=f"HOLD FOR RELEASE until the families have been told.\n\n{MINE}"))
    assert river.verdict("held").verdict == "hold"
    river.send(RawArticle(id="other-agency", text=MINE))
    other = river.verdict("other-agency")
    assert (other.verdict, other.matches) == ("new", [])
    assert CliRunner().invoke(release, ["--store", river.settings.store, "held"]).exit_code == 0
    deadline = time.monotonic() + PATIENCE
    while river.verdict("held").verdict == "hold":
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert river.verdict("held").verdict == "repeat"


def test_every_message_sent_is_what_the_contract_says(river: Running) -> None:
    river.send(RawArticle(id="promised", text=invented(7)))
    river.send_bytes(("no article", b'{"id": 4}'))
    river.wait_until_rung("promised")
    river.rejection("no article")
    for topic in PUBLIC:
        check = Draft202012Validator(schema(topic), format_checker=Draft202012Validator.FORMAT_CHECKER)
        ours = (b"promised", b"no article") if topic != "raw" else (b"promised",)
        sent = [json.loads(message.value) for message in river.messages(topic) if message.key in ours]
        assert sent, topic
        for each in sent:
            check.validate(each)


def test_an_alert_is_a_cloud_event(river: Running) -> None:
    river.send(RawArticle(id="event", text=invented(8)))
    river.wait_until_rung("event")
    (message,) = [each for each in river.messages("alerts") if each.key == b"event"]
    alert = decode(message.value, Alert)
    event = from_binary_event(KafkaMessage(dict(message.headers), message.key, message.value))
    assert (event.get_id(), event.get_type(), event.get_subject()) == (
        alert.id,
        f"copytaster.alert.{alert.kind}",
        alert.story,
    )
    assert (event.get_time(), event.get_data()) == (alert.alerted, json.loads(message.value))

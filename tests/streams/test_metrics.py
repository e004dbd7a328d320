"""What rooms report is exported, and what is written about metrics is true."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from streams import app, metrics
from streams.health import Health, Position
from streams.records import Alert, ArticleRef, Kind, Rejected, Verdict

DOCS = Path(__file__).parents[2] / "docs"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WRITTEN = ["grafana/copytaster.json", "prometheus/alerts.yml", "operations.md"]


def value(name: str, **labels: str) -> float:
    """A metric as it is exported; 0 where it has no value yet."""
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


def exported() -> set[str]:
    """The names of all that a worker exports."""
    assert app.settings.web_port, "Faust's sensor is there with the web port alone"
    kinds = dict(re.findall(r"^# TYPE (\w+) (\w+)$", metrics.page().decode(), re.MULTILINE))
    parts = {
        name + part for name, kind in kinds.items() if kind == "histogram" for part in ("_bucket", "_sum", "_count")
    }
    return set(kinds) | parts


@pytest.mark.parametrize("name", WRITTEN)
def test_every_metric_that_is_written_about_is_exported(name: str) -> None:
    written = set(re.findall(r"\b(?:copytaster|faust|process)_[a-z_]+[a-z]", (DOCS / name).read_text()))
    assert written
    assert written <= exported()


def test_every_metric_of_ours_is_written_about() -> None:
    ours = {each.name for each in metrics.REGISTRY.collect() if each.name.startswith("copytaster_")}
    told = (DOCS / "operations.md").read_text()
    assert [name for name in ours if name not in told] == []


@pytest.mark.parametrize("kind", ["repeat", "new"])
def test_verdicts_are_counted_by_kind(kind: Kind) -> None:
    before = value("copytaster_verdicts_total", kind=kind)
    metrics.sent(Verdict(id="ferry", verdict=kind, alert=False))
    assert value("copytaster_verdicts_total", kind=kind) == before + 1


def test_an_alert_tells_how_old_its_article_is() -> None:
    before, count = value("copytaster_alert_age_seconds_sum"), value("copytaster_alert_age_seconds_count")
    article = ArticleRef(id="ferry")
    alert = Alert(id="1", kind="new", story="s", headline="Ferry sinks", summary=[], article=article, alerted=NOW)
    metrics.sent(alert)
    assert value("copytaster_alert_age_seconds_count") == count  # nobody knows when it was published
    dated = Alert(
        id="2",
        kind="new",
        story="s",
        headline="Ferry sinks",
        summary=[],
        article=article,
        alerted=NOW,
        published=NOW - timedelta(seconds=90),
    )
    metrics.sent(dated)
    assert value("copytaster_alert_age_seconds_sum") == before + 90


def test_rejected_messages_are_counted_by_topic() -> None:
    letter = Rejected(id="1", reason="not JSON", topic="wire.raw", partition=0, offset=1, rejected=NOW, value=b"{")
    before = value("copytaster_rejected_total", topic="wire.raw")
    metrics.sent(letter)
    assert value("copytaster_rejected_total", topic="wire.raw") == before + 1


def test_a_batch_is_counted_when_it_is_answered() -> None:
    before = value("copytaster_answered_total", topic="wire.clean")
    with metrics.batch("wire.clean", 3):
        assert value("copytaster_answered_total", topic="wire.clean") == before
    assert value("copytaster_answered_total", topic="wire.clean") == before + 3


def test_what_waits_is_told_of_the_partitions_that_the_worker_has() -> None:
    well = Health(alive=True, ready=True)
    metrics.looked(well, {("wire.raw", 1): Position(7, 12), ("wire.raw", 2): Position(1, 1)})
    assert value("copytaster_waiting_messages", topic="wire.raw", partition="1") == 5
    metrics.looked(well, {("wire.raw", 2): Position(1, 1)})
    assert 'partition="1"' not in metrics.page().decode()


def test_a_stalled_worker_is_not_alive() -> None:
    metrics.looked(Health(alive=False, ready=False, reasons=("stalled",), stalled=75.0), {})
    assert (value("copytaster_alive"), value("copytaster_ready"), value("copytaster_stalled_seconds")) == (0, 0, 75)


def test_the_store_and_the_sources_are_told() -> None:
    metrics.stored(1024, 7, 30, 10)
    metrics.heard_of([True, False, False])
    assert [value(f"copytaster_store_{name}") for name in ("bytes", "keys", "hits_total", "misses_total")] == [
        1024,
        7,
        30,
        10,
    ]
    assert (value("copytaster_sources"), value("copytaster_quiet_sources")) == (3, 1)

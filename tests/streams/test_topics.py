"""The topics are the river's, in flow order, under the prefix in force."""

from datetime import UTC, datetime

import pytest

from streams.codec import encode
from streams.records import RawArticle, Rejected
from streams.settings import Settings
from streams.topics import topics

DAY = 24 * 3600 * 1000


def test_the_topics_come_in_flow_order() -> None:
    assert [topic.name for topic in topics(Settings())] == [
        "wire.raw",
        "wire.clean",
        "wire.fresh",
        "wire.tagged",
        "wire.urgent.raw",
        "wire.urgent.clean",
        "wire.urgent.fresh",
        "wire.urgent.tagged",
        "wire.alerts",
        "wire.verdicts",
        "wire.rejected",
    ]


def test_another_prefix_gives_another_river() -> None:
    names = {topic.name for topic in topics(Settings(topic_prefix="sports"))}
    assert all(name.startswith("sports.") for name in names)
    assert len(names) == 11


def test_what_people_read_is_kept_longer_than_what_workers_pass_on() -> None:
    flow = topics(Settings())
    passed_on = max(flow.clean.retention, flow.fresh.retention, flow.tagged.retention)
    assert min(flow.alerts.retention, flow.verdicts.retention, flow.rejected.retention) > passed_on >= DAY


def test_a_rejected_message_fits_around_the_largest_one() -> None:
    settings = Settings(max_message_bytes=100_000)
    flow = topics(settings)
    wrapped = Rejected(
        id="r1",
        reason="not UTF-8",
        topic="wire.raw",
        partition=0,
        offset=0,
        rejected=datetime(2024, 3, 1, tzinfo=UTC),
        value=b"\xff" * settings.max_message_bytes,
    )
    assert flow.raw.max_bytes == settings.max_message_bytes
    assert len(encode(wrapped)) < flow.rejected.max_bytes


FERRY = "The ferry Ondine capsized off the port of Marrow on Tuesday, the coast guard said."
URGENT = [
    RawArticle(id="flash", urgency=1, text=FERRY),
    RawArticle(id="bulletin", urgency=2, text=FERRY),
    RawArticle(id="headed", headline="BULLETIN: Ferry sinks", text=FERRY),
    RawArticle(id="in the text", text=f"FLASH\n\n{FERRY}"),
]
USUAL = [
    RawArticle(id="feature", urgency=6, text=FERRY),
    RawArticle(id="no word of it", text=FERRY),
    RawArticle(id="told as less", urgency=4, headline="FLASH flood closes the road to Tarn", text=FERRY),
    RawArticle(id="kill", urgency=1, status="canceled", text="Kill."),
]


@pytest.mark.parametrize("article", URGENT, ids=lambda each: each.id)
def test_what_can_not_wait_has_a_lane_of_its_own(article: RawArticle) -> None:
    assert topics(Settings()).entrance(encode(article)).name == "wire.urgent.raw"
    assert topics(Settings(urgent=0)).entrance(encode(article)).name == "wire.raw"


@pytest.mark.parametrize("article", USUAL, ids=lambda each: each.id)
def test_all_else_and_a_kill_keeps_its_place(article: RawArticle) -> None:
    assert topics(Settings()).entrance(encode(article)).name == "wire.raw"


def test_what_can_not_be_read_goes_in_where_all_does() -> None:
    assert topics(Settings()).entrance(b"no article").name == "wire.raw"

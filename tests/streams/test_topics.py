"""The topics are the river's, in flow order, under the prefix in force."""

from datetime import UTC, datetime

from streams.codec import encode
from streams.records import Rejected
from streams.settings import Settings
from streams.topics import topics

DAY = 24 * 3600 * 1000


def test_the_topics_come_in_flow_order() -> None:
    assert [topic.name for topic in topics(Settings())] == [
        "wire.raw",
        "wire.clean",
        "wire.fresh",
        "wire.tagged",
        "wire.alerts",
        "wire.verdicts",
        "wire.rejected",
    ]


def test_another_prefix_gives_another_river() -> None:
    names = {topic.name for topic in topics(Settings(topic_prefix="sports"))}
    assert all(name.startswith("sports.") for name in names)
    assert len(names) == 7


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

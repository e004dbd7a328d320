"""What became of copy that was sent is told once, and once the workers have answered all of it."""

import asyncio

import pytest

from agents.commands.messages import bookmark
from agents.commands.outcome import answered, show
from streams.broker import consumer, partitions
from streams.codec import encode
from streams.errors import CopytasterError
from streams.records import Verdict
from streams.settings import Settings
from streams.topics import group, topics
from tests.commands.conftest import Put
from tests.commands.test_tail import alert


async def acknowledge(settings: Settings, name: str) -> None:
    """As workers do once they have answered all that a topic holds."""
    client = consumer(settings, group_id=group(settings))
    await client.start()
    places = await partitions(client, name)
    client.assign(places)
    found = await client.end_offsets(places)
    await client.commit(dict(found.items()))
    await client.stop()


def test_it_ends_when_the_last_topic_is_answered_too(put: Put, settings: Settings) -> None:
    put("raw", (b"a", b"A"))
    put("tagged", (b"a", b"A"))
    flow = topics(settings)

    async def answer() -> None:
        waiting = asyncio.create_task(answered(settings))
        await acknowledge(settings, flow.raw.name)
        done, _ = await asyncio.wait([waiting], timeout=2)
        assert not done
        await acknowledge(settings, flow.tagged.name)
        await waiting

    asyncio.run(answer())


def test_where_no_worker_runs_it_says_so(put: Put, settings: Settings) -> None:
    put("raw", (b"a", b"A"))
    with pytest.raises(CopytasterError, match="1 messages got no answer for 1 s; does a worker run"):
        asyncio.run(answered(settings, patience=1))


def test_alerts_since_then_are_shown_each_once_with_a_summary(
    put: Put, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    flow = topics(settings)
    put("alerts", alert("before"))
    since = asyncio.run(bookmark(settings, flow.verdicts.name, flow.alerts.name))
    verdict = (b"a", encode(Verdict(id="a", verdict="new", alert=True, story="s")))
    put("alerts", alert("a"), alert("a"))
    put("verdicts", verdict, verdict, (b"b", encode(Verdict(id="b", verdict="repeat", alert=False))))
    asyncio.run(show(settings, since))
    said = capsys.readouterr().out
    assert said.count("Headline a") == 1
    assert "Headline before" not in said
    assert "articles: 2 (1 new, 1 repeat); stories: 1; alerts: 1" in said

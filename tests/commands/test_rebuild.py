"""What a rebuild makes of topics that no longer hold all of it."""

import asyncio
from datetime import UTC, datetime

import pytest
from redis import Redis

from agents.alert.store import Ledger
from agents.commands.rebuild import rebuild
from streams.codec import encode
from streams.errors import CopytasterError
from streams.records import Alert, ArticleRef, Novel, Verdict
from streams.settings import Settings
from streams.store import MARK, connect

from .conftest import Put, Run

NOW = datetime.now(UTC)
TOLD = "The ferry Ondine capsized off the port of Marrow on Tuesday, and 12 people died, the coast guard said."
VERDICT = Verdict(
    id="ferry", doc="d1", verdict="new", alert=True, story="sd1", novel=[Novel(text=TOLD, start=0, end=99)]
)
ALERT = Alert(
    id="a1",
    kind="new",
    story="sd1",
    headline="Ferry sinks off Marrow",
    summary=[TOLD],
    article=ArticleRef(id="ferry", source="Harbour Post"),
    alerted=NOW,
)


def test_an_article_that_is_no_longer_kept_is_known_by_what_was_told_of_it(
    run: Run, put: Put, settings: Settings
) -> None:
    put("alerts", (b"ferry", encode(ALERT)))
    put("verdicts", (b"ferry", encode(VERDICT)), (b"old", encode(Verdict(id="old", verdict="hold", alert=False))))
    result = run(rebuild)
    assert "1 verdicts (1 new), 1 alerts" in result.output
    assert "of 1 the article is no longer kept" in result.output
    assert "1 verdicts are of no use any more" in result.output

    async def look() -> tuple[set[str], list[str]]:
        redis = connect(settings)
        ledger = Ledger(redis, settings)
        story = await ledger.story("sd1")
        known = await ledger.judged(["d1", "d2"])
        await redis.aclose()
        return known, [each.article for each in story.timeline] if story else []

    assert asyncio.run(look()) == ({"d1"}, ["ferry"])


def test_a_river_without_history_has_an_empty_store(run: Run, settings: Settings) -> None:
    assert run(rebuild).exit_code == 0
    with Redis.from_url(settings.store) as store:
        assert store.get(MARK) == settings.topic_prefix.encode()


def test_the_store_of_another_river_is_left_alone(run: Run, settings: Settings) -> None:
    with Redis.from_url(settings.store) as store:
        store.set(MARK, "sports")
        store.set("ct1:s:r", 7)
        with pytest.raises(CopytasterError, match="the store is river sports's"):
            run(rebuild)
        assert store.get("ct1:s:r") == b"7"

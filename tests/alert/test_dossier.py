"""A story as somebody sees it who asks for it."""

from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from agents.alert.desk import Desk
from agents.alert.dossier import dossier
from agents.alert.shelf import Shelf
from agents.alert.store import Ledger
from streams.errors import StoreUnavailable
from streams.records import Entity
from streams.settings import Settings
from streams.store import connect
from streams.thresholds import Thresholds

from .samples import FERRY, INQUIRY, NOW, tagged

SETTINGS = Settings()
LATER = NOW + timedelta(hours=6)
ONDINE, QUIST = Entity(name="Ondine", kind="PRODUCT"), Entity(name="Maren Quist", kind="PERSON")


async def told(redis: Redis) -> str:
    """The id of a story of three articles."""
    desk = Desk(Ledger(redis, SETTINGS), Shelf(redis, SETTINGS), SETTINGS)
    dated: dict[str, Any] = {"published": NOW, "published_from": "field"}
    first = tagged("ferry", FERRY, headline="Ferry Ondine capsized", source="Wirepool", entities=[ONDINE], **dated)
    reprint = tagged("reprint", FERRY, first, source="Harbour Post", **dated)
    later: dict[str, Any] = {"published": LATER, "published_from": "field"}
    inquiry = tagged("inquiry", INQUIRY, headline="Logbooks seized", entities=[ONDINE, QUIST], **later)
    outcomes = [(await desk.judge(each, NOW))[0] for each in (first, reprint, inquiry)]
    return str(outcomes[0].verdict.story)


async def test_a_dossier_has_headline_timeline_and_names(redis: Redis) -> None:
    name = await told(redis)
    found = await dossier(Ledger(redis, SETTINGS), name, Thresholds())
    assert found
    assert (found.story, found.headline, found.articles) == (name, "Ferry Ondine capsized", 3)
    assert [(each.article, each.at, each.verdict) for each in found.timeline] == [
        ("ferry", NOW, "new"),
        ("inquiry", LATER, "development"),
    ]
    assert [(each.name, each.articles) for each in found.entities] == [("Ondine", 2), ("Maren Quist", 1)]
    assert found.sources == ["Wirepool", "Harbour Post"]


async def test_a_dossier_says_when_the_story_is_over(redis: Redis) -> None:
    found = await dossier(Ledger(redis, SETTINGS), await told(redis), Thresholds(story_hours=24))
    assert found
    assert (found.first, found.last, found.ends) == (NOW, LATER, LATER + timedelta(hours=24))


async def test_of_a_story_nobody_told_there_is_none(redis: Redis) -> None:
    assert await dossier(Ledger(redis, SETTINGS), "s0", Thresholds()) is None


async def test_a_store_that_is_gone_is_no_story_unknown() -> None:
    settings = Settings(store="redis://127.0.0.1:1/0")
    client = connect(settings)
    with pytest.raises(StoreUnavailable):
        await dossier(Ledger(client, settings), "s0", Thresholds())
    await client.aclose()

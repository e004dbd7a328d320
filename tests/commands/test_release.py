"""Held articles, listed and set free from the command line."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from agents.alert.shelf import Shelf
from agents.commands.release import release
from streams.errors import CopytasterError
from streams.records import CleanArticle, Comparison, TaggedArticle
from streams.settings import Settings
from streams.store import connect

from .conftest import Run


def hold(settings: Settings, article: str, **fields: Any) -> None:
    async def keep() -> None:
        redis = connect(settings)
        clean = CleanArticle(id=article, doc=f"doc-{article}", paragraphs=["Rates stay."], headline="Bank", **fields)
        await Shelf(redis, settings).hold(
            TaggedArticle(article=clean, comparison=Comparison(compared=False)), time.time()
        )
        await redis.aclose()

    asyncio.run(keep())


def due(settings: Settings) -> list[str]:
    async def look() -> list[str]:
        redis = connect(settings)
        found = await Shelf(redis, settings).due(time.time())
        await redis.aclose()
        return [each.id for each in found]

    return asyncio.run(look())


def test_what_is_held_is_listed_with_its_time_and_what_holds_it(run: Run, settings: Settings) -> None:
    hold(settings, "speech", status="withheld", notice="HOLD until she has\x1b[31m spoken")
    hold(settings, "rates", embargoed_until=datetime(2031, 3, 4, 6, 0, tzinfo=UTC))
    assert run(release).output.splitlines() == [
        "2031-03-04 06:00:00Z  rates  embargoed  Bank",
        "until it is released  speech  HOLD until she has[31m spoken  Bank",
    ]


def test_a_released_article_is_due_and_no_other(run: Run, settings: Settings) -> None:
    hold(settings, "speech", status="withheld")
    hold(settings, "other", status="withheld")
    assert run(release, "speech").exit_code == 0
    assert due(settings) == ["speech"]


def test_an_id_that_is_not_held_is_named(run: Run) -> None:
    with pytest.raises(CopytasterError, match="not held: nobody"):
        run(release, "nobody")

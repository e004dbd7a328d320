"""Feeds are served to who may read: with the token, or on this machine where there is none."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import feedparser
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from redis.asyncio import Redis

from agents.deliver.desk import Desk
from agents.deliver.store import Deliveries
from agents.deliver.web import mount
from streams.settings import Settings
from streams.topics import topics

from .samples import NOW, alert, subscription

FEED = "/feeds/desk.atom"


@asynccontextmanager
async def served(redis: Redis, settings: Settings) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    """A client of a worker with these settings and a feed."""
    desk = Desk(Deliveries(redis), topics(settings))
    desk.follow([subscription("desk", topic="", entries=5), subscription("silent")], NOW.timestamp())
    await desk.take_all([alert("a"), alert("b")], NOW.timestamp() + 1)
    app = web.Application()
    mount(app, desk, settings)
    async with TestClient(TestServer(app)) as made:
        yield made


OPEN = Settings(subscriptions="desk.toml")


@pytest.fixture
async def client(redis: Redis) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    async with served(redis, replace(OPEN, read_token="reader")) as made:
        yield made


async def test_a_feed_is_served_with_its_alerts(client: TestClient[web.Request, web.Application]) -> None:
    answer = await client.get(FEED, headers={"Authorization": "Bearer reader"})
    assert (answer.status, answer.content_type) == (200, "application/atom+xml")
    said = feedparser.parse(await answer.read())
    assert [each.id for each in said.entries] == ["urn:copytaster:alert:b", "urn:copytaster:alert:a"]


async def test_a_reader_that_has_the_feed_is_told_so(client: TestClient[web.Request, web.Application]) -> None:
    fields = {"Authorization": "Bearer reader"}
    tag = (await client.get(FEED, headers=fields)).headers["ETag"]
    again = await client.get(FEED, headers=fields | {"If-None-Match": tag})
    assert (again.status, await again.read()) == (304, b"")


async def test_the_token_is_the_password_of_a_feed_reader(client: TestClient[web.Request, web.Application]) -> None:
    said = base64.b64encode(b"anyone:reader").decode()
    assert (await client.get(FEED, headers={"Authorization": f"Basic {said}"})).status == 200


@pytest.mark.parametrize("authorization", ["", "Bearer other", "Basic !!", "Basic cmVhZGVy", "reader"])
async def test_who_has_no_token_gets_no_copy(
    client: TestClient[web.Request, web.Application], authorization: str
) -> None:
    answer = await client.get(FEED, headers={"Authorization": authorization} if authorization else {})
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert b"Ondine" not in await answer.read()


@pytest.mark.parametrize("name", ["silent", "none"])
async def test_a_subscription_without_a_feed_is_not_found(
    client: TestClient[web.Request, web.Application], name: str
) -> None:
    answer = await client.get(f"/feeds/{name}.atom", headers={"Authorization": "Bearer reader"})
    assert (answer.status, answer.content_type) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        (OPEN, 200),
        (replace(OPEN, web_host="0.0.0.0"), 403),
        (replace(OPEN, push_token="pusher"), 200),
        (replace(OPEN, push_token="pusher", web_host="0.0.0.0"), 401),
        (replace(OPEN, push_token="pusher", read_token="reader"), 401),
    ],
)
async def test_without_a_token_this_machine_alone_reads(redis: Redis, settings: Settings, status: int) -> None:
    async with served(redis, settings) as client:
        assert (await client.get(FEED)).status == status
        assert (await client.get(FEED, headers={"Host": "rebound.example"})).status == (
            403 if status == 200 else status
        )


async def test_the_pushing_token_reads_too_and_no_page_of_another_origin_does(redis: Redis) -> None:
    async with served(redis, replace(OPEN, push_token="pusher", read_token="reader")) as client:
        said = {"Authorization": "Bearer pusher"}
        assert (await client.get(FEED, headers=said)).status == 200
        assert (await client.get(FEED, headers=said | {"Origin": "https://other.example"})).status == 403

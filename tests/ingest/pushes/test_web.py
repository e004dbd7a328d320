"""Articles pushed to a running worker: what is accepted lies in Kafka, and what isn't is told why."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from gzip import compress
from typing import Any

import pytest

from agents.commands.worker import Worker
from streams.codec import decode
from streams.embedded import start_store
from streams.records import RawArticle
from streams.server import free_port
from streams.settings import Settings
from tests.pushing import TOKEN, ask, on_topic, places, serving, session
from tests.running import apart

A_MEGABYTE = b" " * 2**20  # before an article: a large body that is no work for the rest of the worker


@contextmanager
def worker(settings: Settings) -> Iterator[Worker]:
    with Worker(settings) as running:
        asyncio.run(serving(settings, running))
        yield running


@pytest.fixture(scope="module")
def settings(embedded_broker: str) -> Iterator[Settings]:
    """A worker for all tests of this file that may hold little at a time; each test takes ids of its own."""
    with start_store() as store:
        settings = apart(
            embedded_broker,
            store,
            "push",
            web_port=free_port(),
            push_token=TOKEN,
            push_max_bytes=2 * 2**20,
            push_pending_bytes=3 * 2**20,
            push_pending_articles=20,
            tagger_processes=0,
        )
        with worker(settings):
            yield settings


async def test_an_article_accepted_lies_where_the_answer_says(settings: Settings) -> None:
    async with session(settings) as client:
        answer = await ask(client, b'{"id": "accepted", "text": "Ferry on fire"}')
    assert answer.status == 202
    assert answer.said["rejected"] == []
    ((place, name),) = places(answer).items()
    key, value = (await on_topic(settings))[place]
    assert (name, key, decode(value, RawArticle)) == (
        "accepted",
        "accepted",
        RawArticle(id="accepted", text="Ferry on fire"),
    )


async def test_of_many_articles_the_readable_are_accepted_and_the_others_named(settings: Settings) -> None:
    body = b'{"id": "many-1", "text": "A"}\n{"id": "many-2", "txt": "B"}\n{"id": "many-3", "text": "C"}\n'
    async with session(settings) as client:
        answer = await ask(client, body, headers={"Content-Type": "application/x-ndjson"})
    assert answer.status == 202
    assert [each["id"] for each in answer.said["accepted"]] == ["many-1", "many-3"]
    assert answer.said["rejected"] == [{"place": "body:2", "reason": "unknown field `txt`; did you mean `text`?"}]
    kept = await on_topic(settings)
    assert {place: kept[place][0] for place in places(answer)} == places(answer)
    assert "many-2" not in {key for key, _ in kept.values()}


async def test_plain_text_in_an_old_encoding_comes_in_with_the_fields_of_its_query(settings: Settings) -> None:
    async with session(settings) as client:
        answer = await ask(
            client,
            "Ferry in Łódź on fire".encode("iso-8859-2"),
            headers={"Content-Type": "text/plain; charset=iso-8859-2"},
            params={"id": "text", "source": "Harbour Post", "urgency": "2"},
        )
    (place,) = places(answer)
    article = decode((await on_topic(settings))[place][1], RawArticle)
    assert article == RawArticle(id="text", source="Harbour Post", urgency=2, text="Ferry in Łódź on fire")


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_packed_body_is_unpacked(settings: Settings, chunked: bool) -> None:
    packed = compress(b'{"id": "packed", "text": "Ferry on fire"}')
    async with session(settings) as client:
        data = pieces(packed[:10], packed[10:]) if chunked else packed
        answer = await ask(client, data, headers={"Content-Encoding": "gzip"})
    assert list(places(answer).values()) == ["packed"]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (None, 'Bearer realm="copytaster"'),
        ("Bearer shut-sesame", 'Bearer realm="copytaster", error="invalid_token"'),
        (f"Basic {TOKEN}", 'Bearer realm="copytaster"'),
    ],
)
async def test_without_the_token_nothing_is_accepted(settings: Settings, given: str | None, error: str) -> None:
    async with session(replace(settings, push_token="")) as client:
        headers = {"Authorization": given} if given else {}
        answer = await ask(client, b'{"id": "stranger", "text": "A"}', headers=headers)
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, error)
    assert "COPYTASTER_PUSH_TOKEN" in answer.said["detail"]
    assert "stranger" not in {key for key, _ in (await on_topic(settings)).values()}


JSON = {"Content-Type": "application/json"}
REFUSED: dict[str, tuple[Any, dict[str, str], str, int, str]] = {
    "broken JSON": (b'{"id": "a", "text"', JSON, "", 422, "not JSON"),
    "no UTF-8": (b'{"id": "a", "text": "caf\xe9"}', JSON, "", 422, "not UTF-8: byte 0xe9"),
    "a field mistyped": (b'{"id": "a", "txt": "A"}', JSON, "", 422, "did you mean `text`"),
    "nested deep": (b"[" * 100_000, JSON, "", 422, "nested too deep"),
    "an empty list": (b"[]", JSON, "", 422, "no article"),
    "nothing": (b"", {}, "", 400, "empty"),
    "a picture": (b"\x89PNG", {"Content-Type": "image/png"}, "", 415, "image/png"),
    "a parameter mistyped": (b"Copy", {}, "?urgncy=1", 400, "`urgncy`"),
    "a key that is none": (b"Copy", {"Idempotency-Key": "two words"}, "", 400, "Idempotency-Key"),
    "packed in no words": (b"Copy", {"Content-Encoding": "\udcff"}, "", 415, "send gzip"),
    "packed otherwise": (b"Copy", {"Content-Encoding": "br"}, "", 415, "send gzip"),
    "not packed at all": (b"Copy", {"Content-Encoding": "gzip"}, "", 400, "unpacked"),
    "packed and cut off": (compress(b"Copy")[:-3], {"Content-Encoding": "gzip"}, "", 400, "breaks off"),
    "a body too large": (3 * A_MEGABYTE, {}, "", 413, "COPYTASTER_PUSH_MAX_BYTES"),
    "a bomb": (compress(bytes(50 * 2**20)), {"Content-Encoding": "gzip"}, "", 413, "packed or unpacked"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_can_not_be_accepted_is_refused_with_what_is_wrong(settings: Settings, name: str) -> None:
    data, headers, query, status, words = REFUSED[name]
    async with session(settings) as client:
        answer = await ask(client, data, path=f"/articles{query}", headers=headers)
    assert answer.status == status
    assert words in answer.said["detail"]


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def test_a_body_without_an_end_is_refused_before_it_is_all_read(settings: Settings) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1000:
            sent += 1
            yield A_MEGABYTE

    async with session(settings) as client:
        answer = await ask(client, endless())
    assert answer.status == 413
    assert sent < 100


async def test_a_body_is_not_even_asked_for_when_its_length_is_too_much(settings: Settings) -> None:
    begun = False

    async def large() -> AsyncIterator[bytes]:
        nonlocal begun
        begun = True
        yield A_MEGABYTE

    async with session(settings) as client:
        answer = await ask(client, large(), expect100=True, headers={"Content-Length": str(10**9)})
    assert answer.status == 413
    assert not begun


async def test_a_body_that_waits_to_be_asked_for_is(settings: Settings) -> None:
    async with session(settings) as client:
        answer = await ask(client, b'{"id": "asked", "text": "A"}', expect100=True)
    assert list(places(answer).values()) == ["asked"]


@pytest.mark.parametrize("chunked", [False, True])
async def test_of_a_sender_that_hangs_up_half_way_nothing_is_published(settings: Settings, chunked: bool) -> None:
    name = f"half-{chunked}"
    framing, part = ("Transfer-Encoding: chunked", "4\r\nFerr\r\n") if chunked else ("Content-Length: 100", "Ferr")
    reader, writer = await asyncio.open_connection(settings.web_host, settings.web_port)
    head = f"POST /articles?id={name} HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {TOKEN}\r\n{framing}\r\n\r\n"
    writer.write(f"{head}{part}".encode())
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    async with session(settings) as client:
        assert (await ask(client, f'{{"id": "after-{name}", "text": "A"}}'.encode())).status == 202
    assert name not in {key for key, _ in (await on_topic(settings)).values()}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/articles", 405), ("PUT", "/articles", 405), ("OPTIONS", "/articles", 405), ("POST", "/article", 404)],
)
async def test_other_paths_and_methods_are_refused(settings: Settings, method: str, path: str, status: int) -> None:
    async with session(settings) as client:
        answer = await ask(client, method=method, path=path)
    assert answer.status == status
    assert answer.headers.get("Allow") == ("POST" if status == 405 else None)
    assert "POST" in answer.said["detail"]


async def test_too_much_at_a_time_is_told_to_come_again(settings: Settings) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    slow, small, fast = (b'{"id": "%s", "text": "A"}' % name for name in (b"slow", b"small", b"fast"))

    async def slowly() -> AsyncIterator[bytes]:
        begun.set()  # asked for, so that the worker counts on it
        await go_on.wait()
        yield A_MEGABYTE
        yield A_MEGABYTE[len(slow) :] + slow

    async with session(settings) as client:
        length = {"Content-Length": str(2 * len(A_MEGABYTE))}
        waiting = asyncio.create_task(ask(client, slowly(), expect100=True, headers=length))
        await begun.wait()
        answer = await ask(client, A_MEGABYTE + fast)
        assert (answer.status, answer.headers["Retry-After"]) == (429, "1")
        assert (await ask(client, small)).status == 202
        go_on.set()
        assert (await waiting).status == 202
        assert (await ask(client, A_MEGABYTE + fast)).status == 202
    kept = [key for key, _ in (await on_topic(settings)).values()]
    assert [kept.count(name) for name in ("slow", "small", "fast")] == [1, 1, 1]


async def test_of_a_burst_each_article_accepted_is_there_and_every_other_may_come_again(settings: Settings) -> None:
    async with session(settings) as client:

        async def push(number: int) -> dict[tuple[str, int, int], str]:
            promised: dict[tuple[str, int, int], str] = {}
            while not promised:
                answer = await ask(client, b'{"id": "burst-%d", "text": "Ferry %d on fire"}' % (number, number))
                assert answer.status in (202, 429, 503)
                if answer.status == 202:
                    promised = places(answer)
                else:
                    await asyncio.sleep(float(answer.headers["Retry-After"]) / 10)
            return promised

        promised = [each for pushed in await asyncio.gather(*map(push, range(200))) for each in pushed.items()]
    kept = await on_topic(settings)
    assert len(dict(promised)) == 200
    assert {place: kept[place][0] for place, _ in promised} == dict(promised)
    assert sum(key.startswith("burst-") for key, _ in kept.values()) == 200


async def test_the_same_push_under_the_same_key_is_published_once(settings: Settings) -> None:
    body, headers = b'{"id": "once", "text": "Ferry on fire"}', {"Idempotency-Key": '"once"'}
    async with session(settings) as client:
        first = await ask(client, body, headers=headers)
        again = await ask(client, body, headers=headers)
        other = await ask(client, body.replace(b"fire", b"ice"), headers=headers)
        same_key_other_query = await ask(client, body, params={"source": "X"}, headers=headers)
    assert (first.status, again.status, again.said) == (202, 202, first.said)
    assert (other.status, same_key_other_query.status) == (422, 422)
    assert [key for key, _ in (await on_topic(settings)).values()].count("once") == 1


def test_a_key_outlives_the_worker_that_took_it(settings: Settings) -> None:
    second = replace(settings, web_port=free_port())

    async def push(to: Settings) -> Any:
        async with session(to) as client:
            answer = await ask(client, b'{"id": "twice", "text": "A"}', headers={"Idempotency-Key": "twice"})
            return answer.status, answer.said

    with worker(second):
        first = asyncio.run(push(second))
    assert asyncio.run(push(settings)) == first
    assert [key for key, _ in asyncio.run(on_topic(settings)).values()].count("twice") == 1

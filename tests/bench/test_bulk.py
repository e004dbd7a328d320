"""What is put into the store in bulk is what its own insert writes."""

import pytest
from redis import Redis as Server
from redis.asyncio import Redis

from agents.dedupe import store
from agents.dedupe.fingerprint import fingerprints
from agents.dedupe.store import PREFIX, Archive, Entry
from agents.dedupe.words import read
from bench import bulk
from bench.bulk import Press, fill

ARTICLES = 150


def held(url: str, kind: str) -> dict[bytes, bytes]:
    """The keys of a kind that say something, with what they hold."""
    with Server.from_url(url) as server:
        return {key: value for key in server.scan_iter(f"{PREFIX}{kind}") if (value := server.get(key))}


def counted(url: str) -> dict[bytes, bytes]:
    with Server.from_url(url) as server:
        return {name: value for name, value in server.hgetall(f"{PREFIX}g").items() if name != b"began"}


def test_bulk_copy_has_the_fingerprints_of_its_text() -> None:
    press = Press(1)
    for block in press.blocks(40):
        prints, owners = press.fingerprints(block)
        for number, text in enumerate(press.texts(block)):
            assert prints[owners == number].tolist() == fingerprints(read(text)).tolist()


@pytest.mark.parametrize("load", [1, 40])  # with buckets that split, and without
async def test_bulk_writes_what_the_archive_writes(
    redis: Redis, store_url: str, load: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LOAD", load)
    monkeypatch.setattr(bulk, "LOAD", load)
    archive, press = Archive(redis, window=3600.0, budget=2**30), Press(2)
    texts = [text for block in press.blocks(ARTICLES) for text in press.texts(block)]
    await archive.claim([Entry(str(each), str(each), read(text)) for each, text in enumerate(texts)])
    index, records, counts = held(store_url, "[nf]*"), held(store_url, "a:*"), counted(store_url)
    await redis.flushall()
    with Server.from_url(store_url) as server:
        fill(server, Press(2), ARTICLES)
    assert (held(store_url, "[nf]*"), counted(store_url)) == (index, counts)
    # What comes last in a record says with which earlier ones it was compared: in bulk none was.
    bulk_records = held(store_url, "a:*")
    assert bulk_records.keys() == records.keys()
    assert all(records[key].startswith(record[:-1]) for key, record in bulk_records.items())

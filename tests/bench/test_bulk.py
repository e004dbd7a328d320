"""What is put into the store in bulk is what its own insert writes."""

import pytest
from msgspec import msgpack
from redis import Redis as Server
from redis.asyncio import Redis

from agents.dedupe import store
from agents.dedupe.fingerprint import fingerprints
from agents.dedupe.store import PREFIX, Archive, Entry
from agents.dedupe.words import read
from bench import bulk
from bench.bulk import Press, fill

ARTICLES = 250


def kept(url: str) -> dict[bytes, object]:
    """All that a store holds, but for when a generation began and which earlier articles each was compared with."""
    found: dict[bytes, object] = {}
    with Server.from_url(url) as server:
        for key in server.scan_iter(f"{PREFIX}[nf]*"):
            found[key] = server.get(key)
        for key in server.scan_iter(f"{PREFIX}a:*"):
            found[key] = msgpack.decode(server.get(key), type=list[object])[:3]
        found[b"g"] = {name: value for name, value in server.hgetall(f"{PREFIX}g").items() if name != b"began"}
    return {key: value for key, value in found.items() if value}


def test_bulk_copy_has_the_fingerprints_of_its_text() -> None:
    press = Press(1)
    for block in press.blocks(40):
        prints, owners = press.fingerprints(block)
        for number, text in enumerate(press.texts(block)):
            assert prints[owners == number].tolist() == fingerprints(read(text)).tolist()


@pytest.mark.parametrize("load", [2, 40])  # with buckets that split, and without
async def test_bulk_writes_what_the_archive_writes(
    redis: Redis, store_url: str, load: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LOAD", load)
    monkeypatch.setattr(bulk, "LOAD", load)
    press = Press(2)
    archive = Archive(redis, window=3600.0, budget=2**30)
    texts = [text for block in press.blocks(ARTICLES) for text in press.texts(block)]
    claims = await archive.claim([Entry(str(each), str(each), read(text)) for each, text in enumerate(texts)])
    assert any(claim.earlier for claim in claims)
    ours = kept(store_url)
    with Server.from_url(store_url) as server:
        server.flushall()
        fill(server, Press(2), ARTICLES)
    theirs = kept(store_url)
    assert theirs == ours

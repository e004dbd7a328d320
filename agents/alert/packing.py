"""Records as the store keeps them: JSON, packed by zstd, which takes a fifth of zlib's time for as many bytes."""

from functools import lru_cache
from typing import TypeVar

from cramjam import zstd

from agents.alert.stories import Story
from streams.codec import decode, encode
from streams.records import Record

R = TypeVar("R", bound=Record)
_EFFORT = 3  # zstd's level
_STORIES = 512  # that a worker keeps unpacked: most that an article is compared with are as they were


def pack(record: Record) -> bytes:
    """The record for the store."""
    return bytes(zstd.compress(encode(record), _EFFORT))


def unpack(body: bytes, kind: type[R]) -> R:
    """A record from the store."""
    return decode(bytes(zstd.decompress(body)), kind)


@lru_cache(maxsize=_STORIES)
def story(body: bytes) -> Story:
    """A story from the store; not to be changed, as others may have it too."""
    return unpack(body, Story)

"""Compressed bodies come out whole, and a bomb never gets large."""

import gzip
import zlib

import pytest

from agents.ingest.feeds.inflate import Inflater, TooLarge

TEXT = b"The ferry sank off Cape Dorrow at dawn on Monday.\n" * 200
RAW = zlib.compressobj(wbits=-15)
DEFLATED_RAW = RAW.compress(TEXT) + RAW.flush()


def inflated(coding: str, data: bytes, limit: int = 2**20, size: int = 97) -> bytes:
    inflater = Inflater(coding, limit)
    for at in range(0, len(data), size):
        inflater.feed(data[at : at + size])
    return inflater.close()


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        (" GZIP ", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:])),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", DEFLATED_RAW),
        ("", TEXT),
        ("identity", TEXT),
    ],
)
def test_a_body_comes_out_as_it_went_in(coding: str, data: bytes) -> None:
    assert inflated(coding, data) == TEXT


def test_an_empty_body_is_empty_whatever_its_coding() -> None:
    assert inflated("gzip", b"") == b""


@pytest.mark.parametrize("coding", ["gzip", "deflate", ""])
def test_more_than_the_limit_is_refused(coding: str) -> None:
    data = {"gzip": gzip.compress(TEXT), "deflate": zlib.compress(TEXT), "": TEXT}[coding]
    assert inflated(coding, data, limit=len(TEXT)) == TEXT
    with pytest.raises(TooLarge):
        inflated(coding, data, limit=len(TEXT) - 1)


def test_a_bomb_is_refused_before_it_is_large() -> None:
    inflater = Inflater("gzip", 10_000)
    with pytest.raises(TooLarge):
        inflater.feed(gzip.compress(bytes(50_000_000)))
    assert sum(map(len, inflater._pieces)) <= 10_000


def test_a_stream_of_very_many_parts_is_refused() -> None:
    with pytest.raises(TooLarge, match="parts"):
        inflated("gzip", gzip.compress(b"") * 5000, size=64 * 1024)


@pytest.mark.parametrize(
    ("coding", "data", "words"),
    [
        ("gzip", gzip.compress(TEXT)[:-20], "breaks off"),
        ("gzip", TEXT, "broken"),
        ("br", TEXT, "not asked for"),
        ("gzip, gzip", TEXT, "not asked for"),
    ],
)
def test_what_can_not_be_inflated_says_why(coding: str, data: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        inflated(coding, data)

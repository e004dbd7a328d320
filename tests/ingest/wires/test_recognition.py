"""A format is told from the bytes, whatever stands before them; what is none stays what it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agents.ingest.wires.anpa import read_anpa
from agents.ingest.wires.ap import read_ap
from agents.ingest.wires.iptc7901 import read_7901
from agents.ingest.wires.json_feed import read_json_feed
from agents.ingest.wires.markup import read_xml
from agents.ingest.wires.ninjs import read_ninjs
from agents.ingest.wires.recognition import Reader, read_mails, recognised, recognised_json

from . import test_anpa, test_ap, test_iptc7901, test_mail, test_ninjs
from .mutations import few, mutated, survives
from .reading import sample

SAMPLES = [
    test_anpa.FERRY,
    test_iptc7901.FERRY,
    test_iptc7901.TELEX,
    test_mail.BOTH,
    test_mail.PLAIN,
    sample("mine.g2.xml"),
]


@pytest.mark.parametrize(
    ("data", "reader"),
    [
        (test_anpa.FERRY, read_anpa),
        (test_anpa.TABLE, read_anpa),
        (test_iptc7901.FERRY, read_7901),
        (test_iptc7901.GERMAN, read_7901),
        (test_iptc7901.TELEX, read_7901),
        (test_mail.PLAIN, read_mails),
        (test_mail.forwarded(), read_mails),
        (sample("dam-first.nitf"), read_xml),
        (sample("harbour-two.newsml.xml"), read_xml),
        (sample("mine.g2.xml"), read_xml),
        (sample("tram.rss"), read_xml),
        (sample("tram.atom"), read_xml),
        (b"<?xml version='1.0'?><orders/>", read_xml),
    ],
)
@pytest.mark.parametrize("before", [b"", b"\r\n\r\n ", b"\xef\xbb\xbf"])
def test_each_format_is_told_by_its_first_bytes(data: bytes, reader: Reader, before: bytes) -> None:
    assert recognised(before + data) is reader


@pytest.mark.parametrize(
    ("value", "reader"),
    [
        (test_ninjs.ONE, read_ninjs),
        ([test_ninjs.THREE, test_ninjs.PICTURE], read_ninjs),
        (test_ap.FEED, read_ap),
        (test_ap.ITEM, read_ap),
        ({"id": "a", "text": "A"}, None),
        ([], None),
        (json.loads(sample("tram.feed.json")), read_json_feed),
        (7, None),
    ],
)
def test_json_is_told_by_its_fields(value: object, reader: Reader | None) -> None:
    assert recognised_json(value) is reader


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"A ferry sank.\n\nFrom: nobody.",
        b"<p>A ferry sank.",
        b"<?xml version='1.0'?><html xmlns='x'><p>A ferry sank.",
        b"<!DOCTYPE html>",
        b'{"id": "a"}',
        b"\x01",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x02",
        b"ZCZC",
        b"PK\x03\x04\x14\x00",
    ],
)
def test_what_is_in_no_format_of_the_trade_is_left(data: bytes) -> None:
    assert recognised(data) is None


@few
@given(mutated(*SAMPLES) | some.binary(max_size=100))
def test_any_bytes_are_told_or_left(data: bytes) -> None:
    if reader := recognised(data):
        survives(reader, data)


@few
@given(mutated(*(json.dumps(each).encode() for each in (test_ap.FEED, test_ninjs.TWO))))
def test_any_json_is_told_or_left(data: bytes) -> None:
    try:
        value = json.loads(data)
    except ValueError:
        return
    if reader := recognised_json(value):
        survives(reader, data)

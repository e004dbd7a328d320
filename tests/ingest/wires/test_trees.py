"""XML of strangers is read without opening anything outside, or refused with a reason."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from agents.ingest.wires.trees import content, parse_xml
from streams.errors import RejectedCopy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_its_own_are_refused(encoding: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
    with pytest.raises(RejectedCopy, match="entities"):
        parse_xml(bomb.encode(encoding))


def test_a_doctype_without_declarations_is_read() -> None:
    assert parse_xml(b'<!DOCTYPE nitf SYSTEM "file:///no/such/nitf.dtd"><nitf><p>Copy</p></nitf>').tag == "nitf"


@pytest.mark.parametrize("data", [b"<a>caf\xe9</a>", b"<a>caf&eacute;</a>", b"<a>caf\xc3\xa9\x01</a>"])
def test_a_wrong_encoding_an_html_entity_and_a_stray_control_are_mended(data: bytes) -> None:
    assert content(parse_xml(data)) == "café"


def test_what_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(RejectedCopy, match="broken"):
        parse_xml(b"<a>" * 400 + b"</a>" * 400)


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(some.binary(max_size=300).map(lambda data: b"<a>" + data + b"</a>") | some.binary(max_size=300))
def test_any_bytes_give_a_tree_or_a_refusal_and_nothing_else(data: bytes) -> None:
    with suppress(RejectedCopy):
        assert parse_xml(data) is not None

"""XML of strangers is read without opening anything outside, or refused with a reason."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from agents.ingest.wires.trees import content, parse_xml, root_name, salvage_xml
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


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<a>AT&T</a>", "AT&T"),
        (b"<a>&nosuch; &LT;b&gt;</a>", "&nosuch; <b>"),
        (b"<a>&eacute;<![CDATA[R&D &eacute;]]></a>", "éR&D &eacute;"),
        (b"<a>R&D<![CDATA[ open</a>", None),
        (b"<x:a>&eacute;</x:a>", "é"),
        (b"<?xml version='1.0' encoding='windows-1251'?><a>\xef\xee & \xf2\xfb</a>", "по & ты"),
        (b"<?xml version='1.0' encoding='nonesuch'?><a>caf\xe9</a>", "café"),
    ],
)
def test_what_is_all_but_well_formed_is_mended(data: bytes, said: str | None) -> None:
    root, broken = salvage_xml(data)
    assert broken if said is None else (content(root), broken) == (said, "")


def test_tags_and_attributes_lose_their_namespaces_and_an_attribute_of_its_own_stays() -> None:
    root = parse_xml(b'<n:a xmlns:n="urn:n" xmlns:m="urn:m" xml:lang="en" n:b="1" b="2"/>')
    assert (root.tag, root.get("lang"), root.get("b")) == ("a", "en", "2")


def test_a_broken_document_is_there_up_to_its_break_and_says_where_that_is() -> None:
    root, broken = salvage_xml(b"<a>\n<b>whole</b><c>ha")
    assert (content(root).strip(), broken[:7]) == ("wholeha", "line 2:")
    with pytest.raises(RejectedCopy, match="broken, line 2"):
        parse_xml(b"<a>\n<b>whole</b><c>ha")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<a/>", "a"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><!-- <b> --><!DOCTYPE c [<!ELEMENT d ANY>]><n:e f='g'>", "e"),
        ("<a/>".encode("utf-16"), "a"),
        ("<a/>".encode("utf-16-le"), "a"),
        (b"text <a>", ""),
        (b"<!-- never closed", ""),
        (b"", ""),
    ],
)
def test_the_first_element_names_a_document(data: bytes, name: str) -> None:
    assert root_name(data) == name


def test_an_encoding_that_hides_entities_hides_them_in_vain() -> None:
    hidden = b"+ADwAIQ-DOCTYPE a +AFsAPAAh-ENTITY x +ACI-y+ACIAPgBdAD4APA-a+AD4AJg-x+ADsAPA-/a+AD4-"
    with pytest.raises(RejectedCopy):
        parse_xml(b"<?xml version='1.0' encoding='utf-7'?>" + hidden)


def test_what_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(RejectedCopy, match="broken"):
        parse_xml(b"<a>" * 400 + b"</a>" * 400)


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(some.binary(max_size=300).map(lambda data: b"<a>" + data + b"</a>") | some.binary(max_size=300))
def test_any_bytes_give_a_tree_or_a_refusal_and_nothing_else(data: bytes) -> None:
    with suppress(RejectedCopy):
        assert parse_xml(data) is not None

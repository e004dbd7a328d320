"""Parses XML that strangers send: nothing outside is opened, nothing expands, depth and size have bounds."""

import re
from html.entities import html5
from typing import Any

from lxml import etree

from streams.errors import RejectedCopy

_MOST_BYTES = 16 * 2**20
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_NOT_XML = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse_xml(data: bytes) -> Any:
    """The root of an XML document, every tag and attribute without its namespace.

    Undeclared HTML entities, stray controls and a wrong encoding are mended, since agencies send them. libxml2 stops at
    256 levels and 10 MB of text in one place. Raises RejectedCopy for what is broken, too large, or declares entities.
    """
    if len(data) > _MOST_BYTES:
        raise RejectedCopy(f"the XML is larger than {_MOST_BYTES:,} bytes; send its items one by one")
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise RejectedCopy("the XML declares entities of its own (<!ENTITY ...>); send it without them")
    try:
        root = _parse(data)
    except etree.XMLSyntaxError as error:
        root = _parse_mended(data, error)
    # An encoding that hides the declaration from the look above can't hide it here.
    inside = root.getroottree().docinfo.internalDTD
    if inside is not None and next(iter(inside.iterentities()), None) is not None:
        raise RejectedCopy("the XML declares entities of its own (<!ENTITY ...>); send it without them")
    _drop_namespaces(root)
    return root


def _parse(data: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def _parse_mended(data: bytes, first: etree.XMLSyntaxError) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    text = _ENTITY.sub(_letter, _NOT_XML.sub("", _DECLARED.sub("", text, count=1)))
    try:
        return _parse(text.encode("utf-8", "replace"))
    except etree.XMLSyntaxError:
        raise RejectedCopy(f"the XML is broken: {first.msg}; send it well-formed") from first


def _letter(match: re.Match[str]) -> str:
    return match[0] if match[1] in _XML_ENTITIES else html5.get(f"{match[1]};", match[0])


def _drop_namespaces(root: Any) -> None:
    for element in root.iter(etree.Element):
        element.tag = bare(element.tag)
        for name in [name for name in element.attrib if name.startswith("{")]:
            element.attrib.setdefault(bare(name), element.attrib[name])


def bare(tag: str) -> str:
    """A tag or attribute without its namespace."""
    return tag.rpartition("}")[2]


def content(element: Any) -> str:
    """All the text within an element, "" for None."""
    return "".join(element.itertext()) if element is not None else ""


def first(element: Any, *paths: str) -> str:
    """The text of the first element or attribute (`path/@name`) that says anything, the paths tried in order."""
    for path in paths:
        for found in element.xpath(path):
            if said := " ".join((found if isinstance(found, str) else content(found)).split()):
                return said
    return ""


def all_of(element: Any, *paths: str) -> list[str]:
    """The texts of all elements and attributes at the paths."""
    return [found if isinstance(found, str) else content(found) for path in paths for found in element.xpath(path)]

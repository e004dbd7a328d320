"""Parses XML that strangers send: nothing outside is opened, nothing expands, depth and size have bounds."""

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from agents.ingest.wires.mending import decoded, mended
from streams.errors import RejectedCopy

_MOST_BYTES = 16 * 2**20
_TAGS = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>|<([A-Za-z_][^\s<>/]*)", re.DOTALL | re.IGNORECASE
)
_ENTITIES_REFUSED = "the XML declares entities of its own (<!ENTITY ...>); send it without them"
_ROOT_WITHIN = 16_384  # characters; what stands before a root is short


def root_name(data: bytes) -> str:
    """The name of the element that the bytes of an XML or HTML document begin with, "" where they begin with none."""
    text = decoded(data[: 4 * _ROOT_WITHIN])[:_ROOT_WITHIN].lstrip("\ufeff")
    at = 0
    while match := _TAGS.match(text, at):
        if match[1]:
            return match[1].rpartition(":")[2]
        at = match.end()
    return ""


def parse_xml(data: bytes) -> Any:
    """The root of an XML document, every tag and attribute without its namespace.

    Undeclared HTML entities, bare ampersands, stray controls and a wrong encoding are mended, since agencies send them.
    libxml2 stops at 256 levels and 10 MB of text in one place. Raises RejectedCopy for what is broken, too large, or
    declares entities.
    """
    root, broken = salvage_xml(data)
    if broken:
        raise RejectedCopy(f"the XML is broken, {broken}; send it well-formed")
    _drop_namespaces(root)
    return root


def salvage_xml(data: bytes) -> tuple[Any, str]:
    """The root of a document with its namespaces, and in words where it breaks, "" for one that is whole.

    Of a broken document what stands before the break is there, and more where libxml2 can go on. Mends and raises as
    `parse_xml` does.
    """
    if len(data) > _MOST_BYTES:
        raise RejectedCopy(f"the XML is larger than {_MOST_BYTES:,} bytes; send its items one by one")
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise RejectedCopy(_ENTITIES_REFUSED)
    root, broken = _parse(data)
    if broken:
        root, broken = _parse(mended(data).encode("utf-8", "replace"), recover=True)
    if root is None:
        raise RejectedCopy(f"the XML is broken, {broken}; send it well-formed")
    # An encoding that hides the declaration from the look above can't hide it here.
    inside = root.getroottree().docinfo.internalDTD
    if inside is not None and next(iter(inside.iterentities()), None) is not None:
        raise RejectedCopy(_ENTITIES_REFUSED)
    return root, broken


def _parse(data: bytes, recover: bool = False) -> tuple[Any, str]:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return None, f"line {error.lineno}: {error.msg}"
    # A prefix that isn't declared harms nothing: names are read without theirs.
    errors = (error for error in parser.error_log if error.level_name != "WARNING" and error.domain_name != "NAMESPACE")
    broken = next(errors, None)
    return root, f"line {broken.line}: {broken.message}" if broken else "" if root is not None else "it has no element"


def _drop_namespaces(root: Any) -> None:
    for element in root.iter(etree.Element):
        element.tag = bare(element.tag)
        for name in [name for name in element.attrib if name.startswith("{")]:
            if bare(name) not in element.attrib:
                element.set(bare(name), element.get(name))


def bare(tag: str) -> str:
    """A tag or attribute without its namespace."""
    return tag.rpartition("}")[2]


def content(element: Any) -> str:
    """All the text within an element, "" for None."""
    return "".join(element.itertext()) if element is not None else ""


@lru_cache(maxsize=512)
def _path(path: str) -> Any:
    return etree.XPath(path)


def words(element: Any) -> str:
    """All the text within an element on one line, the parts of it a space apart."""
    return " ".join(" ".join(element.itertext()).split())


def first(element: Any, *paths: str) -> str:
    """The text of the first element or attribute (`path/@name`) that says anything, the paths tried in order."""
    for path in paths:
        for found in _path(path)(element):
            if said := " ".join((found if isinstance(found, str) else content(found)).split()):
                return said
    return ""


def all_of(element: Any, *paths: str) -> list[str]:
    """The texts of all elements and attributes at the paths."""
    return [found if isinstance(found, str) else content(found) for path in paths for found in _path(path)(element)]

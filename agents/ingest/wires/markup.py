"""Wire copy in XML and HTML: which kind it is tells the element that it begins with."""

from collections.abc import Callable
from typing import Any

from agents.ingest.encoding import read_text
from agents.ingest.wires.bodies import Body, close
from agents.ingest.wires.draft import Draft, Pieces, quoted
from agents.ingest.wires.newsml import read_newsml
from agents.ingest.wires.newsmlg2 import ITEMS, read_newsmlg2
from agents.ingest.wires.nitf import read_nitf
from agents.ingest.wires.syndication import FEEDS, read_syndication
from agents.ingest.wires.trees import parse_xml, root_name
from streams.errors import RejectedCopy

_TREES: dict[str, Callable[[Any, str], Pieces]] = {"nitf": read_nitf, "NewsML": read_newsml, "NewsItem": read_newsml}
_TREES |= dict.fromkeys(("newsMessage", "itemSet", *ITEMS), read_newsmlg2)
ROOTS = frozenset((*_TREES, *FEEDS))


def read_xml(data: bytes, identity: str) -> Pieces:
    """Every article of an XML or HTML document; `identity` stands for an id where the document gives none.

    Raises RejectedCopy for what is broken, unsafe or of no kind that carries copy.
    """
    name = root_name(data)
    if name in FEEDS:
        return read_syndication(data, identity)
    if name in _TREES:
        return _TREES[name](parse_xml(data), identity)
    if name.casefold() == "html":
        return read_page(data, identity)
    known = "NITF, NewsML, NewsML-G2, RSS, Atom or HTML"
    kind = f"XML that begins with <{name[:60]}>" if name else "no XML"
    raise RejectedCopy(f"{quoted(identity)} is {kind}; send it as {known}")


def read_page(data: bytes, identity: str) -> Pieces:
    """The whole document is the page of one article."""
    draft, body = Draft(), Body()
    body.markup(read_text(data))
    body.put(draft)
    yield close(draft, identity)

"""Turns markup into plain text: an empty line between blocks, a bullet before list items, nothing unseen."""

import re
from typing import Any

from lxml import etree, html

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_TICKER = re.compile(
    r"<(?=[A-Z][A-Z0-9.]{0,7}>)(?!(?:A|B|I|P|S|U|Q|BR|DIV|EM|H[1-6]|HR|HTML|HEAD|BODY|LI|OL|UL|TD|TH|TR|TABLE|SPAN)>)"
)
# Names of elements in HTML and in trafilatura's own trees.
_BLOCKS = frozenset(
    "p div section article main h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table tr caption figure address"
    " header footer nav aside form fieldset hr center body head list item quote row".split()
)
_ITEMS = frozenset(("li", "item"))
_CELLS = frozenset(("td", "th", "cell"))
_BREAKS = frozenset(("br", "lb"))
_UNSEEN = frozenset(
    "script style noscript template svg math iframe object button select textarea title meta link".split()
)
_SPACES = re.compile(r"\s+")


def parse(source: str) -> Any:
    """The tree of an HTML source, however broken or deep; None where there is nothing to parse."""
    source = _TICKER.sub("&lt;", _DECLARATION.sub("", source.replace("\x00", ""), count=1))
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return None


def take_captions(tree: Any) -> list[str]:
    """Take the figures' captions out of the tree; each is given once, in order."""
    captions: dict[str, None] = {}
    for element in tree.xpath("//figcaption"):
        captions[" ".join("".join(element.itertext()).split())] = None
        element.drop_tree()
    return [caption for caption in captions if caption]


def plain_text(tree: Any) -> str:
    """The tree's visible text. Walks without recursion, since pages may nest as deep as they like."""
    parts: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        start = event == "start"
        if tag in _UNSEEN:
            unseen += 1 if start else -1
        parts.append(_opening(tag) if start else _ending(tag))
        text = element.text if start else element.tail
        if text and not unseen:
            parts.append(text if start and tag == "pre" else _SPACES.sub(" ", text))
    return "".join(parts).strip()


def _opening(tag: str) -> str:
    if tag in _ITEMS:
        return "\n\n• "
    return "\n\n" if tag in _BLOCKS else "\n" if tag in _BREAKS else ""


def _ending(tag: str) -> str:
    return "\n\n" if tag in _BLOCKS else " " if tag in _CELLS else ""

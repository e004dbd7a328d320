"""The copy that a format carries in a tree of its own, as the HTML or text of a raw article."""

import re
from html import escape
from typing import Any

from lxml import etree

from agents.ingest.wires.draft import Draft, Piece, digest, one_line, plain, quoted
from agents.ingest.wires.trees import content

# NITF's names for what HTML has too; the rest of its names mark words within a paragraph.
_NAMES = {
    "hl1": "h2",
    "hl2": "h2",
    "bq": "blockquote",
    "credit": "p",
    "fn": "p",
    "abstract": "div",
    "block": "div",
    "media": "figure",
    "media-caption": "figcaption",
    "media-producer": "figcaption",
}
_HTML = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table caption thead tbody tfoot tr td th br hr em strong"
    " b i u a sub sup figure figcaption section article".split()
)
_BLOCKS = _HTML - frozenset("br em strong b i u a sub sup".split())
_UNSEEN = (
    "script style head header footer nav iframe object media-reference media-metadata media-object nitf-table-metadata"
    " dateline note datasource copyrite tagline".split()
)

# Not "arms embargo" nor "contacts, not for publication": only what says that the story itself must wait.
_HOLDING = re.compile(
    r"^\W*hold\W*$|^\W*embargo|\bembargoed\b|\b(?:under|strict(?:ly)?|news|press)\s+embargo|\bembargo\s*(?:until|till|:|ends\b|expires\b)"
    r"|\bhold\s+for\s+(?:release|publication)"
    r"|\bnot\s+(?:for|to\s+be)\s+(?:\w+\s+)?(?:release|publi|use|broadcast)\w*\s+(?:before|until|till|prior)",
    re.IGNORECASE,
)
_FREEING = re.compile(
    r"\bembargo(?:\s+(?:is|was|has|been|now))*\s+(?:lifted|over|ended|expired)\b(?!\s+(?:at|on|from|until)\b)"
    r"|\bno(?:\s+longer(?:\s+under)?)?\s+embargo",
    re.IGNORECASE,
)


class Body:
    """An article's copy, part by part."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._marked_up = False
        self.says = False  # a caption alone is no copy

    def tree(self, element: Any) -> None:
        """Add what stands within an element of NITF or XHTML; one without blocks keeps its lines, as `text` does."""
        if next(element.iter(*_BLOCKS, *_NAMES), None) is None:
            self.text(content(element))
        elif content(element).strip():
            self.markup(to_html(element))

    def markup(self, source: str) -> None:
        """Add a piece of HTML."""
        if source.strip():
            self._mark_up()
            self._parts.append(source)
            self.says = True

    def text(self, source: str) -> None:
        """Add plain text, its lines as they are."""
        if source.strip():
            self._parts.append(_lines(source) if self._marked_up else source.strip("\r\n"))
            self.says = True

    def caption(self, source: str) -> None:
        """Add what stood under a picture."""
        if source.strip():
            self._mark_up()
            self._parts.append(f"<figure><figcaption>{escape(one_line(source))}</figcaption></figure>")

    def put(self, draft: Draft) -> None:
        """Make it the article's copy."""
        if self.says:
            draft.copy("html" if self._marked_up else "text", "\n\n".join(self._parts))

    def _mark_up(self) -> None:
        if not self._marked_up:
            self._parts = [_lines(part) for part in self._parts]
            self._marked_up = True


def to_html(element: Any) -> str:
    """The element as a `<div>` of HTML. It is changed on the way; what is not for readers is left out."""
    etree.strip_elements(element, *_UNSEEN, with_tail=False)
    for each in element.iter(etree.Element):
        link = each.get("href") if each.tag == "a" else None
        each.attrib.clear()
        if link:
            each.set("href", link)
        each.tag = _NAMES.get(each.tag, each.tag if each.tag in _HTML else "span")
    whole = etree.Element("div")  # outside of the document, whose namespaces would be declared on it
    whole.text = element.text
    whole.extend(list(element))
    etree.cleanup_namespaces(whole)
    return str(etree.tostring(whole, encoding="unicode", method="html"))


def remark(draft: Draft, *notes: str) -> None:
    """Put what is said to editors alone; where it may speak of an embargo, the article is held."""
    said = [note for note in map(one_line, notes) if note]
    draft.line("note", "; ".join(dict.fromkeys(said)))
    for note in said:
        if _may_hold(note) and "embargoed_until" not in draft.values:
            draft.embargo(note)


def _may_hold(note: str) -> bool:
    return _HOLDING.search(note) is not None and not _FREEING.search(note)


def close(draft: Draft, *identities: object) -> Piece:
    """The article under the first of the ids that says anything, else under one made from its copy.

    A headline that comes alone, as a flash does, is its own copy. Without headline and copy there is no article,
    unless it withdraws one.
    """
    values = draft.values
    if not values.get("text") and not values.get("html"):
        draft.copy("text", values.get("headline"))
    copy = plain(values.get("html") or values.get("text") or "")
    if not copy and values.get("status") != "canceled":
        named = next(filter(None, map(one_line, identities)), "")
        return Piece(None, (*draft.unused, f"{quoted(named)} holds no headline and no copy; send one with it"))
    return draft.finish(*identities, digest(values.get("headline") or "", copy))


def _lines(text: str) -> str:
    return f"<pre>{escape(plain(text))}</pre>"

"""What NewsML and NewsML-G2 carry within: NITF, XHTML, bare paragraphs, plain text, or any of them as one string."""

import re
from typing import Any

from agents.ingest.wires.bodies import Body
from agents.ingest.wires.draft import Draft
from agents.ingest.wires.nitf import fill
from agents.ingest.wires.trees import content, parse_xml
from streams.errors import RejectedCopy

_NITF = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!DOCTYPE\s+nitf[^>\[]*>\s*)?<nitf\b")
_HTML = re.compile(
    r"\s*<(?:!doctype|html|body|div|p|article|section|h[1-6]|ul|ol|table|blockquote|br)\b", re.IGNORECASE
)
_COPY = "descendant::p | descendant::div | descendant::pre | descendant::li | descendant::td | descendant::h1"


def put_tree(draft: Draft, body: Body, holder: Any) -> None:
    """Add the copy that stands within an element."""
    if stories := holder.xpath("descendant-or-self::nitf"):
        fill(draft, body, stories[0])
    elif pages := holder.xpath("descendant::body"):
        body.tree(pages[0])
    elif not len(holder):
        put_text(draft, body, content(holder))
    elif holder.xpath(_COPY):
        body.tree(holder)
    else:
        draft.not_used(holder.tag, f"<{holder[0].tag}>", "copy is read from NITF, XHTML and text")


def put_text(draft: Draft, body: Body, text: str, kind: str = "") -> None:
    """Add a string of copy, which may be markup; `kind` is its media type, where it has one."""
    if _NITF.match(text) and (story := _story(text)) is not None:
        fill(draft, body, story)
    elif "html" in kind or _HTML.match(text):
        body.markup(text)
    else:
        body.text(text)


def _story(text: str) -> Any:
    try:
        return parse_xml(text.encode("utf-8", "replace"))
    except RejectedCopy:
        return None

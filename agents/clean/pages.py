"""Reads HTML as plain text with what the page declares; trafilatura finds the article in a whole page."""

import logging
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import trafilatura

from agents.clean.dates import read_moment
from agents.clean.letters import one_line
from agents.clean.markup import parse, plain_text, take_captions
from agents.clean.metadata import read_published

_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body|nav|header|footer|aside|main|article)\b", re.IGNORECASE)
_PLAINLY_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.{0,500}?-->\s*)?<(?:!doctype|html|head|body|p|div|article|section|h[1-6]|ul|ol|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_CLOSED_BLOCK = re.compile(r"</(?:p|div|li|h[1-6]|td|article|section|blockquote|body|html)\s*>", re.IGNORECASE)
_MOST_ELEMENTS = 20_000  # a larger page is read as it stands: trafilatura would take seconds
_SURE_DATES = {"extensive_search": False, "original_date": True}

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports as errors what we answer for ourselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's copy as plain text (as `markup` gives it) and what the page declares of it."""

    text: str = ""
    captions: list[str] = field(default_factory=list)
    headline: str = ""
    byline: str | None = None
    published: datetime | None = None


def is_html(text: str) -> bool:
    """Whether a text field plainly holds HTML: it begins with a block's tag, and closes one."""
    return _PLAINLY_HTML.match(text) is not None and _CLOSED_BLOCK.search(text) is not None


def read_page(source: str) -> Page:
    """Read HTML, a whole page or a fragment; the text is empty where the page holds none.

    Figure captions are taken out first. Of a page, trafilatura's text is read (Barbaresi 2021), or all the page's text
    where it finds none; a fragment is copy as it stands.
    """
    tree = parse(source)
    if tree is None:
        return Page()
    captions = take_captions(tree)
    found = _find_article(tree) if _WHOLE_PAGE.search(source) else None
    if found is None:
        return Page(text=plain_text(tree), captions=captions, published=read_published(tree))
    return Page(
        text=(plain_text(found.body) if found.body is not None else "") or plain_text(tree),
        captions=captions,
        headline=one_line(found.title or ""),
        byline=one_line(found.author or "") or None,
        published=read_published(tree) or read_moment(found.date or ""),
    )


def _find_article(tree: Any) -> Any:
    """What trafilatura makes of the page; None where it finds nothing or the page is too large for it."""
    if sum(1 for _ in zip(tree.iter(), range(_MOST_ELEMENTS), strict=False)) == _MOST_ELEMENTS:
        return None
    return trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=_SURE_DATES
    )

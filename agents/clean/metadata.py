"""Reads when a page says it was published."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from agents.clean.dates import read_moment

_NAMES = "article:published_time datePublished date pubdate dc.date dc.date.issued parsely-pub-date".split()
_TIMES = "//article//time/@datetime | //main//time/@datetime"


def read_published(tree: Any) -> datetime | None:
    """The first date that can be read in the page's metadata, its linked data (schema.org) or its time marks."""
    for source in (_metadata, _linked_data, _time_marks):
        for text in source(tree):
            if moment := read_moment(text):
                return moment
    return None


def _metadata(tree: Any) -> Iterator[str]:
    for name in _NAMES:
        yield from map(str, tree.xpath("//*[@property=$n or @name=$n or @itemprop=$n]/@content", n=name))


def _linked_data(tree: Any) -> Iterator[str]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            nodes = [json.loads(script)]
        except (ValueError, RecursionError):
            continue
        while nodes:
            node = nodes.pop()
            if isinstance(node, dict):
                if isinstance(node.get("datePublished"), str):
                    yield node["datePublished"]
                nodes.extend(node.values())
            elif isinstance(node, list):
                nodes.extend(node)


def _time_marks(tree: Any) -> Iterator[str]:
    yield from map(str, tree.xpath(_TIMES))

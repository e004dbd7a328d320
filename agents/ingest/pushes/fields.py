"""Fields of an article that a sender gives beside the copy, since plain text has no place for them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from agents.ingest.formats import Found, Input
from streams.problems import Problem
from streams.records import RawArticle

_KNOWN = [name for name in RawArticle.__struct_fields__ if name not in ("text", "html")]
_DEFAULTS = msgspec.structs.asdict(RawArticle(id="-"))


def given(query: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The fields in a query, each in its own type. Raises Problem 400 for one unknown, given twice, or unfit."""
    words: dict[str, str] = {}
    for name, value in query:
        if name not in _KNOWN:
            raise Problem(400, f"query parameter `{name[:60]}` is no field; known are {', '.join(_KNOWN)}")
        if name in words:
            raise Problem(400, f"query parameter `{name}` is given twice; give it once")
        words[name] = value
    try:
        article = msgspec.convert({"id": "-", **words}, RawArticle, strict=False)
    except msgspec.ValidationError as error:
        raise Problem(400, f"the query can't be used: {error}; see the fields of RawArticle") from error
    return {name: getattr(article, name) for name in words}


def filled(inputs: list[Input], fields: Mapping[str, Any], identity: str) -> list[Input]:
    """The inputs, their articles with `fields` where they say nothing themselves.

    `identity` is the id of copy that brought none. Raises Problem 400 where `id` would name two articles, or one that
    has an id already.
    """
    named = [each for each in inputs if isinstance(each, Found) and each.article.id != fields.get("id")]
    if "id" in fields and (len(inputs) > 1 or any(each.article.id != identity for each in named)):
        raise Problem(400, "query parameter `id` is for one article without an id; this body has its own: leave it out")
    return [_filled(each, fields, identity) if isinstance(each, Found) else each for each in inputs]


def _filled(found: Found, fields: Mapping[str, Any], identity: str) -> Found:
    own = found.article
    missing = {name: value for name, value in fields.items() if getattr(own, name) == _DEFAULTS[name]}
    if own.id == identity:
        missing["id"] = fields.get("id", identity)
    return replace(found, article=msgspec.structs.replace(own, **missing))

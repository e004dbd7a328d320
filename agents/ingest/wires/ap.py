"""AP's JSON, as its Media API gives items one by one, in feeds and in search results.

The fields are described at https://developer.ap.org/ap-media-api/agent/Content_Metadata_Fields.htm.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from agents.ingest.wires.bodies import Body, close, remark
from agents.ingest.wires.draft import Draft, Piece, Pieces, one_line, quoted
from agents.ingest.wires.items import dicts, names, parse_json, put_issue, said
from agents.ingest.wires.payloads import put_text

_KILLS = frozenset(("kill", "elimination", "withdrawal"))  # of `editorialtypes`
_HOLDS = frozenset(("hold", "withhold", "hold for release", "holdforrelease"))
_BLOCK = re.compile(r"\s*<(?:body\.content|block)\b")
_MOST_ITEMS = 10_000


def is_ap(value: object) -> bool:
    """Whether a JSON value is an answer of the Media API, or an item of one: it has `altids`."""
    return next(_items(value), None) is not None


def read_ap(data: bytes, identity: str) -> Pieces:
    """The items of an answer."""
    value = parse_json(data)
    for number, item in enumerate(_items(value), 1):
        if number > _MOST_ITEMS:
            return
        yield ap_piece(item, identity if number == 1 else f"{identity}#{number}")


def _items(value: object) -> Iterator[Mapping[str, Any]]:
    """`{item}`, `{data: {item}}`, `{data: {items: [{item}]}}`, or the item itself."""
    if isinstance(value, Mapping):
        data = _within(value, "data")
        for holder in (data, *dicts(data.get("items"))):
            item = _within(holder, "item")
            is_ninjs = "standard" in item or "$standard" in item  # which has ids under the same name
            if isinstance(item.get("altids"), Mapping) and "itemid" in item["altids"] and not is_ninjs:
                yield item


def _within(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = value.get(name)
    return inner if isinstance(inner, Mapping) else value


def ap_piece(item: Mapping[str, Any], identity: str) -> Piece:
    """The article of one item, by the id that all its versions share."""
    draft, kind = Draft(), one_line(said(item.get("type"))).casefold()
    named = said(item["altids"].get("itemid")) or said(item.get("uri")) or identity
    put_issue(draft, item)
    _types(draft, item)
    _about(draft, item)
    for each in dicts(item.get("associations")):
        draft.not_used(
            "association",
            one_line(said(each.get("headline")) or said(each.get("uri"))),
            "another item, and not this article's copy",
        )
    copy = _copy(draft, item)
    if not copy and kind not in ("", "text"):
        return Piece(None, (*draft.unused, f"item {quoted(named)}: of type {quoted(kind)}, with no copy of its own"))
    return close(draft, named)


def _about(draft: Draft, item: Mapping[str, Any]) -> None:
    slug, _, take = said(item.get("slugline")).partition(",")
    types = [*names(item.get("editorialtypes"))]
    draft.line("headline", item.get("headline"), item.get("headline_extended"), item.get("title"))
    draft.line("slug", slug, item.get("title"))
    draft.line("take", take, ", ".join(types))
    bylines = [said(each.get("by")) or said(each.get("name")) for each in dicts(item.get("bylines"))]
    draft.line("byline", ", ".join(filter(None, bylines)))
    draft.line("dateline", item.get("located"), *names(item.get("located")), _place(item.get("datelinelocation")))
    remark(draft, said(item.get("ednote")))
    draft.line("language", item.get("language"))
    draft.line("source", *names(item.get("provider")), "AP")
    subjects = [each for each in dicts(item.get("subject")) if each.get("rels") != ["category"]]
    draft.names("subjects", names(subjects))
    draft.names("places", names(item.get("place")))


def _place(value: object) -> str:
    place = value if isinstance(value, Mapping) else {}
    return ", ".join(filter(None, (said(place.get(name)) for name in ("city", "countryareaname", "countryname"))))


def _types(draft: Draft, item: Mapping[str, Any]) -> None:
    types = {one_line(each).casefold() for each in names(item.get("editorialtypes"))}
    if types & _KILLS:
        draft.status("canceled")
    if types & _HOLDS:
        draft.status("withheld")


def _whole(story: str) -> str:
    """A body or block of NITF as a document."""
    return f"<nitf><body>{story}</body></nitf>" if _BLOCK.match(story) else story


def _copy(draft: Draft, item: Mapping[str, Any]) -> bool:
    """Put the body where the item carries one; a link to it is named, since nothing is fetched here."""
    renditions = item.get("renditions") if isinstance(item.get("renditions"), Mapping) else {}
    story = renditions.get("nitf") if renditions else None
    inline = (
        [story, *(story.get(key) for key in ("content", "value", "body"))] if isinstance(story, Mapping) else [story]
    )
    for value in (item.get("body_nitf"), *inline, item.get("body_html"), item.get("body")):
        if isinstance(value, str) and value.strip():
            body = Body()
            put_text(draft, body, _whole(value), "html")
            body.put(draft)
            return True
    draft.copy("text", item.get("body_text"))
    if draft.values.get("text"):
        return True
    if isinstance(story, Mapping) and story.get("href"):
        draft.not_used("renditions.nitf", said(story["href"]), "a link alone; send the NITF behind it for the copy")
    return False

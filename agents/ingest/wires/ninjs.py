"""ninjs, IPTC's news in JSON, 1.x (`headline`, `body_html`), 2.x (`headlines`, `bodies`) and 3.x (`versionCreated`).

The schemas are at https://iptc.org/standards/ninjs/; agencies add fields of their own, of which some are read.
"""

from collections.abc import Mapping
from typing import Any

from agents.ingest.wires.bodies import Body, close, remark
from agents.ingest.wires.draft import Draft, Piece, Pieces, one_line, quoted
from agents.ingest.wires.items import dicts, is_markup, names, parse_json, put_issue, said
from agents.ingest.wires.payloads import put_text

_MARKS = frozenset(
    "headline headlines body_text body_html body_xhtml bodies versioncreated firstcreated pubstatus slugline type "
    "associations renditions profile representationtype description_text descriptions standard $standard eventdetails"
    "".split()
)
_TEXTS = ("", "text", "composite", "article", "news", "story")  # types of items whose copy may be a headline alone
_PLANS = ("event", "planning")  # a diary of what is to come is no news
_MOST_ITEMS = 10_000


def is_ninjs(value: object) -> bool:
    """Whether a JSON value is a ninjs item: it has a `uri` (some say `guid`) and another field of the standard."""
    if not isinstance(value, Mapping) or not any(isinstance(value.get(name), str) for name in ("uri", "guid")):
        return False
    return any(key.casefold() in _MARKS or key.startswith(("body_", "headline_")) for key in value)


def read_ninjs(data: bytes, identity: str) -> Pieces:
    """The items of a document, one or a list of them."""
    value = parse_json(data)
    many = isinstance(value, list)
    for number, item in enumerate(value[:_MOST_ITEMS] if many else [value], 1):
        named = f"{identity}#{number}" if many else identity
        yield ninjs_piece(item, named) if is_ninjs(item) else Piece(None, (f"item {number}: no ninjs, it has no uri",))


def ninjs_piece(value: Mapping[str, Any], identity: str) -> Piece:
    """The article of one item."""
    item = {key.casefold(): each for key, each in value.items()}
    draft = Draft()
    kind = one_line(said(item.get("type"))).casefold()
    put_issue(draft, item)
    _about(draft, item)
    has_copy = _body(draft, item)
    named = said(item.get("uri")) or said(item.get("guid")) or identity
    for each in dicts(item.get("associations")):
        about = _value(each, "headline", "headlines") or said(each.get("uri")) or said(each.get("name"))
        draft.not_used("association", one_line(about), "another item, and not this article's copy")
    if kind in _PLANS or (not has_copy and kind not in _TEXTS):
        what = "which is no news" if kind in _PLANS else "with no copy of its own"
        return Piece(None, (*draft.unused, f"item {quoted(named)}: of type {quoted(kind)}, {what}"))
    draft.copy("text", "" if has_copy else _value(item, "description_text", "descriptions"))
    return close(draft, named)


def _about(draft: Draft, item: Mapping[str, Any]) -> None:
    others = [item[key] for key in sorted(item, key=lambda key: key != "headline_main") if key.startswith("headline_")]
    draft.line("headline", _value(item, "headline", "headlines"), *others, item.get("title"))
    draft.line("byline", *names(item.get("byline")), *names(item.get("by")), ", ".join(names(item.get("bylines"))))
    draft.line("dateline", *names(item.get("dateline")), *names(item.get("located")))
    draft.line("slug", *names(item.get("slugline")), *names(item.get("slug")))
    draft.line("take", *names(item.get("anpa_take_key")))
    remark(draft, *names(item.get("ednote")))
    draft.line("language", *names(item.get("language")))
    sources = [*names(item.get("source")), *names(item.get("infosource")), *names(item.get("infosources"))]
    draft.line("source", *sources, *names(item.get("copyrightholder")))
    for name, fields in (("subjects", ("subject", "subjects")), ("places", ("place", "places"))):
        draft.names(name, [each for key in fields for each in names(item.get(key))])
    earlier = [each for key in ("evolvedfrom", "rewrite_of") for each in names(item.get(key))]
    draft.names("evolved_from", earlier)


def _body(draft: Draft, item: Mapping[str, Any]) -> bool:
    """Put the richest form of the body that is read; whether there is one."""
    marked, text, story = [item.get("body_html"), item.get("body_xhtml")], [item.get("body_text")], ""
    for body in dicts(item.get("bodies")):
        value, kind = body.get("value"), said(body.get("contenttype") or body.get("contentType")).casefold()
        if "html" in kind or (not kind and isinstance(value, str) and is_markup(value)):
            marked.append(value)
        elif "nitf" in kind and isinstance(value, str):
            story = value
        elif kind.partition(";")[0] in ("", "text/plain"):
            text.append(value)
    known = {"body_html", "body_xhtml", "body_text"}
    for key in item:
        if key.startswith("body_") and key not in known:
            (marked if isinstance(item[key], str) and is_markup(item[key]) else text).append(item[key])
    for value in marked:
        draft.copy("html", value)
    if story and "html" not in draft.values:
        copy = Body()
        put_text(draft, copy, story)
        copy.put(draft)
    for value in text if "html" not in draft.values else []:
        draft.copy("text", value)
    return "html" in draft.values or "text" in draft.values


def _value(item: Mapping[str, Any], one: str, several: str) -> str:
    """A field that 1.x has once and later versions in a list with roles; that of the role `main`, else the first."""
    if isinstance(item.get(one), str) and item[one].strip():
        return str(item[one])
    found = [each for each in dicts(item.get(several)) if isinstance(each.get("value"), str)]
    found.sort(key=lambda each: each.get("role") not in ("main", "", None))
    return str(found[0]["value"]) if found else ""

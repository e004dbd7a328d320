"""NewsML 1, the envelope of news items and their parts that agencies sent before NewsML-G2 (IPTC, 1.0 to 1.2)."""

import re
from collections.abc import Iterator
from typing import Any

from agents.ingest.wires.bodies import Body, close, remark
from agents.ingest.wires.draft import Draft, Piece, Pieces, one_line, quoted
from agents.ingest.wires.payloads import put_tree
from agents.ingest.wires.trees import all_of, content, first, words

_REVISED = re.compile(r"(urn:newsml:[^:]+:\d{8}[^:]*(?::\d\d)?:.+):\d+[NUA]?")
_TEXT = frozenset(("", "text", "complextext"))
_CAPTIONS = frozenset(("caption", "legend"))
_PLACES = ("City", "CountryArea", "Country", "Sublocation", "WorldRegion")


def read_newsml(root: Any, identity: str) -> Pieces:
    """Every news item of a `<NewsML>`, also those within others."""
    items = root.xpath("descendant-or-self::NewsItem")
    for item in items[1:]:
        item.getparent().remove(item)  # one within another has an identity of its own
    sent = first(root, "NewsEnvelope/DateAndTime")
    for number, item in enumerate(items, 1):
        yield from _read_item(item, sent, identity if len(items) == 1 else f"{identity}#{number}")


def _read_item(item: Any, sent: str, identity: str) -> Pieces:
    draft, body = Draft(), Body()
    manager = "NewsManagement/"
    _hold(draft, item)
    draft.number("urgency", first(item, f"{manager}Urgency/@FormalName"), 1, 9)
    draft.moment("created", first(item, f"{manager}FirstCreated"))
    draft.moment("published", first(item, f"{manager}ThisRevisionCreated") or sent)
    draft.number("version", first(item, "Identification/NewsIdentifier/RevisionId"), 0, 2**53)
    draft.names("evolved_from", map(_unrevised, all_of(item, f"{manager}DerivedFrom/@NewsItem")))
    parts = [part for component in item.xpath("NewsComponent") for part in _parts(draft, component, "")]
    for component in item.xpath("NewsComponent"):
        _lines(draft, component)
    _copy(draft, body, parts)
    body.put(draft)
    if not body.says and draft.values.get("status") != "canceled" and any(not _is_text(part) for _, part in parts):
        named = quoted(_identity(item) or identity)
        yield Piece(None, (*draft.unused, f"{named} has no text beside its media but a caption at most; copy is text"))
        return
    for each in item.xpath("Update | TopicSet | NewsManagement/AssociatedWith | NewsManagement/Instruction"):
        draft.not_used(each.tag, first(each, "@Duid", "@NewsItem", "@FormalName"), "only news components are read")
    yield close(draft, _identity(item), identity)


def _hold(draft: Draft, item: Any) -> None:
    """The status; one that will change to usable is an embargo until then."""
    for status in item.xpath("NewsManagement/Status"):
        draft.status(status.get("FormalName"))
    for change in item.xpath("NewsManagement/StatusWillChange"):
        status, when = first(change, "FutureStatus/@FormalName"), first(change, "DateAndTime")
        if status.casefold() == "usable":
            draft.embargo(when)
            if draft.values.get("status") == "withheld":
                draft.values["status"] = "usable" if draft.values.get("embargoed_until") else "withheld"
        else:
            draft.not_used("StatusWillChange", f"{status} {when}", "a change that is yet to come is not foreseen here")


def _identity(item: Any) -> str:
    """What all revisions of an item share: its URN without the revision."""
    named = "Identification/NewsIdentifier/"
    parts = [first(item, f"{named}{each}") for each in ("ProviderId", "DateId", "NewsItemId")]
    return f"urn:newsml:{':'.join(parts)}" if all(parts) else _unrevised(first(item, f"{named}PublicIdentifier"))


def _unrevised(identity: str) -> str:
    match = _REVISED.fullmatch(one_line(identity))
    return match[1] if match else one_line(identity)


def _lines(draft: Draft, component: Any) -> None:
    """What a component says of the story; its own lines come before those of its parts."""
    near, far = "NewsLines/", ".//NewsComponent[not(Role) or Role/@FormalName='Main']/NewsLines/"
    lines = {"headline": "HeadLine", "byline": "ByLine", "dateline": "DateLine", "slug": "SlugLine"}
    for name, line in lines.items():
        draft.line(name, first(component, near + line, far + line))
    if said := first(component, f"{near}SubHeadLine"):
        draft.not_used("SubHeadLine", said, "the headline and the story are")
    about = ".//DescriptiveMetadata//"
    draft.names("subjects", all_of(component, ".//NewsLines/KeywordLine", f"{about}SubjectCode/*/@FormalName"))
    draft.names("subjects", all_of(component, f"{about}Property[@FormalName='Keyword']/@Value"))
    for place in _PLACES:
        draft.names("places", all_of(component, f"{about}Property[@FormalName='{place}']/@Value"))
    draft.line("language", first(component, f"{about}Language/@FormalName", "@lang", ".//DataContent/@lang"))
    source = ".//AdministrativeMetadata/"
    draft.line("source", first(component, f"{source}Provider/Party/@FormalName", f"{source}Source/Party/@FormalName"))
    kinds = "NewsLineType[contains(@FormalName,'Advisory') or contains(@FormalName,'Editor')]"
    remark(draft, *map(words, component.xpath(f".//NewsLine[{kinds}]/NewsLineText")))


def _parts(draft: Draft, component: Any, role: str) -> Iterator[tuple[str, Any]]:
    """The content items within a component, each with its role (`main`, `caption`, ""); of equivalents one alone."""
    role = first(component, "Role/@FormalName").casefold() or role
    children = component.xpath("NewsComponent | ContentItem")
    if component.get("EquivalentsList") == "yes" and len(children) > 1:
        best = max(children, key=_readable)
        draft.not_used("EquivalentsList", f"{len(children)} parts", "one of several equivalents is read")
        children = [best]
    for child in children:
        if child.tag == "ContentItem":
            yield role, child
        else:
            yield from _parts(draft, child, role)


def _readable(part: Any) -> int:
    """How well a part can be read: marked-up text, then text, then what is elsewhere or no text."""
    texts = [each for each in part.xpath("descendant-or-self::ContentItem") if _is_text(each)]
    if any(each.xpath("DataContent/*") for each in texts):
        return 2
    return 1 if any(content(each.find("DataContent")).strip() for each in texts) else 0


def _is_text(item: Any) -> bool:
    return first(item, "MediaType/@FormalName").casefold() in _TEXT and item.find("DataContent") is not None


def _copy(draft: Draft, body: Body, parts: list[tuple[str, Any]]) -> None:
    """The text of the parts; where one is the main one, what only supports it is named."""
    has_main = any(role == "main" and _is_text(item) for role, item in parts)
    for role, item in parts:
        data = item.find("DataContent")
        if not _is_text(item):
            said = first(item, "@Href", "MediaType/@FormalName", "Format/@FormalName")
            draft.not_used("ContentItem", said, "no text stands in it")
        elif role in _CAPTIONS:
            body.caption(content(data))
        elif has_main and role not in ("", "main"):
            draft.not_used("ContentItem", content(data).strip(), f"its role is {role}, and there is a main part")
        else:
            put_tree(draft, body, data)

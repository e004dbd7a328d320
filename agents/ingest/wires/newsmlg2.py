"""NewsML-G2, in which agencies send single items and messages of many (IPTC, all versions)."""

from typing import Any

from agents.ingest.wires.bodies import Body, close, remark
from agents.ingest.wires.draft import Draft, Piece, Pieces, one_line, quoted
from agents.ingest.wires.payloads import put_text, put_tree
from agents.ingest.wires.trees import all_of, content, first, words

ITEMS = frozenset("newsItem packageItem conceptItem knowledgeItem planningItem catalogItem".split())
_COPY = frozenset(("", "text", "composite"))
_EARLIER = frozenset(("evolvedfrom", "previousversion", "supersedes", "replaces"))
_TAKES = frozenset(("update", "correction", "addition", "writethru"))
_BESIDE = "@role and not(contains(@role,'main'))"  # a headline with a role of its own is a subhead or a short one


def read_newsmlg2(root: Any, identity: str) -> Pieces:
    """Every item of a `<newsMessage>`, or the one that the document is; those that hold no copy are named."""
    items = [root] if root.tag in ITEMS else [each for each in root.xpath("itemSet/* | *") if each.tag in ITEMS]
    if not items:
        yield Piece(None, (f"{quoted(identity)}: the message has no items",))
    for number, item in enumerate(items, 1):
        named = identity if len(items) == 1 else f"{identity}#{number}"
        if item.tag == "newsItem":
            yield _read_item(item, first(root, "header/sent"), named)
        else:
            yield Piece(None, (_about(item, first(item, "@guid") or named),))


def _about(item: Any, identity: str) -> str:
    if item.tag == "packageItem":
        refs = all_of(item, ".//itemRef/@residref", ".//itemRef/@href")
        return f"packageItem {quoted(identity)} holds no copy; it refers to {len(refs)}: {quoted(' '.join(refs))}"
    return f"{item.tag} {quoted(identity)} holds no copy; only news items do"


def _read_item(item: Any, sent: str, identity: str) -> Piece:
    draft, body = Draft(), Body()
    draft.number("version", first(item, "@version"), 0, 2**53)
    _manage(draft, item, sent)
    _links(draft, item)
    _describe(draft, item)
    _copy(draft, body, item)
    body.put(draft)
    kind = _code(first(item, "itemMeta/itemClass/@qcode", "itemMeta/itemClass/@uri")).casefold()
    if not body.says and kind not in _COPY and draft.values["status"] != "canceled":
        named = quoted(first(item, "@guid") or identity)
        return Piece(None, (*draft.unused, f"{named} is of class {quoted(kind)} and has no text; copy is text"))
    if not body.says:
        draft.copy("text", "\n\n".join(all_of(item, "contentMeta/description")))
    return close(draft, first(item, "@guid"), identity)


def _manage(draft: Draft, item: Any, sent: str) -> None:
    meta = "itemMeta/"
    draft.status(_code(first(item, f"{meta}pubStatus/@qcode", f"{meta}pubStatus/@uri", f"{meta}pubStatus")))
    for embargoed in item.xpath("itemMeta/embargoed"):
        draft.embargo(content(embargoed))
    draft.moment("published", first(item, f"{meta}versionCreated", "contentMeta/contentModified") or sent)
    draft.moment("created", first(item, f"{meta}firstCreated", "contentMeta/contentCreated"))
    signals = map(_code, all_of(item, f"{meta}signal/@qcode"))
    draft.line("take", ", ".join(dict.fromkeys(each for each in signals if each in _TAKES)))
    remark(draft, *map(words, item.xpath(f"{meta}edNote")))
    provider, holder = f"{meta}provider", "rightsInfo/copyrightHolder"
    named = first(item, f"{provider}/name", f"{provider}/@literal") or _code(first(item, f"{provider}/@qcode"))
    draft.line("source", named or first(item, f"{holder}/name", f"{holder}/@literal", f"{provider}/@uri"))


def _links(draft: Draft, item: Any) -> None:
    """What it evolved from; other links lead to what is not asked for."""
    others = 0
    for link in item.xpath("itemMeta/link"):
        relation = _code(first(link, "@rel", "@reluri")).casefold()
        target = first(link, "@residref", "@guidref", "@href")
        if relation in _EARLIER and target != item.get("guid"):
            draft.names("evolved_from", [target])
        elif target != item.get("guid"):
            others += 1
    if others:
        draft.not_used("link", str(others), "only links to earlier items are used")


def _describe(draft: Draft, item: Any) -> None:
    meta = "contentMeta/"
    draft.number("urgency", first(item, f"{meta}urgency"), 1, 9)
    draft.line("headline", first(item, f"{meta}headline[not({_BESIDE})]", f"{meta}headline", "itemMeta/title"))
    for other in item.xpath(f"{meta}headline[{_BESIDE}]"):
        if words(other) != draft.values.get("headline"):
            draft.not_used("headline", words(other), f"its role is {other.get('role')}")
    draft.line("slug", first(item, f"{meta}slugline"))
    names = {each.get("qcode"): first(each, "name") for each in item.xpath("assert[name]")}
    draft.line("byline", first(item, f"{meta}by"), *(_name(each, names) for each in item.xpath(f"{meta}creator")))
    draft.line("dateline", first(item, f"{meta}dateline").rstrip(" -–—"))
    draft.line("language", first(item, f"{meta}language/@tag", "contentSet/*/@lang", "@lang"))
    for subject in item.xpath(f"{meta}subject"):
        place = "geoarea" in subject.get("type", "").casefold()
        draft.names("places" if place else "subjects", [_name(subject, names)])
    draft.names("subjects", all_of(item, f"{meta}keyword"))
    draft.names("places", (_name(each, names) for each in item.xpath(f"{meta}located")))


def _copy(draft: Draft, body: Body, item: Any) -> None:
    """The first content that can be read; what follows is the same in other forms."""
    for each in item.xpath("contentSet/inlineXML | contentSet/inlineData | contentSet/remoteContent"):
        said = first(each, "@contenttype", "@href", "@residref", "@rendition")
        if each.tag == "remoteContent":
            draft.not_used(
                "remoteContent", first(each, "@href", "@residref") or said, "it is elsewhere, nothing is fetched"
            )
        elif body.says:
            draft.not_used(each.tag, said, "another form of what was read")
        elif each.get("encoding"):
            draft.not_used(each.tag, said, f"its encoding {quoted(each.get('encoding'))} is not read")
        elif each.tag == "inlineData" and not len(each):
            put_text(draft, body, content(each), said)
        else:
            put_tree(draft, body, each)


def _name(concept: Any, names: dict[str, str]) -> str:
    """What a concept is called, here or in the item's assertions (`names`), else its literal, else its code."""
    code = one_line(concept.get("qcode") or concept.get("uri"))
    return first(concept, "name") or names.get(code) or first(concept, "@literal") or code


def _code(qcode: str) -> str:
    """The code of a QCode or concept URI, without its scheme: `usable` of `stat:usable`."""
    return qcode.rpartition("/")[2].rpartition(":")[2]

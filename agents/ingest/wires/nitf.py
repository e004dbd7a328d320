"""NITF, the markup that agencies send single stories in (IPTC, versions 2.5 to 3.6)."""

from datetime import UTC
from typing import Any

from agents.ingest.wires.bodies import Body, close, remark
from agents.ingest.wires.draft import Draft, Piece, Pieces, one_line, quoted
from agents.ingest.wires.moments import LAST_ZONE, names_a_zone, read_moment
from agents.ingest.wires.trees import all_of, first, words
from streams.records import RawArticle

_SLUGS = (
    "head/meta[@name='slug' or @name='slugline' or @name='anpa-keyword']/@content",
    "head/docdata/du-key/@key",
    "head/docdata/fixture/@fix-id",
    "head/docdata/key-list/keyword/@key",
)
_TAKES = "head/meta[@name='anpa-takekey']/@content"


def read_nitf(root: Any, identity: str) -> Pieces:
    """The story of an `<nitf>`, and the withdrawal of an earlier one where it orders that."""
    draft, body = Draft(), Body()
    fill(draft, body, root)
    body.put(draft)
    yield close(draft, first(root, "head/docdata/doc-id/@id-string"), identity)
    yield from _orders(root)


def fill(draft: Draft, body: Body, root: Any) -> None:
    """Put what an `<nitf>` says, whole or as the content of another format; what is known already stays."""
    for data in root.xpath("head/docdata"):
        _manage(draft, data)
    _lines(draft, root)
    _subjects(draft, root)
    notes = all_of(root, "head/docdata/ed-msg/@info", "head/docdata/correction/@info")
    remark(draft, *notes, *map(words, root.xpath("head/docdata/ed-msg | .//note")))
    _copy(draft, body, root)


def _lines(draft: Draft, root: Any) -> None:
    """The lines over the story, and what it goes by."""
    head = "body/body.head/"
    draft.line("headline", first(root, f"{head}hedline/hl1", f"{head}hedline/hl2", f"{head}hedline", "head/title"))
    if said := first(root, f"{head}hedline[hl1]/hl2"):
        draft.not_used("hl2", said, "the headline and the story are")
    draft.line("byline", *map(_name, root.xpath(f"{head}byline")), *map(words, root.xpath(f"{head}byline")))
    draft.line("dateline", *map(_place, root.xpath(f"{head}dateline | body/body.content//dateline")))
    draft.line("source", first(root, f"{head}distributor", "head/docdata/doc-id/@regsrc", ".//doc.copyright/@holder"))
    draft.line("slug", first(root, *_SLUGS))
    draft.line("take", first(root, _TAKES), *map(_take, root.xpath("head/docdata")))
    draft.moment("published", first(root, "head/pubdata/@date.publication", f"{head}dateline/story.date/@norm"))
    draft.line("language", first(root, "@baselang", "@lang", "body/@lang", "body/body.content/@lang"))


def _manage(draft: Draft, data: Any) -> None:
    """What the desk needs to know: when, how urgent, which version, whether it may be used."""
    draft.status(data.get("management-status", ""))
    draft.number("urgency", first(data, "urgency/@ed-urg"), 1, 9)
    draft.moment("published", first(data, "date.issue/@norm", "date.issue"))
    draft.number("version", first(data, "du-key/@version"), 0, 2**53)
    draft.names("evolved_from", all_of(data, "correction/@id-string"))
    if data.get("management-idref-status") not in ("canceled", "cancelled"):
        draft.names("evolved_from", [data.get("management-doc-idref")])
    issued, release = first(data, "date.issue/@norm", "date.issue"), first(data, "date.release/@norm", "date.release")
    if release and not _is_past(release, issued):
        draft.embargo(release)
    if expires := first(data, "date.expire/@norm"):
        draft.not_used("date.expire", expires, "copy doesn't expire here")


def _is_past(release: str, issued: str) -> bool:
    """Whether a story is free when it's issued, as it is by default: then `date.release` is no embargo."""
    zone = UTC if names_a_zone(release) or not names_a_zone(issued) else LAST_ZONE
    at, sent = read_moment(release, zone), read_moment(issued)
    return release == issued or (at is not None and sent is not None and at <= sent)


def _take(data: Any) -> str:
    """Which part of a series or running story it is: `part 2 of 3`."""
    part = first(data, "series/@series.part", "du-key/@part")
    whole = first(data, "series/@series.totalpart")
    return (f"part {part} of {whole}" if whole else f"part {part}") if part else ""


def _subjects(draft: Draft, root: Any) -> None:
    for subject in root.xpath("head/tobject/tobject.subject"):
        named = [one_line(subject.get(f"tobject.subject.{level}")) for level in ("detail", "matter", "type")]
        draft.names("subjects", [next(filter(None, named), subject.get("tobject.subject.refnum"))])
    known = "head/docdata/identified-content/"
    draft.names("subjects", all_of(root, ".//key-list/keyword/@key", f"{known}classifier/@value", f"{known}event"))
    places = all_of(root, ".//evloc/@city", ".//evloc/@county-dist", ".//evloc/@state-prov", ".//evloc/@iso-cc")
    draft.names("places", [*places, *all_of(root, f"{known}location")])


def _copy(draft: Draft, body: Body, root: Any) -> None:
    """The body, or the abstract where it has none."""
    abstracts = root.xpath("body/body.head/abstract")
    known = one_line(" ".join([draft.values.get("headline") or "", *all_of(root, "body/body.content")]))
    for each in root.xpath("body/body.content"):
        body.tree(each)
    if not body.says:
        for each in abstracts:
            body.tree(each)
    elif abstracts and (said := words(abstracts[0])) not in known:
        draft.not_used("abstract", said, "the story itself is there")


def _name(byline: Any) -> str:
    """Who wrote it, without the title that may follow."""
    return one_line(" ".join(byline.xpath(".//text()[not(ancestor::byttl)]"))).strip(" ,;")


def _place(dateline: Any) -> str:
    return one_line(" ".join(dateline.xpath(".//text()[not(ancestor::story.date)]")))


def _orders(root: Any) -> Pieces:
    """What a story's management data say of another one (`management-doc-idref`)."""
    for data in root.xpath("head/docdata[@management-doc-idref]"):
        other, status = one_line(data.get("management-doc-idref")), one_line(data.get("management-idref-status"))
        if other and status.casefold() in ("canceled", "cancelled"):
            yield Piece(RawArticle(id=other, status="canceled"))
        elif other and status.casefold() not in ("", "usable"):
            yield Piece(
                None, (f"management-idref-status {quoted(status)} of {quoted(other)}: only a withdrawal is used",)
            )

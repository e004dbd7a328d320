"""OPML 2.0, the lists that feed readers exchange: in, out, and two of them joined."""

from collections.abc import Iterator, Sequence

from lxml import etree

from agents.ingest.feeds.feed import Feed, host
from streams.errors import CopytasterError

NAMESPACE = "urn:copytaster:opml"
_FULL_TEXT = f"{{{NAMESPACE}}}fullText"
_YES = {"true", "yes", "1"}


def read(data: bytes, place: str = "OPML") -> list[Feed]:
    """Every feed in a list, in its order, each address once. Raises CopytasterError, which names `place`.

    Nothing outside the document is read, and no entity in it expanded.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CopytasterError(f"{place}: no OPML: {error}; export the list from your reader once more") from error
    body = root.find("body")
    if root.tag != "opml" or body is None:
        raise CopytasterError(f"{place}: no OPML, for it has no <opml> with a <body>; name a list of feeds")
    return list({feed.url: feed for feed in _feeds(body)}.values())


def _feeds(outline: etree._Element, folder: str = "") -> Iterator[Feed]:
    for each in outline.iterchildren("outline"):
        name = " ".join((each.get("text") or each.get("title") or "").split())
        url = _attribute(each, "xmlUrl").strip()
        if url.startswith(("http://", "https://")) and host(url):
            yield Feed(url, name, _attribute(each, "fullText").lower() in _YES, folder)
        # Some lists nest feeds below feeds; a name with a slash would be read back as two folders.
        inner = "/".join(filter(None, [folder, name.replace("/", "-")]))
        yield from _feeds(each, folder if url else inner)


def _attribute(outline: etree._Element, name: str) -> str:
    """An attribute whatever its namespace and case: lists have xmlUrl, xmlurl and XMLURL."""
    found = (value for key, value in outline.items() if etree.QName(key).localname.lower() == name.lower())
    return str(next(found, ""))


def write(feeds: Sequence[Feed], title: str = "copytaster") -> bytes:
    """A list of feeds, in their folders; `read` gives the same feeds back."""
    root = etree.Element("opml", version="2.0", nsmap={"copytaster": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _clean(title)
    folders = {"": etree.SubElement(root, "body")}
    for feed in feeds:
        name = _clean(feed.text or host(feed.url))
        outline = etree.SubElement(_folder(folders, feed.folder), "outline", type="rss", text=name, xmlUrl=feed.url)
        if feed.full_text:
            outline.set(_FULL_TEXT, "true")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _folder(folders: dict[str, etree._Element], path: str) -> etree._Element:
    if path not in folders:
        above, _, name = path.rpartition("/")
        folders[path] = etree.SubElement(_folder(folders, above), "outline", text=_clean(name))
    return folders[path]


def _clean(text: str) -> str:
    """Without characters that XML can't hold."""
    return "".join(char for char in text if char.isprintable())


def joined(ours: Sequence[Feed], theirs: Sequence[Feed]) -> list[Feed]:
    """Our list, then what theirs adds: a feed that we have stays as we have it."""
    have = {feed.url for feed in ours}
    return [*ours, *(feed for feed in theirs if feed.url not in have)]

"""What the tests of the readers share: the samples, and what is made of them."""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

from hypothesis import strategies as some
from lxml import etree

from agents.ingest.wires.draft import Piece, Pieces
from agents.ingest.wires.markup import read_xml
from streams.codec import decode, encode
from streams.errors import RejectedCopy
from streams.records import RawArticle

ODD = ["", " ", "0", "-1", "²", "9" * 400, "Usable", "embargoed", "stat:", "::", "yes", "Caption", "&lt;nitf>"]
ODD += [
    "20260310T",
    "2026-03-10",
    "0001-01-01T00:00+14:00",
    "9999-12-31",
    "urn:newsml:a:20260310:b:1",
    "<nitf",
    "<p>x</p>",
]
NAMES = "nitf NewsItem newsItem item entry html body p pre note dateline ContentItem inlineData embargoed".split()
NAMES += (
    "tags authors author content title_detail summary_detail published_parsed updated source links category".split()
)
SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> bytes:
    """The bytes of a sample."""
    return (SAMPLES / name).read_bytes()


def pieces(name: str, read: Callable[[bytes, str], Pieces] = read_xml) -> list[Piece]:
    """What a sample is read as."""
    return list(read(sample(name), name))


def articles(name: str, read: Callable[[bytes, str], Pieces] = read_xml) -> list[RawArticle]:
    """The articles of a sample."""
    return [piece.article for piece in pieces(name, read) if piece.article]


def unused(name: str, read: Callable[[bytes, str], Pieces] = read_xml) -> str:
    """What was not used of a sample."""
    return "\n".join(each for piece in pieces(name, read) for each in piece.unused)


def mangled(*names: str) -> some.SearchStrategy[bytes]:
    """Samples that were cut, joined wrongly and sprinkled with bytes on their way."""
    whole = [sample(name) for name in names]
    scraps = sorted({part for data in whole for part in data.replace(b"<", b"\0<").split(b"\0") if part})
    odd = some.binary(max_size=8) | some.sampled_from([b"&", b"<", b">", b'"', b"<![CDATA[", b"]]>", b"<!--", b"\xff"])
    cut = some.tuples(some.sampled_from(whole), some.integers(0, 6000), some.integers(0, 400), odd)
    one = cut.map(lambda made: made[0][: made[1]] + made[3] + made[0][made[1] + made[2] :])
    mixed = some.lists(some.sampled_from(scraps) | odd, max_size=30).map(b"".join)
    return one | mixed.map(lambda data: whole[0][:200] + data) | some.binary(max_size=300)


def reshaped(*names: str) -> some.SearchStrategy[bytes]:
    """Samples whose elements were moved, lost and filled with what does not belong there; well-formed all the same."""
    at = some.integers(0, 200)
    steps = some.lists(some.tuples(some.sampled_from("tamcn"), at, at, some.sampled_from(ODD)), max_size=8)
    return some.tuples(some.sampled_from([sample(name) for name in names]), steps).map(lambda made: _reshape(*made))


def _reshape(data: bytes, steps: list[tuple[str, int, int, str]]) -> bytes:
    root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False))
    for step, at, other, word in steps:
        elements = list(root.iter(etree.Element))
        element, target = elements[at % len(elements)], elements[other % len(elements)]
        if step == "t":
            element.text = word
        elif step == "a":
            name = list(element.attrib)[other % len(element.attrib)] if element.attrib else "norm"
            element.set(name, word)
        elif step == "n":
            element.tag = NAMES[other % len(NAMES)]
        elif step == "m" and element is not root and element not in target.iterancestors() and element is not target:
            target.append(element)
        elif step == "c":
            target.append(deepcopy(element))
    return bytes(etree.tostring(root, encoding="utf-8"))


def read_as_pieces(data: bytes, read: Callable[[bytes, str], Pieces] = read_xml) -> None:
    """Read bytes of any kind: every piece has an article that fits a message or says why not, or all are refused."""
    with suppress(RejectedCopy):
        for piece in read(data, "name"):
            assert piece.article or piece.unused
            assert piece.article is None or decode(encode(piece.article), RawArticle) == piece.article

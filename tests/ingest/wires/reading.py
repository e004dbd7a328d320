"""What the tests of the readers share: the samples, and what is made of them."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hypothesis import strategies as some

from agents.ingest.wires.draft import Piece, Pieces
from agents.ingest.wires.markup import read_xml
from streams.codec import decode, encode
from streams.errors import RejectedCopy
from streams.records import RawArticle

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


def read_as_pieces(data: bytes, read: Callable[[bytes, str], Pieces] = read_xml) -> None:
    """Read bytes of any kind: every piece has an article that fits a message or says why not, or all are refused."""
    with suppress(RejectedCopy):
        for piece in read(data, "name"):
            assert piece.article or piece.unused
            assert piece.article is None or decode(encode(piece.article), RawArticle) == piece.article

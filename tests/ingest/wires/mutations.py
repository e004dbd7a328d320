"""Messages gone wrong: cut, doubled, and strewn with the bytes that mean something to a reader."""

from collections.abc import Callable
from contextlib import suppress

from hypothesis import settings
from hypothesis import strategies as some

from agents.ingest.wires.draft import Piece, Pieces
from streams.codec import decode, encode
from streams.errors import RejectedCopy
from streams.records import RawArticle

few = settings(max_examples=120, derandomize=True, database=None, deadline=None)
_SPECIAL = [
    b"\x00",
    b"\x01",
    b"\x02",
    b"\x03",
    b"\x04",
    b"\x1f",
    b"\r",
    b"\n\n",
    b"\xff",
    b"=",
    b"<",
    b'"',
    b"{",
    b"]",
    b": ",
]


@some.composite
def mutated(draw: some.DrawFn, *samples: bytes) -> bytes:
    """One of the samples with a few stretches taken out, put in elsewhere, or overwritten."""
    data = draw(some.sampled_from(samples))
    for _ in range(draw(some.integers(0, 6))):
        start, length = draw(some.integers(0, len(data))), draw(some.integers(0, 40))
        put = draw(some.sampled_from([*_SPECIAL, b"", data[start : start + length]]) | some.binary(max_size=6))
        at = draw(some.integers(0, len(data)))
        data = data[:at] + put + data[at + draw(some.sampled_from([0, length])) :]
    return data


def survives(reader: Callable[[bytes, str], Pieces], data: bytes) -> None:
    """The reader gives pieces whose articles can be sent, or says why it can't; anything else fails the test."""
    with suppress(RejectedCopy):
        for piece in reader(data, "fuzz"):
            assert isinstance(piece, Piece)
            assert piece.article or piece.unused
            if piece.article:
                assert decode(encode(piece.article), RawArticle) == piece.article

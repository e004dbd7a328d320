"""Compressed bodies, inflated within bounds: a bomb is found out while it is small."""

import zlib

_MEMBERS = 64  # of one gzip stream; each costs a copy of what follows it
_ANY = 32 + zlib.MAX_WBITS  # gzip or zlib, as the data say
_RAW = -zlib.MAX_WBITS
CODINGS = ("gzip", "x-gzip", "deflate")


class TooLarge(ValueError):
    """More bytes than the bound."""


class Inflater:
    """Takes the pieces of a body in its content coding (RFC 9110, 8.4.1) and gives the body.

    Raises TooLarge as soon as more than `limit` bytes are there, and ValueError for what can't be inflated.
    """

    def __init__(self, coding: str, limit: int) -> None:
        coding = coding.strip().lower()
        if coding not in ("", "identity", *CODINGS):
            raise ValueError(f"content coding {coding[:40]!r} was not asked for")
        self._plain, self._deflate = coding in ("", "identity"), coding == "deflate"
        self._limit, self._taken, self._given, self._members = limit, 0, 0, 1
        self._pieces: list[bytes] = []
        self._stream = zlib.decompressobj(_ANY)

    def feed(self, data: bytes) -> None:
        """Take the next piece."""
        first, self._taken = not self._taken, self._taken + len(data)
        if self._taken > self._limit:
            raise TooLarge(f"more than {self._limit:,} bytes")
        try:
            self._add(data) if self._plain else self._inflate(data, first)
        except zlib.error as error:
            raise ValueError(f"its compression is broken: {error}") from error

    def close(self) -> bytes:
        """The whole body. Raises ValueError where it breaks off."""
        if not self._plain and self._taken and not self._stream.eof:
            raise ValueError("its compression breaks off")
        return b"".join(self._pieces)

    def _inflate(self, data: bytes, first: bool) -> None:
        if first and self._deflate and not _is_zlib(data):
            self._stream = zlib.decompressobj(_RAW)  # what many servers mean by deflate
        while data:
            if self._stream.eof:
                self._members += 1
                if self._members > _MEMBERS:
                    raise TooLarge(f"more than {_MEMBERS} compressed parts")
                self._stream = zlib.decompressobj(_ANY)
            self._add(self._stream.decompress(data, self._limit - self._given + 1))
            data = self._stream.unused_data or self._stream.unconsumed_tail

    def _add(self, piece: bytes) -> None:
        self._given += len(piece)
        if self._given > self._limit:
            raise TooLarge(f"more than {self._limit:,} bytes inflated")
        self._pieces.append(piece)


def _is_zlib(data: bytes) -> bool:
    """RFC 1950: the first two bytes name the method and are a multiple of 31; a gzip stream counts too."""
    return data[:2] == b"\x1f\x8b" or (len(data) > 1 and data[0] & 15 == 8 and (data[0] * 256 + data[1]) % 31 == 0)

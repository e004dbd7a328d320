"""gzip (RFC 1952) unpacked piece by piece, so that a small body can't become a large one unseen."""

import zlib

_PARTS = 100  # members of one body; each costs a copy of what follows it
_GZIP = 31  # zlib's window bits for gzip: the largest window, with header and checksum


class Unpacker:
    """Unpacks one body; `whole` once it is at the end of a member, as gzip calls its parts."""

    def __init__(self) -> None:
        self._member, self._parts = zlib.decompressobj(_GZIP), 1

    @property
    def whole(self) -> bool:
        """Whether the body may end here."""
        return self._member.eof

    def feed(self, piece: bytes, most: int) -> bytes:
        """What a piece holds, of which more than `most` and one bytes are never made. Raises zlib.error."""
        made = bytearray()
        while piece and len(made) <= most:
            if self._member.eof:
                self._member, self._parts = zlib.decompressobj(_GZIP), self._parts + 1
                if self._parts > _PARTS:
                    raise zlib.error(f"more than {_PARTS} packed parts")
            made += self._member.decompress(piece, most + 1 - len(made))
            piece = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        return bytes(made)

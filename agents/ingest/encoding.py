"""The bytes of a text or HTML file as text: wire copy comes in every encoding there is, and rarely says which."""

import codecs

from charset_normalizer import from_bytes

from streams.errors import RejectedCopy

# The encodings that newsrooms still send. A longer list only adds ways to be wrong on a short text.
_CANDIDATES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "shift_jis", "euc_kr", "gb18030", "big5"]
# Python's codecs for other ends; some of them take a time that grows with the square of the length.
_NO_CHARSETS = frozenset(("punycode", "idna", "unicode-escape", "raw-unicode-escape"))
_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]


def read_text(data: bytes) -> str:
    """The text in `data`: by its byte order mark, as UTF-8, by what its HTML declares, else the likeliest encoding.

    UTF-8 with a few broken bytes stays UTF-8, the broken ones as U+FFFD. Raises RejectedCopy where nothing fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" not in data and _mostly_utf8(text := data.decode("utf-8", "replace")):
        return text
    best = from_bytes(data, cp_isolation=_CANDIDATES).best()
    if best is None:
        raise RejectedCopy("no text: its bytes fit no known encoding; send it as UTF-8")
    return str(best)


def in_utf8(data: bytes) -> bytes:
    """Bytes with a byte order mark in UTF-8 without one, all others as they are."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").encode()
    return data


def decode_as(data: bytes, charset: str, errors: str = "strict") -> str:
    """The text in the charset that its sender names.

    Raises LookupError for one that is unknown or no charset of texts, UnicodeError where the bytes don't fit.
    """
    try:
        name = codecs.lookup(charset).name
    except ValueError as error:  # a name with a NUL
        raise LookupError(f"{charset!r} is no name of a charset") from error
    if name in _NO_CHARSETS:
        raise LookupError(f"{charset} is no charset of texts")
    return data.decode(name, errors)


def _mostly_utf8(text: str) -> bool:
    """Other encodings hardly ever form UTF-8 sequences, so more good ones than broken ones decide."""
    broken = text.count("\ufffd")
    return broken == 0 or sum(not char.isascii() for char in text) > 2 * broken

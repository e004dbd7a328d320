"""Mends XML that is all but well-formed: its encoding, its controls, its ampersands and HTML's names for letters."""

import codecs
import re
from html.entities import html5
from xml.sax.saxutils import escape

from agents.ingest.encoding import decode_as

# An unclosed section is read to its end as one, so that many of them cost no more than their length.
_AMPERSAND = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|&(?:(#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)?", re.DOTALL
)
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_NOT_XML = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
# Only tables of letters: some of Python's other codecs take seconds for a megabyte.
_ENCODING = re.compile(
    rb"^\s*<\?xml[^>]{1,200}encoding\s*=\s*[\"']((?:iso|windows|latin|cp|koi8|shift|euc|gb|big5|mac|utf)[a-z0-9._-]{0,30})[\"']",
    re.IGNORECASE,
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def decoded(data: bytes) -> str:
    """The text of a document, in the encoding that its bytes show, else that which it declares."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _ENCODING.match(data)
    try:
        return decode_as(data, declared[1].decode() if declared else "cp1252", "replace")
    except (LookupError, ValueError):  # none that is known, or none for text
        return data.decode("cp1252", "replace")


def mended(data: bytes) -> str:
    """The text of a document without its declaration, fit to be parsed where nothing else is wrong with it."""
    return _AMPERSAND.sub(_letter, _NOT_XML.sub("", _DECLARED.sub("", decoded(data), count=1)))


def _letter(match: re.Match[str]) -> str:
    name = match[1]
    if match[0].startswith("<") or (name and (name.startswith("#") or name in _XML_ENTITIES)):
        return match[0]
    return escape(html5.get(f"{name};", match[0])) if name else "&amp;"

"""Mends the letters of a text: broken encodings, character entities, stray tags, control characters, line ends."""

import re
import unicodedata

import ftfy
from ftfy import fixes

# Letters decoded with the wrong table stand side by side beyond ASCII, or before a space that was a no-break space;
# curly quotes and accents seldom do. Only such lines go through ftfy, which costs far more than this look.
_SUSPECT = re.compile(r"[^\x00-\x7f]{2}|[ÃÂâ] ")
_ENCODING = ftfy.TextFixerConfig(
    unescape_html=False, uncurl_quotes=False, fix_character_width=False, fix_line_breaks=False, normalization=None
)
_MANY_LINES = 5000  # beyond, a text is mended as one, since each line would cost ftfy 0.1 ms
# What has no shape on a page: controls, soft hyphens, zero-width spaces, direction overrides, byte-order marks.
# The joiners U+200C and U+200D and the plain direction marks stay: Persian, Hindi, Arabic and Hebrew need them.
_SHAPELESS = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
_SPACES = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = re.compile(f"[{_BREAKS}{_SHAPELESS}{_SPACES}]")
_ODD_BREAKS, _ODD_LETTERS, _ODD_SPACES = (re.compile(f"[{each}]") for each in (_BREAKS, _SHAPELESS, _SPACES))
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_SURROGATES = re.compile("[\ud800-\udfff]")

# Tags that stand for markup in a line of text. `<VRL>` and `<B>` are tickers: a bare short tag in capitals is none.
_TAG_NAMES = (
    "a|abbr|article|b|blockquote|body|br|center|cite|code|div|em|figcaption|figure|font|h[1-6]|head|hr|html|i|iframe"
    "|img|input|ins|li|link|mark|meta|object|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|sup|svg"
    "|table|tbody|td|th|thead|title|tr|tt|u|ul|video"
)
_TAG = re.compile(
    rf"(?!<(?-i:[A-Z]){{1,2}}>)</?(?:{_TAG_NAMES})(?:\s*/?>|\s[^<>=]*=[^<>]*(?:>|$))|<!--[^<>]*-->", re.IGNORECASE
)
_BREAK_TAG = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\s*/?>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style)\b[^<]*</\1\s*>", re.IGNORECASE)


def mend(text: str) -> str:
    """The text with whole letters, composed (Unicode NFC), without controls; lines part with a line feed.

    Mojibake is undone by ftfy (Speer 2019). Nothing else is replaced: quotes, dashes and full-width forms stay.
    """
    if _SURROGATES.search(text):
        text = _SURROGATES.sub("\ufffd", fixes.fix_surrogates(text))
    if "&" in text:
        text = fixes.unescape_html(text)
    if not text.isascii():
        text = _mend_beyond_ascii(text)
    return _even_out(text) if _ODD.search(text) else text


def _even_out(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\u2029", "\n\n")
    return _ODD_SPACES.sub(" ", _ODD_LETTERS.sub("", _ODD_BREAKS.sub("\n", text)))


def _mend_beyond_ascii(text: str) -> str:
    if _SUSPECT.search(text):
        parts = text.split("\n") if text.count("\n") < _MANY_LINES else [text]
        text = "\n".join(_mend_encoding(part) if _SUSPECT.search(part) else part for part in parts)
    if _LIGATURES.search(text):
        text = fixes.fix_latin_ligatures(text)
    return unicodedata.normalize("NFC", text)


def _mend_encoding(line: str) -> str:
    return ftfy.fix_encoding(line, _ENCODING)


def untag(text: str) -> str:
    """The text without HTML's tags, those that break a line as line feeds; what is no tag in angle brackets stays."""
    return _TAG.sub("", _BREAK_TAG.sub("\n", _UNSEEN.sub("", text))) if "<" in text else text


def one_line(text: str) -> str:
    """A short field (headline, byline, slug) as plain text on one line: entities read, tags dropped, spaces single."""
    return " ".join(untag(mend(text)).split())

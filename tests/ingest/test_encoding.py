"""Text in the encodings that newsrooms send comes out as it was meant."""

import codecs

import pytest

from agents.ingest.encoding import decode_as, in_utf8, read_text
from streams.errors import RejectedCopy

FRENCH = "Le café à Besançon a été fermé. Où est passée la préfète ? « Déjà vu », a-t-elle répondu."
POLISH = "Prezydent Wołodymyr Zełenski powiedział w sobotę, że żołnierze są gotowi."
RUSSIAN = "Президент заявил в субботу, что переговоры продолжаются."
JAPANESE = "大統領は土曜日に会談した。"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", FRENCH),
        ("utf-8-sig", FRENCH),
        ("utf-16", RUSSIAN),
        ("utf-32", RUSSIAN),
        ("latin-1", FRENCH),
        ("cp1252", "The café’s owner said “no” – it cost £5 and 3 € in all."),
        ("cp1250", POLISH),
        ("cp1251", RUSSIAN),
        ("shift_jis", JAPANESE),
        ("gb18030", "俄罗斯总统周六表示谈判仍在继续。"),
    ],
)
def test_text_is_read_in_its_encoding(encoding: str, text: str) -> None:
    assert read_text(text.encode(encoding)) == text


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_text(codecs.BOM_UTF8 + b"Copy") == "Copy"


def test_utf8_with_a_broken_byte_stays_utf8() -> None:
    assert read_text("Le café à Paris".encode() + b"\x92s end") == "Le café à Paris\ufffds end"


def test_a_page_is_read_as_it_declares() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body>{RUSSIAN}</body></html>'
    assert read_text(page.encode("cp1251")) == page


def test_an_empty_file_is_an_empty_text() -> None:
    assert read_text(b"") == ""


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(RejectedCopy, match="UTF-8"):
        read_text(bytes(range(256)) * 3)


@pytest.mark.parametrize("charset", ["punycode", "unicode_escape", "rot13", "klingon", "a\0b"])
def test_what_is_no_charset_of_texts_is_not_decoded(charset: str) -> None:
    with pytest.raises(LookupError):
        decode_as(b"Copy", charset)


def test_json_in_any_unicode_is_taken_as_utf8() -> None:
    assert [in_utf8("Łódź".encode(each)) for each in ("utf-8-sig", "utf-16", "utf-32")] == ["Łódź".encode()] * 3

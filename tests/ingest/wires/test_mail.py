"""Mail: header, copy in any encoding, and what is forwarded and attached."""

from base64 import b64encode
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agents.ingest.wires.draft import Piece
from agents.ingest.wires.mail import read_mail
from agents.ingest.wires.mailbox import is_mail
from agents.ingest.wires.recognition import read_mails
from streams.errors import RejectedCopy
from streams.records import RawArticle

from .mutations import few, mutated, survives
from .test_anpa import FERRY

PLAIN = (
    b"From: =?utf-8?q?K=C3=BCstenwache?= <press@coast.example>\r\nTo: desk@post.example\r\n"
    b"Date: Mon, 09 Mar 2026 11:15:00 +0100\r\nSubject: =?iso-8859-1?Q?F=E4hre?= sinks off Cape\r\n Dorrow\r\n"
    b"Message-ID: <ferry-1@coast.example>\r\nContent-Language: de\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\nDie F=E4hre ist gesunken.\r\n\r\nMehr sp=E4ter.\r\n-- \r\nKontakt\r\n"
)
BOTH = (
    b"From: press@coast.example\nDate: Mon, 9 Mar 2026 10:15:00 GMT\nSubject: Re: Corrected: Ferry sinks\n"
    b"Message-ID: <ferry-2@coast.example>\nIn-Reply-To: <ferry-1@coast.example>\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/alternative; boundary="b1"\n\n--b1\nContent-Type: text/plain\n\nThe ferry sank.\n'
    b"--b1\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    + b64encode(b"<html><body><p>The ferry sank.</p></body></html>")
    + b"\n--b1--\n"
)
ONLY_HTML = (
    b"From: press@coast.example\nSubject: Ferry\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>The ferry sank.</p>\n"
)


def forwarded() -> bytes:
    """A mail with another mail, a story in ANPA 1312 and a picture in it."""
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = (
        "Bureau <kessrin@post.example>",
        "FWD: Copy",
        "<cover@post.example>",
    )
    mail.set_content("Please find the copy attached.")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "press@coast.example", "The fire is out"
    inner.set_content("The fire in Kessrin is out.")
    mail.add_attachment(inner)
    mail.add_attachment(FERRY, maintype="application", subtype="octet-stream", filename="a0042.anpa")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="ferry.png")
    return mail.as_bytes()


def pieces(data: bytes) -> list[Piece]:
    return list(read_mails(data, "file"))


def article(data: bytes) -> RawArticle:
    (piece,) = pieces(data)
    assert piece.article
    return piece.article


def test_a_mail_is_read_in_its_charset_and_encoding() -> None:
    assert article(PLAIN) == RawArticle(
        id="ferry-1@coast.example",
        source="Küstenwache",
        published=datetime(2026, 3, 9, 10, 15, tzinfo=UTC),
        headline="Fähre sinks off Cape Dorrow",
        language="de",
        text="Die Fähre ist gesunken.\n\nMehr später.",
    )


def test_of_two_forms_the_plain_text_is_taken_and_a_correction_names_what_it_corrects() -> None:
    found = article(BOTH)
    assert (found.headline, found.text, found.html) == ("Corrected: Ferry sinks", "The ferry sank.", None)
    assert found.evolved_from == ["ferry-1@coast.example"]
    assert article(BOTH.replace(b"Corrected: ", b"")).evolved_from == []


def test_a_plain_text_that_only_points_to_the_html_is_not_taken() -> None:
    html = b64encode(b"<p>" + b"The ferry sank off the cape at dawn. " * 20)
    found = article(BOTH.replace(b64encode(b"<html><body><p>The ferry sank.</p></body></html>"), html))
    assert found.text is None
    assert "at dawn" in (found.html or "")


def test_a_mail_of_html_alone_is_kept_as_html_and_without_an_id_goes_by_the_name_it_came_under() -> None:
    found = article(ONLY_HTML)
    assert (found.id, found.html, found.source) == ("file", "<p>The ferry sank.</p>", "press@coast.example")


def test_what_is_forwarded_and_attached_is_read_too_and_a_picture_is_named() -> None:
    cover, fire, ferry = pieces(forwarded())
    assert cover.article
    assert (cover.article.id, cover.article.headline) == ("cover@post.example", "Copy")
    assert cover.unused == ("attachment 'ferry.png': image/png is no copy",)
    assert fire.article
    assert (fire.article.id, fire.article.headline) == ("cover@post.example#1", "The fire is out")
    assert ferry.article
    assert ferry.article.id == "a0042-20260309T1015"


def test_a_folder_of_mails_gives_an_article_each() -> None:
    envelope = b"From press@coast.example Mon Mar  9 10:15:00 2026\n"
    folder = envelope + PLAIN.replace(b"Mehr", b"\n>From now on") + b"\n" + envelope + BOTH
    first, second = [piece.article for piece in pieces(folder)]
    assert first
    assert second
    assert "From now on" in (first.text or "")
    assert (first.id, second.id) == ("ferry-1@coast.example", "ferry-2@coast.example")


def test_a_charset_that_is_unknown_or_wrong_is_found_out() -> None:
    assert "Fähre" in (article(PLAIN.replace(b"charset=iso-8859-1", b"charset=klingon")).text or "")
    assert "Fähre" in (article(PLAIN.replace(b"charset=iso-8859-1", b"charset=utf-8")).text or "")


def test_a_date_that_is_none_is_named() -> None:
    (piece,) = pieces(PLAIN.replace(b"Mon, 09 Mar 2026 11:15:00 +0100", b"this morning"))
    assert piece.unused == ("published 'this morning': no time that can be read; ISO 8601 can",)


def test_a_field_that_may_be_an_embargo_holds_the_article() -> None:
    assert article(b"X-Embargo: noon on Tuesday\n" + ONLY_HTML).status == "withheld"
    found = article(b"Embargoed-Until: Tue, 10 Mar 2026 06:00:00 +0000\n" + ONLY_HTML)
    assert found.embargoed_until == datetime(2026, 3, 10, 6, tzinfo=UTC)


def test_an_item_in_json_that_is_attached_is_read() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Bureau <kessrin@post.example>", "Copy"
    item = b'{"uri": "urn:x", "headline": "Ferry", "body_text": "It sank."}'
    mail.add_attachment(item, maintype="application", subtype="json", filename="ferry.json")
    mail.add_attachment(b"<?xml version='1.0'?><orders/>", maintype="text", subtype="xml", filename="orders.xml")
    cover, ferry, orders = pieces(mail.as_bytes())
    assert cover.article is None  # a subject alone is no copy beside what is attached
    assert ferry.article
    assert ferry.article.id == "urn:x"
    assert orders.article is None
    assert "orders.xml" in orders.unused[0]


def test_an_empty_mail_with_attachments_alone_says_so() -> None:
    mail = forwarded().replace(b"Please find the copy attached.", b"")
    cover, fire, ferry = pieces(mail)
    assert cover.article is None
    assert fire.article
    assert ferry.article


@pytest.mark.parametrize(
    "start",
    [PLAIN, BOTH, ONLY_HTML, forwarded(), b"From press@coast.example Mon Mar  9 10:15:00 2026\n" + PLAIN, PLAIN[:200]],
)
def test_a_mail_is_told_by_its_header(start: bytes) -> None:
    assert is_mail(start)


@pytest.mark.parametrize(
    "text",
    [
        b"From Paris the train left at 10:15.\nIt was late: an hour.\n",
        b"LONDON: The minister spoke.\n\nFrom: nobody",
        b"Subject: a ferry\n\nIt sank.",
        b"From: here\nto there: a journey that has no end\n\n",
        b"",
    ],
)
def test_plain_text_is_no_mail(text: bytes) -> None:
    assert not is_mail(text)


def test_a_mail_of_countless_parts_within_parts_is_refused() -> None:
    deep = b"From: a@b\nSubject: x\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number) for number in range(2000)
    )
    with pytest.raises(RejectedCopy, match="too many parts"):
        pieces(deep)


def test_mails_within_mails_are_read_to_a_depth() -> None:
    mail = EmailMessage()
    mail["Subject"] = "The innermost"
    mail.set_content("Copy.")
    for number in range(8):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = "a@b.example", f"Forward {number}"
        outer.set_content("See below.")
        outer.add_attachment(mail)
        mail = outer
    found = pieces(mail.as_bytes())
    assert [bool(piece.article) for piece in found] == [True] * 4 + [False]
    assert "within" in found[-1].unused[0]


@few
@given(mutated(PLAIN, BOTH, ONLY_HTML, forwarded()) | some.binary(max_size=200).map(lambda data: b"From: a@b\n" + data))
def test_any_bytes_give_pieces_or_a_refusal(data: bytes) -> None:
    survives(read_mails, data)
    survives(read_mail, data)

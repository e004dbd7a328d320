"""Which kind of XML or HTML a document is tells the element that it begins with."""

from pathlib import Path

import pytest

from agents.ingest.wires.markup import read_xml
from streams.errors import RejectedCopy

from .reading import SAMPLES, articles


@pytest.mark.parametrize(
    "path", [each for each in sorted(SAMPLES.iterdir()) if each.suffix != ".json"], ids=lambda path: str(path.name)
)
def test_every_sample_gives_a_headline_or_a_body_or_a_reason(path: Path) -> None:
    found = list(read_xml(path.read_bytes(), "name"))
    assert found
    assert all(
        each.unused
        if each.article is None
        else each.article.headline or each.article.text or each.article.html or each.article.status == "canceled"
        for each in found
    )


def test_a_page_is_one_article_under_the_name_of_its_file() -> None:
    (article,) = articles("page.html")
    assert article.id == "page.html"
    assert "<p>The bridge opened & stands.</p>" in str(article.html)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a <b> comment -->\n<!DOCTYPE nitf [<!ELEMENT nitf ANY>]>\n<nitf><body><body.content>Copy</body.content></body></nitf>",
        "<?xml version='1.0' encoding='utf-16'?><n:nitf xmlns:n='x'><n:body><n:body.content>Copy</n:body.content></n:body></n:nitf>".encode(
            "utf-16"
        ),
    ],
)
def test_what_stands_before_the_first_element_does_not_hide_it(data: bytes) -> None:
    (piece,) = read_xml(data, "name")
    assert piece.article
    assert piece.article.text == "Copy"


@pytest.mark.parametrize(
    ("data", "said"), [(b"<recipe/>", "<recipe>"), (b"no markup", "no XML"), (b"", "no XML"), (b"<nitf>", "broken")]
)
def test_what_carries_no_copy_is_refused_with_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(RejectedCopy, match=said):
        read_xml(data, "recipe.xml")

"""RSS, Atom and JSON Feed are read; what a hostile document asks for is not done."""

from pathlib import Path

import pytest

from agents.ingest.feeds.documents import read_feed
from agents.ingest.formats import Found
from streams.errors import RejectedCopy
from streams.records import RawArticle

from .site import rss

ATOM = """<?xml version="1.0" encoding="iso-8859-1"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Caf\xe9</title>
<entry><id>tag:x,2026:1</id><title>A bridge</title><link href="https://x.example/1"/>
<updated>2026-03-02T10:00:00+01:00</updated><content type="html">&lt;p>Closed.&lt;/p></content></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Desk", "items": [{"id": "1", "title": "A mine",
"url": "https://x.example/2", "content_text": "Flooded.", "date_published": "2026-03-02T10:00:00Z"}]}"""


def articles(data: bytes) -> list[RawArticle]:
    return [each.article for each in read_feed(data) if isinstance(each, Found)]


@pytest.mark.parametrize(
    ("data", "source", "identity", "headline"),
    [
        (rss("a ferry").encode(), "Harbour Wire", "a ferry", "a ferry"),
        (ATOM.encode("latin-1"), "Café", "tag:x,2026:1", "A bridge"),
        (JSON.encode(), "Desk", "1", "A mine"),
        (rss("a ferry").replace("</item></channel></rss>", "").encode(), "Harbour Wire", "a ferry", "a ferry"),
    ],
)
def test_every_kind_of_feed_is_read_and_one_that_breaks_off_too(
    data: bytes, source: str, identity: str, headline: str
) -> None:
    (article,) = articles(data)
    assert (article.source, article.id, article.headline) == (source, identity, headline)


def test_a_file_that_a_document_names_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the launch code")
    for entity in (f'<!ENTITY x SYSTEM "file://{secret}">', f'<!ENTITY % p SYSTEM "file://{secret}"> %p;'):
        data = rss("&x;").replace("<rss", f"<!DOCTYPE rss [{entity}]><rss")
        with pytest.raises(RejectedCopy, match="entities of its own"):
            read_feed(data.encode())
    data = rss("a ferry").replace("<rss", f'<!DOCTYPE rss SYSTEM "file://{secret}"><rss')
    assert "launch code" not in str(articles(data.encode()))


@pytest.mark.parametrize("bomb", ["nested", "quadratic"])
def test_an_expansion_bomb_is_refused(bomb: str) -> None:
    if bomb == "nested":
        entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
        entities, used = f'<!ENTITY e0 "aaaaaaaaaa">{entities}', "&e12;"
    else:
        entities, used = f'<!ENTITY e "{"a" * 50_000}">', "&e;" * 50_000
    data = rss("a", item=f"<category>{used}</category>").replace("<rss", f"<!DOCTYPE rss [{entities}]><rss")
    with pytest.raises(RejectedCopy, match="entities of its own"):
        read_feed(data.encode())


def test_a_document_nested_too_deep_is_no_crash() -> None:
    data = rss("a", item="<x>" * 20_000 + "</x>" * 20_000).encode()
    assert len(str(articles(data))) < 10_000
    for field in (b"items", b"more"):
        with pytest.raises(RejectedCopy, match="JSON"):
            read_feed(b'{"version": "1", "' + field + b'": ' + b"[" * 20_000)

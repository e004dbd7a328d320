"""OPML lists of every making come in, and ours go out so that they come in again."""

import pytest

from agents.ingest.feeds.feed import Feed
from agents.ingest.feeds.opml import joined, read, write
from streams.errors import CopytasterError

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:copytaster="urn:copytaster:opml"><head><title>Desk</title></head><body>
  <outline text="News">
    <outline text="Home/Abroad">
      <outline type="rss" text="Harbour  Wire" title="old name" xmlUrl=" https://harbour.example/rss " htmlUrl="x"/>
    </outline>
    <outline type="rss" title="Courier" xmlUrl="http://courier.example/atom" copytaster:fullText="true"/>
  </outline>
  <outline type="rss" text="Loud" XMLURL="https://loud.example/feed"/>
  <outline type="rss" text="Again" xmlUrl="https://loud.example/feed"/>
  <outline type="link" text="a page" url="https://page.example/"/>
  <outline text="no web" xmlUrl="file:///etc/passwd"/>
</body></opml>"""


def test_feeds_come_with_name_folder_and_whether_their_pages_are_wanted() -> None:
    assert read(LIST) == [
        Feed("https://harbour.example/rss", "Harbour Wire", False, "News/Home-Abroad"),
        Feed("http://courier.example/atom", "Courier", True, "News"),
        Feed("https://loud.example/feed", "Again"),
    ]


def test_a_list_that_went_out_comes_in_as_it_was() -> None:
    feeds = [*read(LIST), Feed("https://amp.example/?a=1&b=<2>", 'Q & "A" <x>', True, "News/Home-Abroad")]
    assert {feed.url: feed for feed in read(write(feeds))} == {feed.url: feed for feed in feeds}


def test_an_empty_list_goes_out_and_in() -> None:
    assert read(write([])) == []


def test_control_characters_in_a_name_do_not_break_the_list() -> None:
    assert read(write([Feed("https://a.example/", "a\x00b\x1b[31m")])) == [Feed("https://a.example/", "ab[31m")]


def test_a_feed_that_we_have_stays_as_we_have_it_when_lists_are_joined() -> None:
    ours = [Feed("https://a.example/", "A", True), Feed("https://b.example/")]
    theirs = [Feed("https://c.example/"), Feed("https://a.example/", "other")]
    assert joined(ours, theirs) == [*ours, Feed("https://c.example/")]


@pytest.mark.parametrize("data", [b"", b"<html/>", b"<opml/>", b"<opml><body>", b"\xff\xfe\x00", b"{}"])
def test_what_is_no_list_says_so_with_its_place(data: bytes) -> None:
    with pytest.raises(CopytasterError, match=r"desk\.opml: no OPML"):
        read(data, "desk.opml")


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;&b;&b;&b;&b;">',
    ],
)
def test_entities_are_neither_read_nor_expanded(entity: str) -> None:
    data = f'<!DOCTYPE opml [{entity}]><opml><body>&x;<outline text="A" xmlUrl="https://a.example/"/></body></opml>'
    assert read(data.encode()) == [Feed("https://a.example/", "A")]


def test_a_list_of_entities_in_attributes_stays_small() -> None:
    nested = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    data = f'<!DOCTYPE opml [<!ENTITY e0 "aaaaaaaaaa">{nested}]><opml><body><outline text="&e12;"/></body></opml>'
    with pytest.raises(CopytasterError, match="no OPML"):
        read(data.encode())


def test_a_list_nested_too_deep_is_refused() -> None:
    with pytest.raises(CopytasterError, match="no OPML"):
        read(b"<opml><body>" + b"<outline text='a'>" * 5000 + b"</outline>" * 5000 + b"</body></opml>")

"""A feed is Atom that readers take, whatever stands in the copy."""

from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree

from agents.deliver.atom import feed
from streams.records import ArticleRef, Change

from .samples import NOW, alert

BEGAN = datetime(1970, 1, 1, tzinfo=UTC)
ADDRESS = "http://127.0.0.1:6066/feeds/desk.atom"


def test_a_feed_reader_sees_each_alert_with_what_is_new() -> None:
    change = Change(kind="figure", old="12", new="40", context="40 died.", was="12 people", now="40 people")
    said = feedparser.parse(feed("desk", [alert("b", changes=[change]), alert("a")], ADDRESS, BEGAN))
    assert not said.bozo
    assert (said.feed.title, said.feed.id) == ("copytaster: desk", "urn:copytaster:subscription:desk")
    assert [each.id for each in said.entries] == ["urn:copytaster:alert:b", "urn:copytaster:alert:a"]
    first = said.entries[0]
    assert (first.title, first.link, first.author) == (
        "New: Ferry Ondine sinks off Marrow",
        "https://post.example/1",
        "Harbour Post",
    )
    assert first.content[0].value.startswith("12 people → 40 people")
    assert "the coast guard said" in first.content[0].value
    assert datetime.fromisoformat(first.updated) == NOW


def test_copy_is_text_and_never_markup() -> None:
    hostile = alert(headline="<img src=x onerror=alert(1)>", summary=["</content><script>1</script>\x00\x0b\ud800"])
    root = etree.fromstring(feed("desk", [hostile], ADDRESS, BEGAN))
    assert {etree.QName(each).localname for each in root.iter()} <= {
        "feed", "id", "title", "updated", "link", "author", "name", "entry", "category", "content",
    }  # fmt: skip
    assert root.findtext("{*}entry/{*}title") == "New: <img src=x onerror=alert(1)>"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[javascript", None])
def test_an_address_that_is_none_or_a_script_is_no_link(url: str | None) -> None:
    hostile = alert(article=ArticleRef(id="x", url=url))
    assert feed("desk", [hostile], ADDRESS, BEGAN).count(b"<link") == 1


def test_a_feed_without_alerts_is_one_too() -> None:
    said = feedparser.parse(feed("desk", [], ADDRESS, BEGAN))
    assert (said.bozo, said.entries, said.feed.updated) == (False, [], "1970-01-01T00:00:00+00:00")

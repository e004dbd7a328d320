"""Entries of a feed as messages: ids, order, credit, and what a changed entry is known by."""

from datetime import UTC, datetime

import pytest

from agents.ingest.feeds.entries import Entry, entries
from agents.ingest.feeds.feed import Feed, State
from agents.ingest.formats import Found, Input, Unreadable
from streams.codec import decode
from streams.records import RawArticle

FEED = Feed("https://harbour.example/rss")


def item(identity: str, text: str = "The ferry sank.", *, day: int | None = None, source: str | None = None) -> Input:
    published = datetime(2026, 3, day, tzinfo=UTC) if day else None
    return Found("entry", RawArticle(id=identity, headline=text, text=text, published=published, source=source))


def taken(*inputs: Input, feed: Feed = FEED, state: State = State()) -> list[Entry]:  # noqa: B008 - frozen
    return entries(inputs, feed, state)


def test_the_oldest_goes_first_by_date_or_from_the_end_of_the_document() -> None:
    assert [each.key[-1] for each in taken(item("tag:3", day=3), item("tag:9", day=9), item("tag:1", day=1))] == list(
        "139"
    )
    assert [each.key[-1] for each in taken(item("tag:3"), item("tag:2", day=9), item("tag:1"))] == list("123")


@pytest.mark.parametrize("identity", ["https://harbour.example/1", "tag:harbour.example,2026:1", "urn:uuid:1"])
def test_an_id_that_is_nobody_elses_stays(identity: str) -> None:
    assert taken(item(identity))[0].key == identity


def test_an_id_of_the_feeds_own_is_not_taken_for_another_feeds() -> None:
    other = Feed("https://courier.example/rss")
    assert taken(item("4711"))[0].key != taken(item("4711"), feed=other)[0].key


def test_entries_that_share_an_id_in_one_document_are_told_apart() -> None:
    first, second = taken(item("https://harbour.example/", "a ferry"), item("https://harbour.example/", "a bridge"))
    assert first.key != second.key
    again = taken(item("https://harbour.example/", "a mine"), item("https://harbour.example/", "a ferry"))
    assert second.key == again[0].key


def test_the_same_entry_twice_is_one() -> None:
    assert len(taken(item("tag:1"), item("tag:1"))) == 1


def test_a_very_long_id_still_fits_a_record() -> None:
    long = [taken(item("x" * 512, text))[0] for text in ("a", "b")]
    assert long[0].key == long[1].key
    assert decode(long[0].message(0.0), RawArticle).id == long[0].key


def test_a_changed_entry_has_the_same_id_and_another_mark() -> None:
    (before,), (after,) = taken(item("tag:1", "12 dead")), taken(item("tag:1", "40 dead"))
    assert before.key == after.key
    assert before.mark != after.mark


def test_a_changed_date_makes_another_mark_too() -> None:
    assert taken(item("tag:1", day=1))[0].mark != taken(item("tag:1", day=2))[0].mark


def test_copy_is_credited_as_the_list_says_else_as_the_feed_does_else_to_the_host() -> None:
    named = Feed(FEED.url, "Harbour Wire")
    given = [
        taken(item("tag:1", source="Feed title"), feed=named),
        taken(item("tag:1", source="Feed title")),
        taken(item("tag:1"), state=State(title="Earlier title")),
        taken(item("tag:1")),
    ]
    sources = [each[0].article.source for each in given if each[0].article]
    assert sources == ["Harbour Wire", "Feed title", "Earlier title", "harbour.example"]


def test_a_new_name_for_a_feed_makes_none_of_its_entries_new() -> None:
    (before,), (after,) = taken(item("tag:1", source="Harbour")), taken(item("tag:1", source="Harbour (2)"))
    assert before.mark == after.mark


def test_what_holds_no_article_goes_as_it_is() -> None:
    (entry,) = taken(Unreadable("entry 3", b"<item>", "no copy"))
    assert (entry.message(0.0), entry.article) == (b"<item>", None)


def test_a_message_says_when_it_was_received() -> None:
    assert decode(taken(item("tag:1"))[0].message(86400.0), RawArticle).received == datetime(1970, 1, 2, tzinfo=UTC)

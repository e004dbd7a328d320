"""The date by which copy is sorted: its own, found in it where it isn't given."""

from datetime import UTC, datetime
from pathlib import Path

from agents.commands.dates import published
from agents.ingest.files import read
from streams.records import RawArticle

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


def article(
    text: str = "Nothing here tells a day.", published: datetime | None = None, received: datetime | None = None
) -> RawArticle:
    return RawArticle(id="a", text=text, published=published, received=received)


def test_the_field_decides_whatever_the_text_says() -> None:
    assert published(article("Published: MARCH 1, 2020 10:00\n\nFerry on fire.", published=NOON)) == NOON


def test_a_midnight_in_the_field_is_midnight() -> None:
    midnight = datetime(2026, 3, 12, tzinfo=UTC)
    assert published(article(published=midnight)) == midnight


def test_without_any_date_the_time_of_arrival_counts() -> None:
    assert published(article(received=NOON)) == NOON


def test_without_even_that_there_is_none() -> None:
    assert published(article()) is None


def test_what_can_not_be_read_goes_by_its_arrival() -> None:
    assert published(RawArticle(id="a", received=NOON)) == NOON


def test_a_day_alone_comes_after_the_times_of_that_day(tmp_path: Path) -> None:
    copy = (
        "The ferry caught fire off the coast on Saturday evening, and all aboard were taken off, the coast guard said."
    )
    (tmp_path / "day.txt").write_text(f" date 2022-03-12 {copy}")
    (tmp_path / "late.txt").write_text(f"Ferry on fire\n\nPublished: MARCH 12, 2022 23:56\n\n{copy}\n\n{copy}")
    (tmp_path / "next.txt").write_text(f"Ferry on fire\n\nPublished: MARCH 13, 2022 00:10\n\n{copy}\n\n{copy}")
    (tmp_path / "none.txt").write_text(copy)
    assert [each.key for each in read([str(tmp_path)], "date", published)] == ["late", "day", "next", "none"]

"""What a format gives becomes an article; what can't be used is named, and doubt holds it."""

from datetime import UTC, datetime

from agents.ingest.wires.draft import Draft
from streams.records import RawArticle


def made(draft: Draft) -> RawArticle:
    article = draft.finish("a").article
    assert article
    return article


def test_a_number_out_of_bounds_is_named_and_not_used() -> None:
    draft = Draft()
    draft.number("urgency", "12", 1, 9)
    assert made(draft).urgency is None
    assert draft.finish("a").unused == ("urgency '12': no whole number from 1 to 9",)


def test_an_embargo_that_can_not_be_read_holds_the_article() -> None:
    draft = Draft()
    draft.embargo("Tuesday at noon")
    assert made(draft).status == "withheld"
    assert "held" in draft.unused[0]


def test_an_embargo_without_a_zone_waits_until_it_has_passed_in_every_zone() -> None:
    draft = Draft()
    draft.embargo("2026-03-10T08:15:00")
    assert made(draft).embargoed_until == datetime(2026, 3, 10, 20, 15, tzinfo=UTC)
    assert made(draft).status == "usable"


def test_an_unknown_status_holds_the_article_and_a_kill_stays_a_kill() -> None:
    odd, kill = Draft(), Draft()
    odd.status("ready?")
    kill.status("stat:canceled")
    kill.embargo("")
    assert made(odd).status == "withheld"
    assert made(kill).status == "canceled"


def test_the_first_id_that_says_anything_counts_and_a_long_one_is_cut_to_one_that_lasts() -> None:
    assert Draft().finish("", None, "urn:x").article == RawArticle(id="urn:x")
    one, other = (Draft().finish("x" * 600 + end).article for end in "ab")
    assert one
    assert other
    assert len(one.id) == 512
    assert one.id != other.id


def test_the_strictest_of_several_statuses_and_the_latest_of_several_embargoes_stay() -> None:
    draft = Draft()
    for word in ("usable", "withheld", "usable"):
        draft.status(word)
    for time in ("2026-03-10T08:00:00Z", "2026-03-10T12:00:00Z", "2026-03-10T10:00:00Z"):
        draft.embargo(time)
    assert made(draft).status == "withheld"
    assert made(draft).embargoed_until == datetime(2026, 3, 10, 12, tzinfo=UTC)

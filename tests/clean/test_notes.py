"""What stands over and under copy for editors, as the clean room reads it out of whole articles."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agents.clean.article import clean
from streams.records import CleanArticle, Markers, RawArticle

from .samples import BODY, HEADLINE, LEAD, text_of

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def cleaned(*lines: str, **fields: Any) -> CleanArticle:
    return clean(RawArticle(id="a", text=text_of(*lines), **fields), NOW)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("(Adds harbour master in paragraph 3)", Markers(update=True)),
        ("(Refiles to fix spelling in paragraph 2)", Markers(refile=True, update=True)),
        ("(This March 3 story was refiled to mend a dateline)", Markers(refile=True, update=True)),
        ("(Repeats story of Tuesday with no change to text)", Markers(repeat=True, update=True)),
        ("(EDS: ADDS details of the salvage)", Markers(update=True)),
        ("Eds: UPDATES with quote. Pictures have moved.", Markers(update=True)),
        ("Attention Editors: a picture will follow at 1400 GMT", Markers()),
        ("ATTENTION EDITORS", Markers()),
        ("BC-Freighter, 2nd Ld-Writethru", Markers(edition=2)),
        ("=2", Markers(part=2)),
    ],
)
def test_a_line_over_the_copy_is_read_and_is_no_part_of_it(note: str, said: Markers) -> None:
    article = cleaned(note, *BODY)
    assert article.paragraphs == BODY
    assert article.markers == said


@pytest.mark.parametrize("end", ["(MORE)", "MORE", "(END)", "ENDS", "-30-", "-0-"])
def test_the_mark_under_the_copy_is_no_part_of_it(end: str) -> None:
    assert cleaned(*BODY, end).paragraphs == BODY


def test_the_mark_may_stand_behind_the_last_sentence() -> None:
    assert cleaned(*BODY[:-1], f"{BODY[-1]} (MORE)").paragraphs == BODY


def test_a_marked_line_leaves_the_headline_below_it() -> None:
    article = cleaned("URGENT", HEADLINE, *BODY)
    assert (article.headline, article.urgency, article.paragraphs) == (HEADLINE, 3, BODY)


def test_a_field_for_urgency_wins_over_the_marker() -> None:
    assert cleaned("URGENT", *BODY, urgency=5).urgency == 5


@pytest.mark.parametrize(
    "says",
    [
        "(Corrects the number of people in paragraph 2)",
        "(Adds harbour master, corrects the day in the lead)",
        "(EDS: UPDATES with salvage; CORRECTS the day in the lead)",
        "(This story corrects the day in the lead)",
        "This version corrects the name of the harbour master.",
        "CORRECTION: In an item moved on Tuesday, Wirepool gave a wrong number of people.",
        "An earlier version of this story misstated the day.",
    ],
)
def test_what_a_correction_says_is_told_and_stays_for_the_reader(says: str) -> None:
    article = cleaned(says, *BODY)
    assert article.markers.correction == says.strip("()")
    assert article.paragraphs == [says, *BODY]


def test_a_correction_under_the_copy_is_told_too() -> None:
    says = "This story has been corrected to show that 40 people were taken off the ship."
    assert cleaned(*BODY, says).markers.correction == says


def test_a_correction_in_the_note_comes_before_the_copy() -> None:
    article = cleaned(*BODY, note="Corrects day in the lead")
    assert article.markers.correction == "Corrects day in the lead"
    assert article.paragraphs == ["Corrects day in the lead", *BODY]


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("Eds: UPDATES with quote. CORRECTS day in the lead.", "CORRECTS day in the lead."),
        ("(Adds quote) (Corrects day in the lead)", "(Corrects day in the lead)"),
        ("corrects day in the lead", "corrects day in the lead"),
    ],
)
def test_a_note_may_say_several_things(note: str, says: str) -> None:
    assert cleaned(*BODY, note=note).markers.correction == says


@pytest.mark.parametrize("note", ["Kill fee applies.", "Alert: pictures follow", "Repeat use is free of charge."])
def test_a_note_on_something_else_says_nothing_of_the_copy(note: str) -> None:
    article = cleaned(*BODY, note=note)
    assert (article.status, article.markers, article.urgency) == ("usable", Markers(), None)


def test_a_kill_in_the_note_withdraws() -> None:
    assert cleaned(*BODY, note="Eds: Please kill BC-Freighter, a0456.").status == "canceled"


def test_an_embargo_in_the_note_holds_until_its_time() -> None:
    article = cleaned(*BODY, note="Adds quote. HOLD FOR RELEASE AT 6 p.m. EST. Pictures have moved.", published=NOW)
    assert article.embargoed_until == datetime(2026, 3, 3, 23, 0, tzinfo=UTC)


def test_take_and_slug_tell_the_version() -> None:
    article = cleaned(*BODY, slug="BC-Freighter", take="1st Ld-Writethru")
    assert (article.slug, article.markers.edition) == ("BC-Freighter", 1)
    assert cleaned(*BODY, slug="BC-Freighter, 3rd Ld").markers.edition == 3


@pytest.mark.parametrize(
    "lines",
    [
        ("KILL KILL KILL ''''' =", 'Please kill item 123 "Freighter aground". No ship ran aground.'),
        ("EDITORS: please kill BC-Freighter. No ship ran aground.",),
        ("BULLETIN KILL", "Kill BC-Freighter, a0584. No ship ran aground."),
        ("Editors are asked to kill the story on the freighter.",),
        ("STORY WITHDRAWN", "The story is wrong. No substitute will be issued."),
    ],
)
def test_a_kill_in_the_copy_withdraws(lines: tuple[str, ...]) -> None:
    assert cleaned(*lines).status == "canceled"


def test_a_kill_in_the_headline_withdraws_even_without_copy() -> None:
    assert clean(RawArticle(id="a", headline="MANDATORY KILL"), NOW).status == "canceled"


def test_a_schedule_over_its_entries_is_an_advisory() -> None:
    article = cleaned("DAYBOOK FOR WEDNESDAY, MARCH 4", "1400 The port authority meets reporters in Port Verrin.")
    assert article.markers.advisory


def test_copy_that_is_notes_alone_is_an_advisory() -> None:
    article = cleaned("Attention Editors: the story on the freighter will move at 1400 GMT.")
    assert article.markers.advisory
    assert article.paragraphs == ["Attention Editors: the story on the freighter will move at 1400 GMT."]


@pytest.mark.parametrize(
    "line",
    [
        "Kill the bill, protesters cried on Tuesday as police closed the harbour road to them.",
        "Editors of three papers were questioned in Port Verrin on Tuesday, their lawyers said.",
        "The item has been withdrawn from sale by the auction house, it said on Tuesday.",
        "Update on the flood: the river fell by a metre on Tuesday, the authority said.",
        "Repeats of the series will be shown on Tuesday, the broadcaster said in a statement.",
        "(Adds up to nothing, critics say of the plan that the port authority has shown them), she said.",
    ],
)
def test_copy_that_only_looks_like_a_note_stays(line: str) -> None:
    article = cleaned(line, *BODY)
    assert article.paragraphs == [line, *BODY]
    assert (article.markers, article.status) == (Markers(), "usable")


def test_a_label_in_a_page_is_no_marker() -> None:
    page = ["Home", "BREAKING NEWS", "DAYBOOK", HEADLINE, *BODY]
    article = cleaned(*page)
    assert (article.urgency, article.markers) == (None, Markers())


def test_the_same_copy_under_another_marker_is_a_document_of_its_own() -> None:
    assert cleaned(*BODY, headline=HEADLINE).doc != cleaned(*BODY, headline=f"UPDATE 1-{HEADLINE}").doc


def test_a_notice_in_a_headline_shows_nothing_of_what_it_holds() -> None:
    article = cleaned(LEAD, headline="EMBARGOED UNTIL 0001 GMT WEDNESDAY - Harbour to close")
    assert article.notice == "EMBARGOED UNTIL"
    assert article.embargoed_until == datetime(2026, 3, 4, 0, 1, tzinfo=UTC)

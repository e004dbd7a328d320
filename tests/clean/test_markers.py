"""The trade's markers in headlines and fields, and words that only look like them."""

from typing import Any

import pytest

from agents.clean.markers import Marks, is_markers, read_field, split_slug, strip_headline

BARE = "Ferry sinks off Marrow"


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("UPDATE 2-Ferry sinks off Marrow", {"edition": 2}),
        ("CORRECTED-UPDATE 2-Ferry sinks off Marrow", {"edition": 2, "correction": ""}),
        ("CORRECTED-(OFFICIAL)-Ferry sinks off Marrow", {"correction": ""}),
        ("Correction: Ferry sinks off Marrow", {"correction": ""}),
        ("REFILE-Ferry sinks off Marrow", {"refile": True}),
        ("RPT-UPDATE 3-Ferry sinks off Marrow", {"edition": 3, "repeat": True}),
        ("WRAPUP 3-Ferry sinks off Marrow", {"update": True}),
        ("UPDATE: Ferry sinks off Marrow", {"update": True}),
        ("1ST LEAD Ferry sinks off Marrow", {"edition": 1}),
        ("2nd Ld-Writethru: Ferry sinks off Marrow", {"edition": 2}),
        ("SECOND LEAD - Ferry sinks off Marrow", {"edition": 2}),
        ("[UPDATE 2] Ferry sinks off Marrow", {"edition": 2}),
        ("Ferry sinks off Marrow (UPDATE 2)", {"edition": 2}),
        ("Ferry sinks off Marrow =2", {"part": 2}),
        ("Ferry sinks off Marrow =2 MARROW", {"part": 2}),
        ("(LEAD) Ferry sinks off Marrow", {"edition": 1}),
        ("(Substitute) Ferry sinks off Marrow", {"update": True}),
        ("**MEDIA ADVISORY** Ferry sinks off Marrow", {"advisory": True}),
        ("Urgent: Ferry sinks off Marrow", {"urgency": 3}),
        ("Update 2: Ferry sinks off Marrow", {"edition": 2}),
        ("Ferry sinks off Marrow (Take 2 of 3)", {"part": 2}),
        ("Ferry sinks off Marrow =", {}),
        ("URGENT Ferry sinks off Marrow", {"urgency": 3}),
        ("FLASH: Ferry sinks off Marrow", {"urgency": 1}),
        ("BULLETIN - Ferry sinks off Marrow", {"urgency": 2}),
        ("ALERT: Ferry sinks off Marrow", {"urgency": 2}),
        ("BREAKING NEWS: Ferry sinks off Marrow", {"urgency": 3}),
        ("STORY WITHDRAWN-Ferry sinks off Marrow", {"killed": True}),
        ("KILL: Ferry sinks off Marrow", {"killed": True}),
        ("ADVISORY-Ferry sinks off Marrow", {"advisory": True}),
        ("NOTE TO EDITORS: Ferry sinks off Marrow", {"advisory": True}),
    ],
)
def test_markers_are_taken_off_a_headline_and_told(headline: str, said: dict[str, Any]) -> None:
    marks = Marks()
    assert strip_headline(headline, marks) == BARE
    assert marks == Marks(**said)


@pytest.mark.parametrize("headline", ["KILL KILL KILL", "MANDATORY KILL", "STORY WITHDRAWN", "BULLETIN KILL"])
def test_a_headline_that_is_a_marker_and_nothing_else_stays_and_is_told(headline: str) -> None:
    marks = Marks()
    assert strip_headline(headline, marks) == headline
    assert marks == Marks(killed=True)


@pytest.mark.parametrize("headline", ["Oland Daybook", "NEWS SCHEDULE AT 0600 GMT", "Wirepool News Digest 6 am"])
def test_a_schedule_is_an_advisory(headline: str) -> None:
    marks = Marks()
    assert strip_headline(headline, marks) == headline
    assert marks == Marks(advisory=True)


def test_an_agency_s_alert_is_urgent() -> None:
    marks = Marks()
    assert strip_headline("WP NewsAlert", marks) == "WP NewsAlert"
    assert marks == Marks(urgency=2)


def test_a_slug_for_a_headline_says_its_version() -> None:
    marks = Marks()
    assert strip_headline("BC-Coverage Plan 10:15, Advisory", marks) == "BC-Coverage Plan 10:15"
    assert marks == Marks(advisory=True)


@pytest.mark.parametrize(
    "headline",
    [
        "Update on the flood in Marrow",
        "Kill Bill sequel to be shot in Oland",
        "KILL BILL SEQUEL ANNOUNCED",
        "KILL-SWITCH LAW PASSED",
        "Storm kills 12 in Marrow",
        "Repeat offender jailed",
        "REPEAT-OFFENDER JAILED",
        "Bulletin of the Atomic Scientists moves its clock",
        "BULLETIN OF THE ATOMIC SCIENTISTS MOVES ITS CLOCK",
        "FLASH-FLOOD WARNING FOR MARROW",
        "FLASH floods hit Marrow",
        "Flood alert in Tarn",
        "ALERT LEVEL RAISED IN TARN",
        "Advisory council resigns",
        "ADVISORY COUNCIL RESIGNS",
        "TRAVEL ADVISORY: Floods in Tarn",
        "TAKE 2: Oland tries again",
        "Correction to markets continues",
        "Urgent care centre opens",
        "Lost daybook of a captain found in Tarn",
        "Lead found in the water of Tarn",
        "The hold of the ship",
        "First lead in Lund murder case, police say",
    ],
)
def test_words_that_only_look_like_markers_stay(headline: str) -> None:
    marks = Marks()
    assert strip_headline(headline, marks) == headline
    assert marks == Marks()


@pytest.mark.parametrize(
    ("slug", "stem", "said"),
    [
        ("BC-Ferry, 2nd Ld-Writethru", "BC-Ferry", {"edition": 2}),
        ("BC-EU--Oland-Ferry,10th Ld-Writethru, 400", "BC-EU--Oland-Ferry", {"edition": 10}),
        ("BC-Ferry,1st Ld-1st Add", "BC-Ferry", {"edition": 1, "part": 2}),
        ("Oland-ferry,2NDLEAD", "Oland-ferry", {"edition": 2}),
        ("OLAND-FERRY/ (UPDATE 2)", "OLAND-FERRY", {"edition": 2}),
        ("OLAND-FERRY/ (CORRECTED)", "OLAND-FERRY", {"correction": ""}),
        ("BC-Ferry, Advisory", "BC-Ferry", {"advisory": True}),
        ("BC-Ferry,KILL", "BC-Ferry", {"killed": True}),
        ("Oland-Ferry/", "Oland-Ferry", {}),
        ("OLAND-FERRY/LOG", "OLAND-FERRY/LOG", {}),
        ("FERRY, MARROW", "FERRY, MARROW", {}),
    ],
)
def test_a_slug_is_parted_from_its_version(slug: str, stem: str, said: dict[str, Any]) -> None:
    marks = Marks()
    assert split_slug(slug, marks) == stem
    assert marks == Marks(**said)


def test_a_field_needs_no_capitals() -> None:
    marks = Marks()
    read_field("2nd ld-writethru, adds quotes", marks)
    assert (marks.edition, marks.update) == (2, True)


@pytest.mark.parametrize("line", ["=2", "1st Add", "FIRST ADD", "Take 2 of 3", "2nd take"])
def test_a_line_tells_a_take(line: str) -> None:
    marks = Marks()
    assert is_markers(line, marks)
    assert marks == Marks(part=2)


def test_the_most_urgent_marker_counts() -> None:
    marks = Marks()
    assert is_markers("BULLETIN FLASH URGENT", marks)
    assert marks.urgency == 1

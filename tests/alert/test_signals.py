"""What copy claims to be, by its fields and its own words."""

from datetime import timedelta
from typing import Any

import pytest

from agents.alert.signals import Signals, read

from .samples import FERRY, NOW, tagged


def signals(headline: str = "", first: str = FERRY[0], **fields: Any) -> Signals:
    return read(tagged("a", [first], headline=headline, **fields), NOW)


def test_plain_copy_claims_nothing() -> None:
    assert signals("Ferry sinks off Marrow") == Signals()


@pytest.mark.parametrize(
    "headline", ["CORRECTED-Ferry sinks", "CORRECTION: Ferry sinks", "UPDATE 2-CORRECTED-Ferry sinks"]
)
def test_a_marked_headline_is_a_correction(headline: str) -> None:
    assert signals(headline).corrected


def test_copy_that_says_what_it_corrects_is_a_correction() -> None:
    assert signals("Ferry sinks", "(Corrects toll in first paragraph) " + FERRY[0]).corrected


def test_a_minister_who_is_corrected_makes_no_correction() -> None:
    assert not signals("Minister says figures were wrong", "The minister corrected himself on Tuesday.").corrected


@pytest.mark.parametrize("headline", ["STORY WITHDRAWN-Ferry sinks", "KILL: Ferry sinks", "MANDATORY KILL"])
def test_a_kill_is_seen_in_the_headline(headline: str) -> None:
    assert signals(headline).killed


def test_a_canceled_item_is_killed() -> None:
    assert signals(status="canceled").killed


@pytest.mark.parametrize("headline", ["Storm kills 12 in Marrow", "Killer whale seen off Tarn", "To kill a bill"])
def test_news_of_killing_is_no_kill(headline: str) -> None:
    assert not signals(headline).killed


def test_an_embargo_holds_until_its_time() -> None:
    assert signals(embargoed_until=NOW + timedelta(minutes=1)).held
    assert not signals(embargoed_until=NOW).held


def test_withheld_copy_is_held() -> None:
    assert signals(status="withheld").held


@pytest.mark.parametrize("headline", ["ADVISORY-Ferry press conference", "DAYBOOK", "NOTE TO EDITORS: schedule"])
def test_a_note_to_editors_is_an_advisory(headline: str) -> None:
    assert signals(headline).advisory


def test_an_advisory_council_in_the_news_is_none() -> None:
    assert not signals("Advisory council resigns").advisory

"""What copy claims to be, by its fields and the markers that were read from it."""

from datetime import timedelta
from typing import Any

from agents.alert.signals import Signals, read
from streams.records import Markers

from .samples import FERRY, NOW, tagged


def signals(**fields: Any) -> Signals:
    return read(tagged("a", FERRY, **fields), NOW)


def test_plain_copy_claims_nothing() -> None:
    assert signals(headline="Ferry sinks off Marrow") == Signals()


def test_copy_that_says_that_it_corrects_is_a_correction_even_without_saying_what() -> None:
    assert signals(markers=Markers(correction="")).corrected


def test_a_canceled_item_is_killed() -> None:
    assert signals(status="canceled").killed


def test_an_embargo_holds_until_its_time() -> None:
    assert signals(embargoed_until=NOW + timedelta(minutes=1)).held
    assert not signals(embargoed_until=NOW).held


def test_withheld_copy_is_held() -> None:
    assert signals(status="withheld").held


def test_a_second_take_continues_and_a_first_does_not() -> None:
    assert signals(markers=Markers(part=2)).continues
    assert not signals(markers=Markers(part=1)).continues


def test_a_note_to_editors_is_an_advisory() -> None:
    assert signals(markers=Markers(advisory=True)).advisory

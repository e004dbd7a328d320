"""Which lines are a page's, and which are copy."""

import pytest

from agents.clean.furniture import SURE, Sign, is_menu, mark_furniture, sign, weight
from agents.clean.layout import read_lines
from agents.clean.lines import measure

from .samples import LEAD, PLAN, RESCUE, text_of


@pytest.mark.parametrize(
    "text",
    [
        "Sign up for the morning newsletter",
        "By registering I accept the terms of service and the privacy policy",
        "Follow us on Facebook and Twitter for the latest news.",
        "Share this article",
        "All rights reserved. Nothing here may be reproduced.",
        "This story was originally published on March 3, 2026.",
        "We use cookies to improve your experience.",
        "READ | Storm heads for the coast",
        "Lesen Sie auch: Streik im Hafen beendet",
        "desk@example.org",
        "5 min read",
        "-----",
        "Home | News | Sport | Shop",
        "HOME NEWS SPORTS BUSINESS OPINION",
        "Tags Verrin Ships harbour",
    ],
)
def test_a_line_with_enough_signs_is_furniture_anywhere(text: str) -> None:
    line = measure(text, 0)
    assert weight(line, sign(line)) >= SURE


@pytest.mark.parametrize(
    "text",
    [
        "“Sign up for the morning newsletter,” he joked to reporters.",
        "Sign up for the marathon closes on Friday, the city said.",
        "The letter may not be published, a judge ruled.",
        "Israel and Russia open talks on world health and trade",
        "Gold 1,204 | Silver 17 | Copper 3 | Zinc 2",
        "World",
        "What comes next",
    ],
)
def test_a_line_with_too_few_signs_is_not(text: str) -> None:
    line = measure(text, 0)
    assert weight(line, sign(line)) < SURE


def test_signs_tell_labels_calls_and_closers_apart() -> None:
    signs = [sign(measure(text, 0)) for text in ("World:", "Read more", "Most Read", LEAD)]
    assert signs == [Sign.LABEL, Sign.CALL, Sign.CLOSER, Sign.NONE]


def test_a_headline_in_capitals_is_no_menu() -> None:
    assert not is_menu(measure("FREIGHTER AGROUND CLOSES HARBOUR", 0))
    assert not is_menu(measure("Freighter Aground Closes World News Harbour In Verrin, Police Say", 0))


def kinds(text: str) -> list[str]:
    lines = read_lines(text)
    mark_furniture(lines)
    return [line.kind for line in lines]


def test_a_label_is_furniture_beside_another_and_copy_alone() -> None:
    assert kinds(text_of(LEAD, "Print\nTweet", RESCUE)) == ["copy", "furniture", "furniture", "copy"]
    assert kinds(text_of(LEAD, "World", RESCUE)) == ["copy", "copy", "copy"]


def test_a_label_outside_the_copy_is_furniture() -> None:
    assert kinds(text_of("World", LEAD, RESCUE, "Sport")) == ["furniture", "copy", "copy", "furniture"]


def test_labels_alone_are_no_copy() -> None:
    assert set(kinds("Home\nWorld\nSport\nWeather")) == {"furniture"}


def test_an_unknown_line_below_furniture_after_the_copy_is_furniture() -> None:
    assert kinds(f"{LEAD}\n\nShare this article\nFishing Weekly\n\nA map") == ["copy", "furniture", "furniture", "copy"]


def test_a_link_at_the_end_of_a_longer_text_is_furniture() -> None:
    assert kinds(text_of(LEAD, RESCUE, LEAD, f"{PLAN}\nDive deeper"))[-1] == "furniture"
    assert kinds(text_of(LEAD, f"{PLAN}\nDive deeper"))[-1] == "copy"


def test_an_empty_page_has_no_furniture() -> None:
    assert kinds("") == []

"""Headlines told from other lines."""

import pytest

from agents.clean.headlines import could_be, cut_glued, forms, says
from agents.clean.lines import measure

from .samples import HEADLINE, LEAD


@pytest.mark.parametrize(
    "line",
    [
        HEADLINE.upper(),
        f"CORRECTED-{HEADLINE}",
        f"UPDATE 2 - {HEADLINE}",
        f"Wire: {HEADLINE}",
        f"{HEADLINE} – The Daily Example",
    ],
)
def test_a_headline_is_known_in_other_dress(line: str) -> None:
    assert says(measure(line, 0), forms(HEADLINE))
    assert says(measure(HEADLINE, 0), forms(line))


@pytest.mark.parametrize("line", [f"{HEADLINE}, dozens missing", HEADLINE.replace("Port Verrin", "Hale"), LEAD])
def test_a_line_that_says_more_or_else_is_not_the_headline(line: str) -> None:
    assert not says(measure(line, 0), forms(HEADLINE))


def test_no_headline_is_said_by_no_line() -> None:
    assert not says(measure("", 0), forms(""))


def test_a_sentence_a_label_a_list_or_a_row_of_figures_is_no_headline() -> None:
    assert could_be(measure(HEADLINE, 0))
    assert could_be(measure("Is the storm still coming?", 0))
    for text in (LEAD, "Verrin News", "Results on Tuesday so far:", "Verrin 2 Hale 1"):
        assert not could_be(measure(text, 0))


def test_a_headline_is_cut_off_only_before_a_new_sentence() -> None:
    assert cut_glued(f"{HEADLINE} {LEAD}", HEADLINE.upper()) == LEAD
    assert cut_glued(f"{HEADLINE}? {LEAD}", f"{HEADLINE}?") == LEAD
    assert cut_glued(f"{HEADLINE} on Tuesday", HEADLINE) is None
    assert cut_glued(HEADLINE, HEADLINE) is None
    assert cut_glued(LEAD, LEAD[:60]) is None


@pytest.mark.parametrize(
    ("lead", "cut"),
    [
        ("A kiln in Hale lost its roof during Lent; 52 people were hurt.", "A kiln in Hale lost its roof during"),
        ("President Biden meets Chinese leader Xi Jinping in Lima.", "President Biden meets"),
    ],
)
def test_a_lead_cut_short_before_a_name_is_no_headline_glued(lead: str, cut: str) -> None:
    assert cut_glued(lead, cut) is None

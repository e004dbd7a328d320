"""Photo captions and their credits."""

import pytest

from agents.clean.captions import mark_captions, split_caption
from agents.clean.layout import read_lines
from agents.clean.lines import measure

from .samples import CAPTION, CREDIT, LEAD, PLAN, QUOTE, RESCUE, text_of


@pytest.mark.parametrize(
    "credit",
    [
        "(photo credit: Ann Lee)",
        "(credit: Ann Lee/Wire/Reuters)",
        "(AP Photo/Ann Lee)",
        "(AP Photo/Ann Lee, File)",
        "(Ann Lee/AFP via Getty Images)",
        "[Photo: Ann Lee]",
        "(File photo)",
        "(Courtesy of the museum)",
        "REUTERS/Ann Lee",
        "Photo: Ann Lee via Getty Images",
        "Photo: Ann Lee\\TASS via Getty Images",
        "Photograph: Ann Lee/The Example",
        "| Photo by Ann Lee",
        "— Photo: AFP",
    ],
)
def test_a_credit_makes_a_caption(credit: str) -> None:
    ((words, found),) = split_caption(measure(f"{CAPTION} {credit}", 0))
    assert words == CAPTION
    assert found.strip() == credit.lstrip("|— ")


@pytest.mark.parametrize(
    "text",
    [
        "Workers in this file photo taken on March 3, 2026.",
        "The minister, in this handout image that his office released, in the capital, March 3, 2026.",
        "FILE - The minister speaks in the capital, March 3, 2026.",
        "FILE PHOTO: The minister speaks in the capital",
        "Image caption, The freighter lies at the river mouth",
    ],
)
def test_words_about_the_picture_make_a_caption(text: str) -> None:
    assert split_caption(measure(text, 0))


@pytest.mark.parametrize(
    "text",
    [
        "Police released a file photo of the suspect on Monday.",
        "He said the photo was a fake, AP reported.",
        "Inflation rose to 5 percent (source: Eurostat)",
        "The minister said so. (Reuters)",
        "Photo opportunities were scarce, by all accounts: it rained.",
        "They said it. “It is via Reuters that we heard it,” said he.",
        "(Photo: AP) The president said on Monday that he would go.",
        "Credit Verrin said: profits fell",
        "Video by the group showed men with guns near the old customs house.",
        f"{LEAD} {QUOTE} {CREDIT}",
        f"{LEAD} {RESCUE} {PLAN} {LEAD} {CREDIT}",
    ],
)
def test_copy_that_mentions_pictures_is_no_caption(text: str) -> None:
    assert split_caption(measure(text, 0)) == []


def marked(text: str) -> tuple[list[str], list[str]]:
    lines = read_lines(text)
    captions = mark_captions(lines)
    return captions, [line.text for line in lines if line.is_copy]


def test_a_caption_that_stands_more_than_once_is_given_once_with_its_credit() -> None:
    for text in (
        f"{CAPTION} {CREDIT}\n{CAPTION}\n{CREDIT}",
        f"{CAPTION} {CREDIT} {CAPTION} {CREDIT}",
        f"{CAPTION}\n\n{CAPTION} {CREDIT}",
    ):
        assert marked(text_of(LEAD, text, RESCUE)) == ([f"{CAPTION} {CREDIT}"], [LEAD, RESCUE])


def test_a_credit_below_its_caption_belongs_to_it() -> None:
    assert marked(text_of(LEAD, f"{CAPTION}\n{CREDIT}", RESCUE)) == ([f"{CAPTION} {CREDIT}"], [LEAD, RESCUE])


def test_a_credit_below_a_paragraph_leaves_the_paragraph() -> None:
    assert marked(text_of(LEAD, CREDIT, RESCUE)) == ([CREDIT], [LEAD, RESCUE])
    assert marked(f"{LEAD}\n{RESCUE}\n{CREDIT}\n{PLAN}") == ([CREDIT], [LEAD, RESCUE, PLAN])


def test_nearly_the_same_caption_beside_one_is_a_caption() -> None:
    near = "The freighter lies at the mouth of the river Verrin on Tuesday"
    captions, copy = marked(text_of(near, f"{CAPTION} {CREDIT}", LEAD))
    assert captions == [f"{CAPTION} {CREDIT}", near]
    assert copy == [LEAD]


def test_a_line_set_like_a_caption_is_one() -> None:
    other = "Ines Calder with her predecessor at the opening of the new quay."
    text = text_of(LEAD, f" {CAPTION} {CREDIT}", RESCUE, f" {other}", QUOTE, PLAN, LEAD, RESCUE)
    assert marked(text) == ([f"{CAPTION} {CREDIT}", other], [LEAD, RESCUE, QUOTE, PLAN, LEAD, RESCUE])


def test_copy_that_is_indented_throughout_is_no_caption() -> None:
    text = text_of(*(f" {each}" for each in (LEAD, f"{CAPTION} {CREDIT}", RESCUE, QUOTE, PLAN)))
    assert marked(text)[1] == [LEAD, RESCUE, QUOTE, PLAN]

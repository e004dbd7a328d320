"""When two figures are one."""

import pytest

from agents.dedupe.figures import Figure, figures, is_slip, rounds, same
from agents.dedupe.words import read


def only(text: str) -> Figure:
    (figure,) = figures(read(text))
    return figure


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("1,200", "1200"),
        ("1 200", "1,200"),
        ("twelve", "12"),
        ("twenty-one", "21"),
        ("two hundred and five", "205"),
        ("007", "7"),
        ("2,5", "2.5"),
        ("8-1/2", "8.5"),
        ("5½", "5.5"),
        ("1.2 million", "1,200,000"),
        ("$5m", "5 million dollars"),
        ("4 per cent", "4%"),
        ("9.30 a.m.", "9:30am"),
        ("9:30 pm", "21:30"),
        ("Oct. 12", "12 October"),
        ("Oct. 12", "October 12, 2013"),
        ("１２", "12"),
        ("١٬٢٠٠", "1,200"),
        ("1.2万", "12,000"),
        ("一亿二千万", "120 million"),
        ("四十", "40"),
    ],
)
def test_one_figure_written_two_ways_is_the_same(a: str, b: str) -> None:
    assert same(only(a), only(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("12", "40"),
        ("1.2", "12"),
        ("1,200", "1,210"),
        ("5 million", "5 billion"),
        ("5 dollars", "5 euros"),
        ("9:30 am", "9:30 pm"),
        ("Oct. 12", "Oct. 22"),
        ("Oct. 12", "Nov. 12"),
        ("October 12, 2013", "October 12, 2014"),
        ("12万", "12亿"),
    ],
)
def test_two_figures_differ(a: str, b: str) -> None:
    assert not same(only(a), only(b))


@pytest.mark.parametrize("text", ["ferry", "they may march", "a2"])
def test_other_words_are_no_figures(text: str) -> None:
    assert figures(read(text)) == ()


def test_about_says_that_a_figure_is_rounded() -> None:
    assert rounds(only("1,203"), only("1,200"), hedged=True)
    assert not rounds(only("1,203"), only("1,200"), hedged=False)
    assert rounds(only("1,234,567"), only("1.2 million"), hedged=False)
    assert not rounds(only("12"), only("40"), hedged=True)


@pytest.mark.parametrize(("old", "new"), [("1987", "187"), ("1987", "19987"), ("1987", "19l7"), ("1987", "1978")])
def test_a_character_lost_doubled_or_blurred_is_a_slip(old: str, new: str) -> None:
    assert is_slip(old, new)


@pytest.mark.parametrize(("old", "new"), [("12", "42"), ("12", "40"), ("1987", "1988")])
def test_another_digit_is_no_slip(old: str, new: str) -> None:
    assert not is_slip(old, new)

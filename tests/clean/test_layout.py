"""Lines made whole."""

import textwrap

import pytest

from agents.clean.layout import read_lines

from .samples import BODY, HEADLINE, LEAD, PLAN, RESCUE, text_of


def lines(text: str) -> list[str]:
    return [line.text for line in read_lines(text)]


@pytest.mark.parametrize("width", [40, 62, 80, 120])
def test_wrapped_lines_are_joined(width: int) -> None:
    wrapped = text_of(*(textwrap.fill(paragraph, width, break_on_hyphens=False) for paragraph in BODY * 2))
    assert lines(wrapped) == BODY * 2


def test_wrapped_copy_under_a_short_line_stays_apart_from_it() -> None:
    text = "(Agencies) —\n" + textwrap.fill(" ".join(BODY), 62)
    assert lines(text) == ["(Agencies) —", " ".join(BODY)]


def test_a_paragraph_a_line_stays_a_paragraph() -> None:
    assert lines("\n".join(BODY)) == BODY


def test_lines_of_a_list_stay_apart() -> None:
    menu = ["Home", "World", "Sport", "About us", "Sign in", "fishing", "letters"]
    assert lines("\n".join(menu)) == menu


def test_a_line_that_stops_in_mid_sentence_goes_on_in_the_next() -> None:
    assert lines("The harbour was closed on Tuesday after a\nfreighter ran aground.") == [
        "The harbour was closed on Tuesday after a freighter ran aground."
    ]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("the govern-\nment said so in a long reply", "the government said so in a long reply"),
        ("it was a well-\nknown and much-loved place", "it was a well-known and much-loved place"),
        ("it was a state-\nrun body in the capital", "it was a state-run body in the capital"),
        ("the anti-\nRussian march in the capital", "the anti-Russian march in the capital"),
        ("the tax on pre-\nand post-war houses rose", "the tax on pre- and post-war houses rose"),
    ],
)
def test_a_word_cut_at_the_lines_end_is_mended(broken: str, whole: str) -> None:
    assert lines(broken) == [whole]


def test_an_indented_line_begins_a_paragraph_in_wrapped_copy() -> None:
    wrapped = "\n".join(textwrap.fill(paragraph, 50, initial_indent="    ") for paragraph in BODY)
    assert lines(wrapped) == BODY


def test_bullets_lose_their_sign_and_stay_apart() -> None:
    found = read_lines(f"{LEAD}\n• {RESCUE}\n  * {PLAN}\n– One more\n- And another\n‣ {RESCUE}")
    assert [line.text for line in found] == [LEAD, RESCUE, PLAN, "One more", "And another", RESCUE]
    assert [line.bullet for line in found] == [False, True, True, True, True, True]


def test_a_dash_that_opens_a_wrapped_line_is_no_bullet() -> None:
    text = "The prime minister said that the harbour - the\n- biggest in the land - would stay closed until the tide"
    assert [line.bullet for line in read_lines(text)] == [False]


def test_a_dialogue_dash_stays() -> None:
    assert lines("— Нам повезло, — сказал капитан.") == ["— Нам повезло, — сказал капитан."]


def test_rows_of_a_table_stay_apart() -> None:
    rows = ["VERRIN     4.1   4.0   3.9", "HALE       0.7   0.7   0.6", "DORROW     0.3   0.3   0.3"]
    assert lines("\n".join(rows)) == [" ".join(row.split()) for row in rows]


def test_a_byline_or_dateline_below_a_full_line_stays_apart() -> None:
    copy = textwrap.fill(f"LONDON (Reuters) - {LEAD} {RESCUE}", 62)
    title = "Freighter aground closes the harbour of Port Verrin for a day"
    assert lines(f"{title}\nBy Jane Roe\n{copy}")[:2] == [title, "By Jane Roe"]
    assert lines(f"{title}\n{copy}")[0] == title
    assert lines(f"{HEADLINE.upper()} FOR A DAY, SAYS PORT\n{copy}")[0] == f"{HEADLINE.upper()} FOR A DAY, SAYS PORT"


def test_wrapped_chinese_is_joined_without_spaces() -> None:
    text = "港口管理局周二表示一艘货轮在河口搁浅后港口\n关闭约四十人被直升机救出无人受伤救援人员\n预计周四使船只重新浮起来港口管理局周二表\n示。"
    assert lines(text) == [text.replace("\n", "")]


def test_lines_know_their_block() -> None:
    assert [line.block for line in read_lines("A b\nC d\n\n\nE f")] == [0, 0, 2]

"""Copy that is a fault or an attack costs no more than as much ordinary copy: work is counted, not timed."""

import sys
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from agents.dedupe.alignment import Earlier
from agents.dedupe.comparison import compare
from agents.dedupe.words import LONGEST, read

WORDS = 1200


def work(act: Callable[[], object]) -> int:
    """How many calls of functions, and steps of generators, an act takes."""
    calls = 0

    def count(frame: Any, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return calls


def numbers(count: int, seed: int) -> list[str]:
    """Numbers of which every fifth differs from one seed to the next."""
    always, now = Random(0), Random(seed)
    return [str((always if at % 5 else now).randrange(10, 99999)) for at in range(count)]


def names(count: int, seed: int) -> list[str]:
    """As many made-up words without any full stop, of which every tenth differs."""
    always, now = Random(0), Random(seed)
    return ["".join((always if at % 10 else now).choices("abcdefghijklmnop", k=6)).capitalize() for at in range(count)]


FILLERS: dict[str, Callable[[int, int], str]] = {
    "one word": lambda count, seed: "ferry " * count,
    "one sentence": lambda count, seed: "The ferry left its quay at dawn in fog. " * (count // 9) + f"Ship {seed}.",
    "one sentence with a figure": lambda count, seed: " ".join(
        f"The ferry took {each} crates from its quay." for each in numbers(count // 8, seed)
    ),
    "numbers in a row": lambda count, seed: " ".join(numbers(count, seed)),
    "numbers in lines": lambda count, seed: "\n\n".join(numbers(count, seed)),
    "no full stop": lambda count, seed: " ".join(names(count, seed)),
    "one word a line": lambda count, seed: "\n\n".join(names(count, seed)),
    "marks never closed": lambda count, seed: " ".join(f"“{each}" for each in names(count, seed)),
    "a word in marks each": lambda count, seed: " ".join(f"“{each}”" for each in names(count, seed)),
    "a number without end": lambda count, seed: "一二三" * (count // 3) + "四五六"[seed],
    "a month": lambda count, seed: " ".join(f"May {each[:2]}" for each in numbers(count // 2, seed)),
}


@pytest.mark.parametrize("filler", FILLERS.values(), ids=FILLERS)
def test_twice_the_filler_is_twice_the_work(filler: Callable[[int, int], str]) -> None:
    def comparing(count: int) -> int:
        return work(lambda: compare(read(filler(count, 1)), [Earlier("e", "d", read(filler(count, 2)))]))

    assert comparing(2 * WORDS) <= 2.5 * comparing(WORDS)


@pytest.mark.parametrize(("count", "new"), [(300, 0), (6000, 1)])
def test_a_line_mistyped_throughout_is_recognised_in_articles_of_ordinary_size(count: int, new: int) -> None:
    words = [each.lower() for each in names(count, 1)]
    lines = [f"{' '.join(words[at : at + 10])}." for at in range(0, count, 10)]
    mistyped = [*lines[:5], " ".join(word[at % 3 != 1 :] for at, word in enumerate(lines[5].split())), *lines[6:]]
    found = compare(read("\n\n".join(mistyped)), [Earlier("e", "d", read("\n\n".join(lines)))])
    assert sum(passage.novel for passage in found.passages) == new


def test_a_paragraph_of_many_pages_falls_into_its_sentences_wherever_it_is_read_in_stretches() -> None:
    text = "The ferry left its quay at dawn. " * 1000
    assert {text[span.start : span.end] for span in read(text).passages} == {"The ferry left its quay at dawn."}


def test_what_runs_on_without_a_full_stop_is_cut_in_passages_that_leave_nothing_out() -> None:
    copy = read(" ".join(names(1000, 1)))
    assert max(span.last - span.first for span in copy.passages) <= LONGEST
    assert [span.first for span in copy.passages[1:]] == [span.last for span in copy.passages[:-1]]
    assert " ".join(copy.text[span.start : span.end] for span in copy.passages) == copy.text

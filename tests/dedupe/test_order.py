"""Which of several earlier articles is named as the one told again."""

from agents.dedupe.alignment import Earlier
from agents.dedupe.comparison import compare
from agents.dedupe.words import read

from .samples import BUDGET, FERRY, ORCHARD

SHORT = "\n\n".join(FERRY.split("\n\n")[:3])


def told_again(text: str, **earlier: str) -> str:
    known = [Earlier(name, name, read(each)) for name, each in earlier.items()]
    return compare(read(text), known).matches[0].id


def test_an_article_told_on_is_the_original_though_more_was_taken_in_from_another() -> None:
    assert told_again(f"{SHORT}\n\n{BUDGET}", other=f"{ORCHARD}\n\n{FERRY}\n\n{BUDGET}", original=SHORT) == "other"
    assert told_again(f"{SHORT}\n\n{BUDGET}", other=f"{ORCHARD}\n\n{ORCHARD}\n\n{BUDGET}", original=SHORT) == "original"


def test_of_two_versions_the_reprinted_one_is_the_original() -> None:
    later = f"{FERRY}\n\n{SHORT.replace('12 people', '40 people')}"
    assert told_again(FERRY, first=FERRY, later=later) == "first"
    assert told_again(later, first=FERRY, later=later) == "later"


def test_of_equal_copies_the_first_is_the_original() -> None:
    assert told_again(SHORT, first=FERRY, second=FERRY) == "first"


def test_of_one_copy_in_several_frames_the_first_is_the_original() -> None:
    assert told_again(f"{SHORT}\n\n{BUDGET}", page=f"{ORCHARD}\n\n{SHORT}", bare=SHORT) == "page"

"""What a reader sees marked is what is new, to the letter."""

from hypothesis import given
from hypothesis import strategies as st

from agents.console.origins import Told
from agents.console.passages import fits, pieces
from streams.records import Change, Novel
from tests.console.samples import clean, novel, words

TOLD = "At least 40 people died when the ferry Ondine capsized, the coast guard said."
ADDED = "A prosecutor seized the logbooks. 🚢 Her office gave no reason."
ARTICLE = clean("a", TOLD, ADDED, "It was bound for Tarn.")


def change(old: str, new: str, context: str = TOLD) -> Change:
    return Change(kind="figure", old=old, new=new, context=context)


def test_new_passages_are_marked_and_nothing_else() -> None:
    found = pieces(ARTICLE.text, novel(ARTICLE, "Her office gave no reason."), [])
    assert words(found, "new") == ["Her office gave no reason."]
    assert words(found, "seen") == [TOLD, "A prosecutor seized the logbooks. 🚢 ", "It was bound for Tarn."]


def test_a_changed_figure_stands_beside_what_it_was() -> None:
    found = pieces(ARTICLE.text, [], [change("12", "40")])
    assert [(piece.text, piece.old) for piece in found[0] if piece.kind == "changed"] == [("40", "12")]


def test_a_figure_is_found_as_a_word_of_its_own() -> None:
    text = "In 1940 some 40 ships sank."
    found = pieces(text, [], [change("12", "40", text)])
    assert [piece.text for piece in found[0]] == ["In 1940 some ", "40", " ships sank."]


def test_a_change_that_stands_nowhere_in_the_text_marks_nothing() -> None:
    assert words(pieces(ARTICLE.text, [], [change("12", "41"), change("1", "40", "Other words.")]), "changed") == []


def test_a_passage_may_run_over_paragraphs() -> None:
    text = "One.\n\nTwo.\n\nThree."
    found = pieces(text, [Novel(text=text[2:14], start=2, end=14)], [])
    assert words(found, "new") == ["e.", "Two.", "Th"]


@given(
    st.lists(st.text(min_size=1).filter(lambda each: "\n" not in each), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5),
)
def test_no_letter_is_lost_whatever_is_new(paragraphs: list[str], spans: list[tuple[int, int]]) -> None:
    text = "\n\n".join(paragraphs)
    passages = [Novel(text=text[min(each) : max(each)], start=min(each), end=max(each)) for each in spans]
    found = pieces(text, passages, [])
    assert ["".join(piece.text for piece in paragraph) for paragraph in found] == [each for each in paragraphs if each]


def test_passages_of_another_version_do_not_fit() -> None:
    assert fits(ARTICLE.text, novel(ARTICLE, TOLD))
    assert not fits(ARTICLE.text.replace("40", "12"), novel(ARTICLE, TOLD))


def test_seen_passages_say_who_told_them_first() -> None:
    middle = ARTICLE.text.index(ADDED)
    told = [Told(0, middle - 2, "first"), Told(middle, middle + 33, "second"), Told(middle + 34, middle + 62, "second")]
    found = pieces(ARTICLE.text, [], [change("12", "40")], told)
    assert [[(piece.kind, piece.first) for piece in paragraph] for paragraph in found] == [
        [("seen", "first"), ("changed", ""), ("seen", "first")],
        [("seen", "second")],
        [("seen", "")],
    ]


def test_new_sentences_that_follow_one_another_are_marked_as_one() -> None:
    passages = novel(ARTICLE, "A prosecutor seized the logbooks. 🚢", "Her office gave no reason.")
    assert words(pieces(ARTICLE.text, passages, []), "new") == [ADDED]

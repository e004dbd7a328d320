"""Copy of any size and shape reaches the model in pieces that it can bear."""

from agents.extract.pieces import LENGTH, pieces

PARAGRAPH = "Ministers met in Geneva on Monday to speak of grain. " * 20


def test_the_passages_of_a_usual_article_are_one_piece() -> None:
    assert list(pieces(["Zelensky spoke.", "Bennett listened."])) == ["Zelensky spoke.\n\nBennett listened."]


def test_no_passages_make_no_piece() -> None:
    assert list(pieces([])) == list(pieces(["", "  \n"])) == []


def test_long_copy_is_cut_at_paragraph_ends() -> None:
    cut = list(pieces([PARAGRAPH] * 40))
    assert len(cut) > 1
    assert all(piece.endswith("\n\n") for piece in cut[:-1])


def test_a_long_paragraph_is_cut_at_the_end_of_a_sentence() -> None:
    cut = list(pieces([PARAGRAPH * 40]))
    assert len(cut) > 1
    assert all(piece.endswith(". ") for piece in cut[:-1])


def test_nothing_is_lost_and_no_piece_is_too_long() -> None:
    for text in (PARAGRAPH * 100, "word " * 10_000, "中文" * 20_000, "(" * 50_000):
        cut = list(pieces([text]))
        assert "".join(cut).replace(" ", "") == text.replace(" ", "")
        assert max(map(len, cut)) <= LENGTH


def test_no_run_of_signs_reaches_the_tokeniser_whole() -> None:
    assert max(len(word) for piece in pieces(["(" * 30_000]) for word in piece.split()) <= 400

"""How a text falls into passages and words."""

from agents.dedupe.words import read


def test_a_title_or_an_initial_ends_no_sentence() -> None:
    text = "Mr. Holm of the U.S. embassy left at 9.30 a.m. on Monday. He gave no reason."
    assert [text[p.start : p.end] for p in read(text).passages] == [text[:57], text[58:]]


def test_a_paragraph_ends_a_sentence_without_a_full_stop() -> None:
    text = "Ferry sinks\n\nTwelve died"
    assert [text[p.start : p.end] for p in read(text).passages] == ["Ferry sinks", "Twelve died"]


def test_words_are_compared_without_case_and_with_compatible_letters() -> None:
    assert read("ＦＥＲＲＹ Ferry").words == ("ferry", "ferry")


def test_figures_keep_their_points_and_a_mistyped_word_stays_one() -> None:
    assert read("1,200 in th1ee lots of 4.5").words == ("1,200", "in", "th1ee", "lots", "of", "4.5")


def test_each_chinese_character_is_a_word() -> None:
    assert read("渡轮倾覆").words == ("渡", "轮", "倾", "覆")


def test_a_stretch_reads_as_it_was_written() -> None:
    assert read("The Ondine, a ferry, sank.").surface(1, 4) == "Ondine, a ferry"


def test_an_empty_text_has_no_words_and_no_passages() -> None:
    copy = read("")
    assert copy.words == ()
    assert copy.passages == ()

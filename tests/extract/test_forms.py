"""A name is compared without title, article, possessive, dots and case, and shown as its owner would sign."""

import pytest

from agents.extract.forms import Form, acronym, initials, read


def form(text: str, label: str = "PERSON") -> Form:
    found = read(text, label)
    assert found
    return found


@pytest.mark.parametrize(
    ("text", "label", "shown"),
    [
        ("Prime Minister Naftali Bennett", "PERSON", "Naftali Bennett"),
        ("Bennett’s", "PERSON", "Bennett"),
        ("Gray’ s", "PERSON", "Gray"),
        ("BENNETT'S", "PERSON", "BENNETT"),
        ("Jamaal Charles'", "PERSON", "Jamaal Charles"),
        ("• Bennett", "PERSON", "Bennett"),
        ("“Bennett”", "PERSON", "Bennett"),
        ("Bishop", "PERSON", "Bishop"),
        ("Frau Dr. Angela Merkel", "PERSON", "Angela Merkel"),
        ("King Charles III", "PERSON", "King Charles III"),
        ("the United Nations", "ORG", "United Nations"),
        ("The Kremlin", "ORG", "Kremlin"),
        ("The Hague", "GPE", "The Hague"),
        ("Thebes", "GPE", "Thebes"),
        ("Moody's", "ORG", "Moody's"),
        ("Microsoft's", "ORG", "Microsoft"),
        ("President Motors", "ORG", "President Motors"),
        ("U.S.", "GPE", "U.S."),
        ("U. N.", "ORG", "U.N."),
        ("Bentiu.", "GPE", "Bentiu"),
        ("Acme Inc.", "ORG", "Acme Inc."),
        ("Court (Strasbourg)", "ORG", "Court (Strasbourg)"),
        ("Philly\n\nCheeks", "GPE", "Philly"),
        ("Владимир  Путин", "PERSON", "Владимир Путин"),
        ("दिल्ली", "GPE", "दिल्ली"),
        ("北京", "GPE", "北京"),
    ],
)
def test_a_name_is_shown_without_what_is_put_around_it(text: str, label: str, shown: str) -> None:
    assert form(text, label).shown == shown


@pytest.mark.parametrize(
    ("one", "other", "label"),
    [
        ("U.S.", "US", "GPE"),
        ("USA", "U.S.", "GPE"),
        ("United States of America", "the United States", "GPE"),
        ("PUTIN", "Putin", "PERSON"),
        ("King Charles III", "Charles III", "PERSON"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", "PERSON"),
        ("O’Brien", "O'Brien", "PERSON"),
        ("Hewlett - Packard", "Hewlett-Packard", "ORG"),
        ("Johnson & Johnson", "Johnson and Johnson", "ORG"),
        ("Apple Inc.", "Apple", "ORG"),
    ],
)
def test_two_writings_of_a_name_meet(one: str, other: str, label: str) -> None:
    assert form(one, label).words == form(other, label).words


@pytest.mark.parametrize(
    ("one", "other", "label"),
    [
        ("New York", "New York Times", "ORG"),
        ("दिल्ली", "दाल", "GPE"),
        ("Moody's", "Moody", "ORG"),
        ("Apple Inc.", "Apple", "WORK_OF_ART"),
        ("William Hague", "The Hague", "PERSON"),
    ],
)
def test_two_names_stay_two(one: str, other: str, label: str) -> None:
    assert form(one, label).words != form(other, label).words


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("March 12", "DATE"),
        ("12", "ORG"),
        ("•", "ORG"),
        ("   ", "PERSON"),
        ("Revs 634.5", "PERSON"),
        ("Prime Minister", "PERSON"),
        ("utc|page", "ORG"),
        ("https://example.org/page", "ORG"),
        ("Home News Sport Weather iPlayer Sounds Bitesize More menu Search Home News World Africa Asia", "ORG"),
        ("a" * 1_000_000, "ORG"),
    ],
)
def test_figures_and_junk_are_no_names(text: str, label: str) -> None:
    assert read(text, label) is None


def test_an_acronym_is_two_to_six_capitals_of_any_script() -> None:
    assert [acronym(form(text, "ORG")) for text in ("UN", "U.N.", "ООН", "Nato", "X", "RUSSIAN", "北京")] == [
        "un", "un", "оон", None, None, None, None,
    ]  # fmt: skip


def test_initials_are_taken_with_the_small_words_and_without() -> None:
    assert initials(form("the Democratic Republic of Congo", "GPE")) == {"droc", "drc"}
    assert initials(form("Russia", "GPE")) == set()

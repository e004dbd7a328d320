"""The names of one thing in an article come together, and nothing else does."""

import itertools
from string import ascii_lowercase

from agents.extract.names import gather
from streams.records import Entity


def people(*names: str) -> list[Entity]:
    return gather([(name, "PERSON") for name in names])


def names(entities: list[Entity]) -> list[str]:
    return [entity.name for entity in entities]


def test_a_surname_joins_the_full_name() -> None:
    assert people("Volodymyr Zelensky", "Zelensky", "Zelensky") == [
        Entity(name="Volodymyr Zelensky", kind="PERSON", forms=["Volodymyr Zelensky", "Zelensky"], count=3)
    ]


def test_a_surname_joins_a_full_name_that_comes_later() -> None:
    assert people("Zelensky", "Volodymyr Zelensky") == [
        Entity(name="Volodymyr Zelensky", kind="PERSON", forms=["Zelensky", "Volodymyr Zelensky"], count=2)
    ]


def test_titles_and_possessives_are_forms_but_no_part_of_the_name() -> None:
    assert people("Prime Minister Naftali Bennett", "Bennett", "Bennett’s") == [
        Entity(
            name="Naftali Bennett",
            kind="PERSON",
            forms=["Prime Minister Naftali Bennett", "Bennett", "Bennett’s"],
            count=3,
        )
    ]


def test_a_surname_of_more_words_joins_the_full_name() -> None:
    assert names(people("Alexander Ben Zvi", "Ben Zvi", "Bashar al-Assad", "Assad")) == [
        "Alexander Ben Zvi",
        "Bashar al-Assad",
    ]


def test_a_middle_initial_makes_no_second_person() -> None:
    assert names(people("Donald Trump", "Donald J. Trump", "D. Trump")) == ["Donald J. Trump"]


def test_a_surname_that_two_people_share_counts_for_the_one_named_first() -> None:
    joe, jill = people("Joe Biden", "Jill Biden", "Biden")
    assert (joe.name, joe.count) == ("Joe Biden", 2)
    assert (jill.name, jill.count) == ("Jill Biden", 1)


def test_a_surname_goes_before_another_persons_given_name() -> None:
    harden, lebron = people("James Harden", "LeBron James", "James")
    assert (harden.count, lebron.count) == (1, 2)


def test_a_father_is_not_his_son() -> None:
    father, son = people("Donald Trump", "Donald Trump Jr.", "Trump")
    assert (father.name, father.count) == ("Donald Trump", 2)
    assert (son.name, son.count) == ("Donald Trump Jr.", 1)


def test_a_king_keeps_his_title_and_is_known_without_it() -> None:
    assert names(people("King Charles III", "Charles", "King Charles", "Pope Francis", "Francis")) == [
        "King Charles III",
        "Pope Francis",
    ]


def test_two_names_joined_by_a_hyphen_are_nobodys_full_name() -> None:
    assert names(people("Putin-Zelensky", "Putin", "Zelensky")) == ["Putin-Zelensky", "Putin", "Zelensky"]


def test_people_come_together_in_other_scripts() -> None:
    assert names(people("Владимир Путин", "Путин", "बेंजामिन नेतन्याहू", "नेतन्याहू", "习近平")) == [
        "Владимир Путин",
        "बेंजामिन नेतन्याहू",
        "习近平",
    ]


def test_an_acronym_joins_the_name_it_stands_for() -> None:
    entities = gather([("the United Nations", "ORG"), ("U.N.", "ORG"), ("UN", "GPE"), ("NATO", "ORG")])
    assert names(entities) == ["United Nations", "NATO"]
    assert entities[0] == Entity(name="United Nations", kind="ORG", forms=["the United Nations", "U.N.", "UN"], count=3)


def test_the_united_states_are_one_however_shortened() -> None:
    for order in itertools.permutations(["US", "U.S.", "the United States", "USA"]):
        assert names(gather([(form, "GPE") for form in order])) == ["United States"]


def test_an_acronym_that_two_names_fit_stays_by_itself() -> None:
    entities = gather([("Palestinian Authority", "ORG"), ("Port Authority", "ORG"), ("PA", "ORG")])
    assert names(entities) == ["Palestinian Authority", "Port Authority", "PA"]


def test_an_acronym_in_another_script_joins_its_name() -> None:
    assert len(gather([("Организация Объединённых Наций", "ORG"), ("ООН", "ORG")])) == 1


def test_a_city_is_not_its_newspaper() -> None:
    assert names(gather([("New York", "GPE"), ("the New York Times", "ORG")])) == ["New York", "New York Times"]


def test_a_city_is_not_the_person_named_like_it() -> None:
    assert names(gather([("Denzel Washington", "PERSON"), ("Washington", "GPE")])) == [
        "Denzel Washington",
        "Washington",
    ]


def test_a_company_is_known_without_its_ending_and_named_with_it() -> None:
    assert names(gather([("Apple", "ORG"), ("Apple Inc.", "ORG"), ("Apple's", "ORG")])) == ["Apple Inc."]


def test_a_people_is_one_in_singular_and_plural() -> None:
    assert names(gather([("Russian", "NORP"), ("Russians", "NORP"), ("Democrats", "NORP")])) == ["Russian", "Democrats"]


def test_the_commonest_label_of_a_form_is_its_kind() -> None:
    assert gather([("Kyiv", "PERSON"), ("Kyiv", "GPE"), ("Kyiv", "GPE")]) == [
        Entity(name="Kyiv", kind="GPE", forms=["Kyiv"], count=3)
    ]


def test_of_two_labels_as_common_the_earlier_holds() -> None:
    assert gather([("Kyiv", "GPE"), ("Kyiv", "PERSON")])[0].kind == "GPE"


def test_capitals_of_a_headline_are_not_the_name() -> None:
    assert names(gather([("ZELENSKY", "PERSON"), ("Zelensky", "PERSON")])) == ["Zelensky"]


def test_entities_stand_in_the_order_of_first_mention() -> None:
    entities = gather([("Putin", "PERSON"), ("Moscow", "GPE"), ("Vladimir Putin", "PERSON")])
    assert names(entities) == ["Vladimir Putin", "Moscow"]


def test_figures_and_dates_are_left_to_others() -> None:
    assert gather([("40", "CARDINAL"), ("Monday", "DATE"), ("$3 million", "MONEY"), ("•", "ORG")]) == []


def test_thousands_of_namesakes_take_no_quadratic_time() -> None:
    crowd = [f"{''.join(letters)}x Smith" for letters in itertools.product(ascii_lowercase, repeat=3)]
    first, *others = people(*crowd, "Smith")
    assert (first.count, len(others)) == (2, len(crowd) - 1)

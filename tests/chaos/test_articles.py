"""The generator's copy is the same for the same seed, and true to what it says of itself."""

from collections import Counter

import pytest

from tests.chaos.articles import Copy, Shares, wire


@pytest.fixture(scope="module")
def copies() -> list[Copy]:
    return wire(2000, seed=3)


def test_the_same_seed_writes_the_same_copy(copies: list[Copy]) -> None:
    begin = copies[0].article.published
    assert [each.article for each in wire(50, 3, begin=begin)] == [each.article for each in wire(90, 3, begin=begin)][
        :50
    ]
    assert [each.article.text for each in wire(50, 4)] != [each.article.text for each in copies[:50]]


def test_every_article_carries_the_facts_that_it_tells(copies: list[Copy]) -> None:
    assert [
        each.article.id for each in copies if not all(mark in (each.article.text or "") for mark in each.tells)
    ] == []


def test_a_fact_stands_in_no_other_passage_of_its_event(copies: list[Copy]) -> None:
    passages: dict[tuple[int, str], set[str]] = {}
    for copy in copies:
        for mark in copy.tells:
            holding = {part for part in (copy.article.text or "").split("\n\n") if mark in part}
            passages.setdefault((copy.event, mark), set()).update(holding)
    assert {fact: found for fact, found in passages.items() if len(found) > 1} == {}


def test_an_article_comes_after_earlier_ones_of_its_event_alone(copies: list[Copy]) -> None:
    assert [
        each.role for each in copies if not (each.after or each.behind or each.role in ("original", "advisory"))
    ] == []
    at = {each.article.id: number for number, each in enumerate(copies)}
    for number, copy in enumerate(copies):
        for name in (*copy.after, *copy.behind):
            assert at[name] < number
            assert copies[at[name]].event == copy.event


def test_the_shares_are_those_asked_for() -> None:
    shares = Shares(repeats=0.7, updates=0.1, tolls=0.0, corrections=0.0, kills=0.0, advisories=0.0, hurried=1.0)
    kinds = Counter(each.role for each in wire(2000, shares=shares))
    assert set(kinds) == {"original", "update", "repeat"}
    assert 0.66 < kinds["repeat"] / 2000 < 0.74
    assert not any(each.after for each in wire(200, shares=shares) if each.role == "repeat")

"""A filter catches what it asks for, and nothing else."""

from typing import Any

import pytest

from agents.deliver.filters import Filter
from streams.records import ArticleRef, Change

from .samples import alert

FERRY = alert()


def test_a_filter_without_conditions_catches_everything() -> None:
    assert Filter().catches(FERRY)


@pytest.mark.parametrize(
    "conditions",
    [
        {"entity": ("ondine",)},
        {"entity": ("Saint Orla", "Ondine")},
        {"words": ("ferry Ondine",)},
        {"words": ("COAST GUARD",)},
        {"source": ("harbour post",)},
        {"story": ("s1",)},
        {"kind": ("update", "new")},
        {"urgency": 2},
        {"urgency": 5},
        {"language": ("en",)},
        {"language": ("en-gb",)},
        {"place": ("marrow",)},
        {"place": ("Dorrow",)},
        {"entity": ("Ondine",), "kind": ("new",)},
        {"alls": (Filter(kind=("new",)), Filter(urgency=3))},
        {"anys": (Filter(kind=("update",)), Filter(words=("capsized",)))},
        {"nots": (Filter(kind=("update",)), Filter(source=("Other",)))},
    ],
)
def test_an_alert_that_is_asked_for_is_caught(conditions: dict[str, Any]) -> None:
    assert Filter(**conditions).catches(FERRY)


@pytest.mark.parametrize(
    "conditions",
    [
        {"entity": ("Orla",)},
        {"entity": ("Ond",)},
        {"words": ("ferries",)},
        {"words": ("Ondine ferry",)},
        {"source": ("Harbour",)},
        {"story": ("s",)},
        {"kind": ("update",)},
        {"urgency": 1},
        {"language": ("e",)},
        {"language": ("en-US",)},
        {"place": ("Mar",)},
        {"entity": ("Ondine",), "kind": ("update",)},
        {"alls": (Filter(kind=("new",)), Filter(urgency=1))},
        {"anys": (Filter(kind=("update",)), Filter(words=("sailed",)))},
        {"nots": (Filter(kind=("update",)), Filter(source=("Harbour Post",)))},
    ],
)
def test_an_alert_that_is_not_asked_for_is_not_caught(conditions: dict[str, Any]) -> None:
    assert not Filter(**conditions).catches(FERRY)


def test_what_an_alert_does_not_say_is_not_asked_for() -> None:
    bare = alert(urgency=None, language=None, places=[], entities=[], article=ArticleRef(id="a"))
    asked: list[dict[str, Any]] = [
        {"urgency": 9},
        {"language": ("en",)},
        {"place": ("Marrow",)},
        {"entity": ("Ondine",)},
        {"source": ("Harbour Post",)},
    ]
    assert [Filter(**each).catches(bare) for each in asked] == [False] * 5


def test_words_are_looked_for_in_what_changed() -> None:
    change = Change(kind="figure", old="12", new="40", context="The toll rose to 40.")
    assert Filter(words=("toll rose",)).catches(alert(changes=[change]))


def test_words_do_not_run_from_one_passage_into_the_next() -> None:
    assert not Filter(words=("marrow at least",)).catches(FERRY)


def test_a_story_is_known_by_the_names_of_those_merged_into_it() -> None:
    assert Filter(story=("old",)).catches(alert(merged=["old"]))

"""Two events of one kind in one week stay two stories, and all copy on each stays in one."""

import pytest

from agents.alert.desk import Desk
from agents.alert.placement import place
from agents.alert.stories import Counts, Profile, Story, others, profile, summed
from agents.alert.terms import leading, terms
from streams.thresholds import OTHER_PEOPLE, Thresholds

from .events import ARRESTS, QUAKES, VOTES, article, stream
from .samples import NOW

VENN, CASTAN = ARRESTS["venn"], ARRESTS["castan"]


def about(text: str) -> Profile:
    tagged = article("a", text)
    return profile(terms(tagged), "en", Counts(), leading(tagged))


def story(*texts: str) -> Story:
    return Story(id="story", headline="", profile=summed([about(each) for each in texts]))


@pytest.mark.parametrize(
    "events", [QUAKES, ARRESTS, VOTES, QUAKES | ARRESTS | VOTES], ids=["quakes", "arrests", "votes", "all"]
)
@pytest.mark.parametrize("backwards", [False, True])
async def test_like_events_of_one_week_stay_apart(desk: Desk, events: dict[str, list[str]], backwards: bool) -> None:
    stories: dict[str, set[str | None]] = {event: set() for event in events}
    told = stream(events)
    for event, each in reversed(told) if backwards else told:
        (outcome,) = await desk.judge(each, NOW)
        stories[event].add(outcome.verdict.story)
    assert [len(each) for each in stories.values()] == [1] * len(events)
    assert len(set().union(*stories.values())) == len(events)


@pytest.mark.parametrize("told", [VENN[:1], VENN], ids=["young", "old"])
@pytest.mark.parametrize("new", [CASTAN[0], CASTAN[2]])
def test_copy_about_somebody_else_is_about_other_people(told: list[str], new: str) -> None:
    assert others(about(new), story(*told).profile)


def test_a_spokesman_who_is_new_makes_no_other_people() -> None:
    lawyer = about(f"Lawyer Ines Kallo spoke for Venn. {VENN[1]}")
    assert "kallo" in lawyer.leads
    assert not others(lawyer, story(*VENN).profile)


def test_copy_that_names_nobody_is_not_about_others() -> None:
    assert not others(about("Police said that the player had been drunk."), story(*VENN).profile)


def test_one_whom_a_single_article_of_many_leads_with_is_not_what_a_story_is_about() -> None:
    running = story(*VENN, f"Coach Edda Moor was silent. {VENN[2]}")
    assert "moor" in running.profile.leads
    assert not others(about(f"Tomas Rehl was his doctor. {VENN[0]}"), running.profile)


def test_other_people_weigh_the_likeness_down() -> None:
    placement = place(about(CASTAN[0]), [story(VENN[0])], {}, NOW, Thresholds())
    (candidate,) = placement.looked
    without = place(about(CASTAN[0]), [story(VENN[0].replace("Venn", "Castan"))], {}, NOW, Thresholds()).looked[0]
    assert candidate.other_people
    assert not without.other_people
    assert candidate.score < OTHER_PEOPLE * without.score

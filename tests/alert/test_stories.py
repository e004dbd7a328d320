"""Which story an article belongs to."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from agents.alert.placement import ends, place
from agents.alert.stories import KEPT, Counts, Profile, Story, likeness, profile, summed
from agents.alert.terms import terms
from streams.records import Entity
from streams.thresholds import Thresholds

from .samples import BUDGET, FERRY, INQUIRY, tagged

THRESHOLDS = Thresholds(story_hours=168)
WHEN = datetime(2026, 3, 3, tzinfo=UTC)
QUAKE_NORTH = [
    "A magnitude 6.1 earthquake shook the province of Nortava on Monday, killing 14 people, officials said.",
    "Rescue teams searched collapsed houses in Elvik. Governor Asta Berg asked for tents after the quake.",
]
QUAKE_NORTH_LATER = [
    "Rescuers in Elvik pulled a child from the rubble two days after the 6.1 quake in Nortava province.",
    "Governor Asta Berg said that 19 people had died.",
]
QUAKE_SOUTH = [
    "A magnitude 7.3 earthquake struck near the city of Sarmiel on Tuesday, killing 230 people, officials said.",
    "Rescue teams searched collapsed houses along the coast. Mayor Luis Orme asked for tents after the quake.",
]


NAMES = {"Nortava": "GPE", "Elvik": "GPE", "Asta Berg": "PERSON", "Sarmiel": "GPE", "Luis Orme": "PERSON"}


def about(paragraphs: list[str], counts: Counts | None = None) -> Profile:
    """An article's profile, with those names tagged that its text holds."""
    text = " ".join(paragraphs)
    entities = [Entity(name=name, kind=kind) for name, kind in NAMES.items() if name in text]
    return profile(terms(tagged("a", paragraphs, entities=entities)), "en", counts or Counts())


def story(name: str, *articles: list[str], last: datetime | None = None) -> Story:
    return Story(id=name, headline="", profile=summed([about(each) for each in articles]), last=last)


def placed(paragraphs: list[str], *stories: Story, **overlaps: float) -> str | None:
    return place(about(paragraphs), stories, overlaps, WHEN, THRESHOLDS).story


def test_an_article_on_a_running_story_joins_it() -> None:
    assert placed(QUAKE_NORTH_LATER, story("budget", BUDGET), story("north", QUAKE_NORTH)) == "north"
    assert placed(INQUIRY, story("ferry", FERRY)) == "ferry"


def test_an_article_on_something_else_opens_a_story() -> None:
    placement = place(about(BUDGET), [story("ferry", FERRY)], {}, WHEN, THRESHOLDS)
    assert placement.story is None
    assert placement.score < placement.needed == THRESHOLDS.same_story


def test_two_earthquakes_stay_two_stories() -> None:
    north = story("north", QUAKE_NORTH)
    assert placed(QUAKE_SOUTH, north) is None
    assert placed(QUAKE_NORTH_LATER, north, story("south", QUAKE_SOUTH)) == "north"


def test_reused_text_decides_where_words_do_not() -> None:
    assert placed(BUDGET, story("ferry", FERRY), ferry=0.8) == "ferry"


def test_a_sentence_quoted_in_passing_does_not_decide() -> None:
    assert placed(INQUIRY, story("ferry", FERRY), story("budget", BUDGET), budget=0.05) == "ferry"


def test_the_second_best_story_is_told_too() -> None:
    placement = place(
        about(QUAKE_NORTH_LATER), [story("s", QUAKE_SOUTH), story("n", QUAKE_NORTH)], {}, WHEN, THRESHOLDS
    )
    assert placement.score > placement.runner_up > 0


@pytest.mark.parametrize(("hours", "joins"), [(0, True), (24, True), (169, False), (24 * 365, False)])
def test_a_story_ends_when_it_has_been_quiet_for_its_life(hours: int, joins: bool) -> None:
    running = story("north", QUAKE_NORTH, last=WHEN - timedelta(hours=hours))
    assert (placed(QUAKE_NORTH_LATER, running) == "north") is joins


@pytest.mark.parametrize(
    ("articles", "days", "joins"),
    [
        (2, 8, True),  # one a week: it may be quiet for longer
        (2, 15, False),  # but not for ever
        (15, 8, False),  # one each half day: a week without any ends it
    ],
)
def test_how_long_a_story_may_be_quiet_depends_on_its_pace(articles: int, days: int, joins: bool) -> None:
    last = WHEN - timedelta(days=days)
    paced = replace(story("north", QUAKE_NORTH, last=last), first=last - timedelta(days=7), size=articles)
    assert (placed(QUAKE_NORTH_LATER, paced) == "north") is joins


def test_a_story_that_is_over_takes_what_tells_its_very_text_again_and_nothing_else() -> None:
    over = story("north", QUAKE_NORTH, last=WHEN - timedelta(days=30))
    assert placed(QUAKE_NORTH_LATER, over) is None
    assert placed(QUAKE_NORTH_LATER, over, north=0.9) == "north"


@pytest.mark.parametrize(("size", "days"), [(2, 14), (4, 9), (50, 7)])
def test_a_story_ends_after_three_of_its_gaps_but_within_one_and_two_lives(size: int, days: int) -> None:
    running = replace(story("north", QUAKE_NORTH, last=WHEN), first=WHEN - timedelta(days=9), size=size)
    assert ends(running, THRESHOLDS) == WHEN + timedelta(days=days)


def test_a_story_without_dates_has_no_end_that_could_be_told() -> None:
    assert ends(story("north", QUAKE_NORTH), THRESHOLDS) is None


def test_the_fresher_of_two_like_stories_is_chosen() -> None:
    old, fresh = (story(name, QUAKE_NORTH, last=WHEN - timedelta(hours=h)) for name, h in (("a", 150), ("b", 1)))
    assert placed(QUAKE_NORTH_LATER, old, fresh) == "b"


def test_an_undated_story_does_not_fade() -> None:
    assert placed(QUAKE_NORTH_LATER, story("north", QUAKE_NORTH)) == "north"


def test_the_order_of_candidates_changes_nothing() -> None:
    one, two = story("one", QUAKE_NORTH), story("two", QUAKE_NORTH)
    assert placed(QUAKE_NORTH_LATER, one, two) == placed(QUAKE_NORTH_LATER, two, one) == "one"


def test_what_all_the_stream_says_tells_little() -> None:
    usual = about(FERRY, counts=Counts(5000, {"ferry": 5000, "ondine": 1}))
    assert usual.words["ondine"] > 5 * usual.words.get("ferry", 0.0)
    assert about(FERRY).words["ferry"] > 0.5 * about(FERRY).words["ondine"]


def test_a_copy_is_wholly_like_itself_and_nothing_is_like_nothing() -> None:
    assert likeness(about(QUAKE_NORTH), about(QUAKE_NORTH)) == pytest.approx(1)
    assert likeness(about(QUAKE_NORTH), Profile()) == 0


def test_figures_of_one_event_bind_and_of_two_part() -> None:
    same = likeness(about(["Quake of 6.1 in Nortava kills 14."]), about(["Quake of 6.1 in Nortava, 14 dead."]))
    other = likeness(about(["Quake of 6.1 in Nortava kills 14."]), about(["Quake of 5.4 in Nortava, 22 dead."]))
    assert same > other


def test_people_named_bind_and_other_people_part() -> None:
    first = about(["The court heard Asta Berg on Monday."])
    again = about(["The court let Asta Berg go."])
    another = about(["The court let Luis Orme go."])
    assert likeness(again, first) > THRESHOLDS.same_story > likeness(another, first)


def test_a_story_of_many_articles_keeps_what_they_share() -> None:
    articles = [about([*QUAKE_NORTH, " ".join(f"aside{n}x{m}" for m in range(100))]) for n in range(10)]
    running = summed(articles)
    assert len(running.words) == KEPT
    assert {"nortava", "elvik", "berg"} <= set(running.words)


def test_other_scripts_are_told_apart_too() -> None:
    def chinese(text: str) -> Profile:
        return profile(terms(tagged("a", [text])), "zh", Counts())

    quake = Story(
        id="quake", headline="", profile=chinese("北京发生六级地震，造成十四人死亡，救援队正在搜索倒塌的房屋。")
    )
    again = place(chinese("北京地震死亡人数上升，救援队继续搜索倒塌的房屋。"), [quake], {}, WHEN, THRESHOLDS)
    budget = place(chinese("财政部周一上调了今年的赤字预测，议会将在下周表决。"), [quake], {}, WHEN, THRESHOLDS)
    assert (again.story, budget.story) == ("quake", None)

"""Stories that turn out to be one: which they are, which id lives on, and where what led to the other one leads."""

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace
from redis.asyncio import Redis

from agents.alert.alerts import fold
from agents.alert.desk import Desk
from agents.alert.lineage import Lineage, Version
from agents.alert.memory import PASSAGES, Memory
from agents.alert.merging import merged
from agents.alert.shelf import Shelf
from agents.alert.store import PREFIX, Decision, Ledger, Outcome
from agents.alert.stories import Entry, Named, Profile, Story
from streams.records import Entity, TaggedArticle, Verdict
from streams.settings import Settings

from .samples import NOW, tagged

SETTINGS = Settings()
BLAST = [
    "A blast broke windows around the harbour of Port Tavin before dawn on Monday. Firefighters saw smoke over the water, "
    "and the fire brigade closed the quay.",
    "The quay of Port Tavin stays closed after Monday's blast, the fire brigade said. Glass from broken windows covered "
    "the harbour road.",
    "Engineers looked for gas beneath the quay of Port Tavin, where a blast before dawn on Monday broke windows around the "
    "harbour.",
]
MISSING = [
    "The ferry Ondine failed to arrive in Marrow on Monday with 80 people aboard. The coast guard sent two boats to look "
    "for the missing ferry.",
]
BOTH = [
    "The blast at Port Tavin on Monday sank the ferry Ondine, the coast guard said. The fire brigade found the missing "
    "ferry and the 80 people aboard beneath the quay of the harbour.",
    "The blast that broke windows around the harbour of Port Tavin before dawn on Monday came from the ferry Ondine, the "
    "fire brigade said. Divers saw the missing ferry with 80 people aboard beneath the closed quay, and a leaking gas "
    "bottle in its kitchen.",
]
LATER = "The coast guard raised the ferry Ondine. Its owner, the Tavin Line, was told of a leak in a gas bottle in May."


async def judged(desk: Desk, *articles: TaggedArticle) -> list[Outcome]:
    """The outcomes of articles that come one after another."""
    return [outcome for each in articles for outcome in await desk.judge(each, NOW)]


async def turned_out_one(desk: Desk) -> tuple[str | None, str | None, Outcome]:
    """The larger story, the smaller one, and what showed that they are one."""
    copy = [tagged(f"blast {n}", [text]) for n, text in enumerate(BLAST)]
    blast, *_ = await judged(desk, *copy, tagged("reprint of blast", [BLAST[0]], copy[0]))
    (missing,) = await judged(desk, tagged("missing", MISSING, version=1, source="Wirepool"))
    first, second = await judged(desk, *(tagged(f"both {n}", [text]) for n, text in enumerate(BOTH)))
    assert first.verdict.merged == []
    return blast.verdict.story, missing.verdict.story, second


async def test_two_stories_that_turn_out_to_be_one_are_merged_and_the_alert_names_the_one_that_is_gone(
    desk: Desk,
) -> None:
    living, gone, outcome = await turned_out_one(desk)
    assert living != gone
    assert (outcome.verdict.story, outcome.verdict.merged) == (living, [gone])
    assert outcome.alert
    assert (outcome.alert.story, outcome.alert.merged) == (living, [gone])


async def test_a_merged_story_has_all_that_both_told(desk: Desk, redis: Redis) -> None:
    living, gone, _ = await turned_out_one(desk)
    story = await Ledger(redis, SETTINGS).story(str(living))
    assert story
    assert {each.article for each in story.timeline} == {"blast 0", "blast 1", "missing", "both 0", "both 1"}
    assert (story.size, story.sources) == (7, ["Wirepool"])
    assert await Ledger(redis, SETTINGS).story(str(gone)) == story


async def test_names_that_either_had_are_not_shown_as_new(desk: Desk) -> None:
    names = [Entity(name=each, kind="GPE") for each in ("Port Tavin", "Marrow", "Oland")]
    await judged(desk, *(tagged(f"blast {n}", [text], entities=names[:1]) for n, text in enumerate(BLAST)))
    await judged(desk, tagged("missing", MISSING, entities=names[1:2]), tagged("both 0", [BOTH[0]]))
    (outcome,) = await judged(desk, tagged("both 1", [BOTH[1]], entities=names))
    assert outcome.alert
    assert outcome.alert.merged
    assert [(each.name, each.new) for each in outcome.alert.entities] == [
        ("Port Tavin", False),
        ("Marrow", False),
        ("Oland", True),
    ]


async def test_later_copy_on_either_lands_in_the_one_that_lives(desk: Desk) -> None:
    living, _, _ = await turned_out_one(desk)
    later, again = await judged(desk, tagged("later", [LATER]), tagged("again", ["Windows broke around the quay."]))
    assert (later.verdict.story, again.verdict.story) == (living, living)
    assert later.verdict.merged == []


async def test_a_version_of_an_article_of_the_story_that_is_gone_lands_in_the_one_that_lives(desk: Desk) -> None:
    living, _, _ = await turned_out_one(desk)
    aside = ["The harbour museum opened a show of old charts."]
    (version,) = await judged(desk, tagged("missing", aside, version=2, source="Wirepool"))
    assert version.verdict.story == living


async def test_a_reprint_of_the_story_that_is_gone_lands_in_the_one_that_lives(desk: Desk) -> None:
    living, _, _ = await turned_out_one(desk)
    original = tagged("missing", MISSING, version=1, source="Wirepool")
    (reprint,) = await judged(desk, tagged("reprint", MISSING, original))
    assert (reprint.verdict.verdict, reprint.verdict.story) == ("repeat", living)


async def test_what_showed_it_has_the_same_answer_when_it_is_delivered_again(desk: Desk) -> None:
    _, _, outcome = await turned_out_one(desk)
    (again,) = await desk.judge(tagged("both 1", [BOTH[1]]), NOW + timedelta(hours=1))
    assert (again.verdict, again.alert) == (outcome.verdict, outcome.alert)


async def test_copy_of_the_story_that_is_gone_keeps_its_first_answer(desk: Desk) -> None:
    original = tagged("missing", MISSING, version=1, source="Wirepool")
    _, gone, _ = await turned_out_one(desk)
    (again,) = await judged(desk, original)
    assert (again.verdict.verdict, again.verdict.story, again.verdict.merged) == ("new", gone, [])
    assert again.alert
    assert again.alert.story == gone


async def test_a_decision_that_is_forced_raises_no_story_that_is_gone(desk: Desk, redis: Redis) -> None:
    ledger, late = Ledger(redis, SETTINGS), tagged("late", [LATER])
    opened = await ledger.open(late, [], [])
    living, gone, _ = await turned_out_one(desk)
    outcome = Outcome(late.article.doc, Verdict(id="late", verdict="development", alert=False, story=gone))
    story = Story(id=str(gone), headline="", profile=Profile())
    version, line = Version(None, None, gone, "late"), Lineage({}, ("late",))
    decision = Decision(outcome, version, line, keys=(), story=story, dead=None, looked=["ondine"], counted=[])
    assert await ledger.commit(decision, opened, force=True)
    found = await ledger.story(str(gone))
    assert found
    assert found.id == living


async def test_one_article_on_two_events_does_not_merge_them(desk: Desk) -> None:
    await judged(desk, tagged("blast", [BLAST[0]]), tagged("missing", MISSING))
    (both,) = await judged(desk, tagged("both", [f"{BLAST[0]} {MISSING[0]} That was the news of the day."]))
    assert both.verdict.merged == []


async def test_a_round_up_with_the_text_of_two_does_not_merge_them(desk: Desk) -> None:
    blast, missing = tagged("blast", [BLAST[0]]), tagged("missing", MISSING)
    await judged(desk, blast, missing, tagged("both", [BOTH[0]]))
    news = "The harbour master spoke of a black Monday."
    (both,) = await judged(desk, tagged("round-up", [BLAST[0], *MISSING, news], blast, missing, new=[news]))
    assert (both.verdict.verdict, both.verdict.merged) == ("update", [])


async def test_workers_at_once_merge_two_stories_once(redis: Redis) -> None:
    desks = [Desk(Ledger(redis, SETTINGS), Shelf(redis, SETTINGS), SETTINGS) for _ in range(4)]
    await judged(desks[0], *(tagged(f"blast {n}", [text]) for n, text in enumerate(BLAST)), tagged("missing", MISSING))
    await judged(desks[0], tagged("both", [BOTH[0]]))
    copies = [tagged(f"both {n}", [f"{BOTH[1]} Reporter {n} was there."]) for n in range(4)]
    outcomes = await asyncio.gather(*(desk.judge(each, NOW) for desk, each in zip(desks, copies, strict=True)))
    verdicts = [each.verdict for (each,) in outcomes]
    assert sum(len(each.merged) for each in verdicts) == 1
    assert len({each.story for each in verdicts}) == 1


async def test_the_id_that_is_gone_is_remembered_as_long_as_what_bears_it(desk: Desk, redis: Redis) -> None:
    _, gone, outcome = await turned_out_one(desk)
    assert await redis.ttl(f"{PREFIX}s:{gone}") >= await redis.ttl(f"{PREFIX}o:{outcome.doc}") > 0


@pytest.mark.parametrize(("sizes", "living"), [((3, 2), "a"), ((2, 3), "b"), ((2, 2), "a")])
def test_the_larger_lives_and_of_equals_the_lower_id(sizes: tuple[int, int], living: str) -> None:
    one, other = (
        Story(id=name, headline="", profile=Profile(), size=size) for name, size in zip("ab", sizes, strict=True)
    )
    for pair in ((one, other), (other, one)):
        lives, gone = merged(*pair)
        assert (lives.id, {lives.id, gone.id}, lives.size) == (living, {"a", "b"}, sum(sizes))


def test_a_merged_story_tells_its_times_and_names_in_order() -> None:
    def story(name: str, hours: int) -> Story:
        when = NOW + timedelta(hours=hours)
        entry = Entry(article=name, at=when, verdict="new", headline=name)
        names = {fold(each): Named(name=each, kind="GPE") for each in (name, "Tavin")}
        return Story(id=name, headline=name, profile=Profile(), first=when, last=when, timeline=[entry], named=names)

    lives, _ = merged(story("late", 5), story("early", 1))
    assert (lives.first, lives.last) == (NOW + timedelta(hours=1), NOW + timedelta(hours=5))
    assert [each.article for each in lives.timeline] == ["early", "late"]
    assert {each.name: each.articles for each in lives.named.values()} == {"late": 1, "Tavin": 2, "early": 1}


def test_a_joint_memory_has_the_words_of_both_and_the_latest_passages_of_each() -> None:
    def memory(word: str, passages: int) -> Memory:
        told = Memory(b"")
        for number in range(passages):
            told = Memory(told.with_copy([word], [[word, f"{word}{number}"]]))
        return told

    ours, theirs = memory("ferry", PASSAGES), memory("blast", PASSAGES)
    both = Memory(ours.joined(theirs))
    assert both.heard("ferry")
    assert both.heard("blast")
    assert not both.apart({(word, f"{word}{PASSAGES - 1}") for word in ("ferry", "blast")})
    assert both.apart({("ferry", "ferry0")})
    assert Memory(b"").joined(ours) == ours.joined(Memory(b""))
    assert replace(Story(id="s", headline="", profile=Profile()), told=ours.joined(theirs)).told

"""Verdicts as they are made and remembered, on a real store."""

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace
from redis.asyncio import Redis

from agents.alert.desk import Desk
from agents.alert.lineage import Lineage, Version
from agents.alert.shelf import Shelf
from agents.alert.store import CANDIDATES, PREFIX, Decision, Ledger, Outcome
from streams.errors import StoreUnavailable
from streams.records import Alert, Change, Entity, Markers, TaggedArticle, Verdict
from streams.settings import Settings
from streams.store import connect

from .samples import BUDGET, FERRY, INQUIRY, NOW, tagged

SETTINGS = Settings(park_seconds=60)
FIRST = tagged("ferry", FERRY, headline="Ferry sinks off Marrow", source="Wirepool")
TOLL = [FERRY[0].replace("12", "40"), FERRY[1]]
TWELVE_TO_FORTY = Change(kind="figure", old="12", new="40", context=TOLL[0])


@pytest.fixture
def desk(redis: Redis) -> Desk:
    return Desk(Ledger(redis, SETTINGS), Shelf(redis, SETTINGS), SETTINGS)


async def judged(desk: Desk, article: TaggedArticle) -> Outcome:
    outcome, *others = await desk.judge(article, NOW)
    assert not others
    return outcome


async def verdict(desk: Desk, article: TaggedArticle) -> Verdict:
    return (await judged(desk, article)).verdict


async def alert(desk: Desk, article: TaggedArticle) -> Alert:
    told = (await judged(desk, article)).alert
    assert told
    return told


async def test_the_first_of_a_story_is_new_and_rings_with_all_it_says(desk: Desk) -> None:
    outcome = await judged(desk, FIRST)
    assert (outcome.verdict.verdict, outcome.verdict.alert) == ("new", True)
    assert outcome.alert
    assert outcome.alert.summary == FERRY
    assert (outcome.alert.headline, outcome.alert.sources) == ("Ferry sinks off Marrow", ["Wirepool"])


async def test_a_reprint_raises_no_alert_and_stays_in_the_story(desk: Desk) -> None:
    first = await verdict(desk, FIRST)
    reprint = await judged(desk, tagged("reprint", FERRY, FIRST, source="Harbour Post"))
    assert (reprint.verdict.verdict, reprint.verdict.alert, reprint.alert) == ("repeat", False, None)
    assert reprint.verdict.story == first.story


async def test_who_reprinted_is_named_in_the_next_alert(desk: Desk) -> None:
    await verdict(desk, FIRST)
    await verdict(desk, tagged("reprint", FERRY, FIRST, source="Harbour Post"))
    update = tagged("update", [*FERRY, *INQUIRY], FIRST, new=INQUIRY, source="Wirepool")
    assert (await alert(desk, update)).sources == ["Wirepool", "Harbour Post"]


async def test_an_update_shows_only_what_is_new(desk: Desk) -> None:
    first = await alert(desk, FIRST)
    update = await judged(desk, tagged("update", [*FERRY, *INQUIRY], FIRST, new=INQUIRY))
    assert update.verdict.verdict == "update"
    assert [novel.text for novel in update.verdict.novel] == INQUIRY
    assert update.alert
    assert (update.alert.summary, update.alert.story, update.alert.supersedes) == (INQUIRY, first.story, [first.id])


async def test_a_toll_that_rises_rings_with_old_and_new(desk: Desk) -> None:
    await verdict(desk, FIRST)
    told = await alert(desk, tagged("toll", TOLL, FIRST, changes=[TWELVE_TO_FORTY]))
    assert (told.kind, told.changes, told.summary) == ("update", [TWELVE_TO_FORTY], [TOLL[0]])


async def test_a_correction_is_told_as_one(desk: Desk) -> None:
    await verdict(desk, FIRST)
    corrected = tagged("toll", TOLL, FIRST, changes=[TWELVE_TO_FORTY], markers=Markers(correction=""))
    assert (await verdict(desk, corrected)).verdict == "correction"


async def test_other_words_in_a_running_story_are_a_development(desk: Desk) -> None:
    first = await verdict(desk, FIRST)
    more = await verdict(desk, tagged("inquiry", INQUIRY))
    assert (more.verdict, more.story, more.alert) == ("development", first.story, True)


async def test_a_development_that_says_little_rings_all_the_same(desk: Desk) -> None:
    first = await verdict(desk, FIRST)
    little = await verdict(desk, tagged("captain", ["The captain of the ferry Ondine surrendered in Marrow."]))
    assert (little.verdict, little.story, little.alert) == ("development", first.story, True)


async def test_what_was_told_in_other_words_is_a_repeat_that_says_so(desk: Desk) -> None:
    first = await verdict(desk, FIRST)
    retold = await verdict(desk, tagged("retold", ["The ferry Ondine had capsized off the port of Marrow on Tuesday."]))
    assert (retold.verdict, retold.story, retold.alert) == ("repeat", first.story, False)
    assert (retold.reasons["passages_told"], retold.reasons["passages_aside"]) == (1, 0)


async def test_an_alert_shows_what_matters_most_first_and_the_verdict_in_text_order(desk: Desk) -> None:
    await verdict(desk, FIRST)
    slight = "Relatives waited at the port of Marrow for the ferry Ondine through a night of rain and fog."
    outcome = await judged(desk, tagged("inquiry", [slight, *INQUIRY]))
    assert outcome.alert
    assert [novel.text for novel in outcome.verdict.novel] == [slight, *INQUIRY]
    assert outcome.alert.summary == [*INQUIRY, slight]


async def test_another_matter_opens_another_story(desk: Desk) -> None:
    first = await verdict(desk, FIRST)
    other = await verdict(desk, tagged("budget", BUDGET))
    assert (other.verdict, other.story == first.story) == ("new", False)


async def test_names_that_the_story_had_are_not_shown_as_new(desk: Desk) -> None:
    ondine, quist = Entity(name="Ondine", kind="PRODUCT"), Entity(name="Maren Quist", kind="PERSON")
    await verdict(desk, tagged("ferry", FERRY, entities=[ondine]))
    told = await alert(desk, tagged("inquiry", INQUIRY, entities=[ondine, quist]))
    assert [(each.name, each.new) for each in told.entities] == [("Ondine", False), ("Maren Quist", True)]


async def test_an_alert_tells_its_language_and_the_places_of_what_is_new(desk: Desk) -> None:
    named = [("Marrow", "GPE"), ("Maren Quist", "PERSON"), ("Cape Dorrow", "LOC"), ("MARROW", "GPE")]
    entities = [Entity(name=name, kind=kind) for name, kind in named]
    told = await alert(desk, tagged("ferry", FERRY, entities=entities, dateline="OLAND, March 3 (Wirepool)"))
    assert (told.language, told.places) == ("en", ["OLAND", "Marrow", "Cape Dorrow"])


async def test_copy_brought_in_from_one_other_story_is_shown(desk: Desk) -> None:
    budget = tagged("budget", BUDGET)
    await verdict(desk, FIRST)
    await verdict(desk, budget)
    both = tagged("both", [*FERRY, BUDGET[1]], FIRST, budget, new=[])
    passages = [*both.comparison.passages[:2]]
    last = both.comparison.passages[2]
    both = replace(both, comparison=replace(both.comparison, passages=[*passages, replace(last, where="budget")]))
    told = await verdict(desk, both)
    assert (told.verdict, [novel.text for novel in told.novel]) == ("update", [BUDGET[1]])


async def test_a_kill_recalls_every_alert_on_the_item(desk: Desk) -> None:
    first = await alert(desk, FIRST)
    second = await alert(desk, tagged("ferry", [*FERRY, *INQUIRY], FIRST, new=INQUIRY, version=2))
    kill = await judged(desk, tagged("ferry", ["STORY WITHDRAWN"], status="canceled", compared=False, version=3))
    assert (kill.verdict.verdict, kill.verdict.alert, kill.verdict.story) == ("withdrawal", True, first.story)
    assert kill.alert
    assert set(kill.alert.recalls) == {first.id, second.id}


async def test_an_older_version_that_comes_late_is_stale(desk: Desk) -> None:
    await verdict(desk, tagged("ferry", FERRY, version=3))
    late = await verdict(desk, tagged("ferry", INQUIRY, version=2))
    assert (late.verdict, late.alert) == ("stale", False)


async def test_held_copy_says_nothing_but_what_holds_it_and_until_when(desk: Desk) -> None:
    until = NOW + timedelta(hours=1)
    outcome = await judged(desk, tagged("ferry", FERRY, embargoed_until=until, notice="EMBARGOED", compared=False))
    assert (outcome.verdict.verdict, outcome.verdict.alert, outcome.verdict.novel) == ("hold", False, [])
    assert outcome.verdict.story is None
    assert (outcome.verdict.reasons["held"], outcome.verdict.reasons["until"]) == ("EMBARGOED", until.isoformat())


async def test_held_copy_is_judged_when_it_comes_again(desk: Desk) -> None:
    until = NOW + timedelta(hours=1)
    await judged(desk, tagged("ferry", FERRY, embargoed_until=until, compared=False))
    released = await desk.judge(tagged("ferry", FERRY, embargoed_until=until), until)
    assert [each.verdict.verdict for each in released] == ["new"]


async def test_copy_whose_embargo_ended_before_it_was_compared_is_held_to_be_compared(desk: Desk) -> None:
    late = tagged("ferry", FERRY, embargoed_until=NOW, compared=False)
    assert (await verdict(desk, late)).verdict == "hold"


async def test_a_note_to_editors_raises_no_alert(desk: Desk) -> None:
    note = await verdict(desk, tagged("note", ["Reporters may film at noon."], markers=Markers(advisory=True)))
    assert (note.verdict, note.alert) == ("advisory", False)


async def test_a_redelivered_article_has_its_first_verdict_and_alert(desk: Desk) -> None:
    first = await judged(desk, FIRST)
    await verdict(desk, tagged("inquiry", INQUIRY))
    (again,) = await desk.judge(FIRST, NOW + timedelta(hours=1))
    assert (again.verdict, again.alert) == (first.verdict, first.alert)


async def test_what_kafka_has_is_known_to_be_sent(desk: Desk) -> None:
    first = await judged(desk, FIRST)
    assert not first.sent
    await desk.sent([first.doc])
    assert (await judged(desk, FIRST)).sent


async def test_an_empty_store_gives_the_same_ids_again(desk: Desk, redis: Redis) -> None:
    first = await judged(desk, FIRST)
    await redis.flushall()
    again = await judged(desk, FIRST)
    assert (again.verdict, again.alert) == (first.verdict, first.alert)


async def test_a_repeat_that_overtakes_waits_for_what_it_repeats(desk: Desk) -> None:
    reprint = tagged("reprint", FERRY, FIRST)
    third = tagged("third", FERRY, reprint, FIRST)
    assert await desk.judge(third, NOW) == []
    assert await desk.judge(reprint, NOW) == []
    outcomes = await desk.judge(FIRST, NOW)
    assert [(each.verdict.id, each.verdict.verdict) for each in outcomes] == [
        ("ferry", "new"),
        ("reprint", "repeat"),
        ("third", "repeat"),
    ]
    assert len({each.verdict.story for each in outcomes}) == 1


async def test_those_that_waited_are_told_again_until_kafka_has_them(desk: Desk) -> None:
    reprint = tagged("reprint", FERRY, FIRST)
    await desk.judge(reprint, NOW)
    first = await desk.judge(FIRST, NOW)
    again = await desk.judge(FIRST, NOW)
    assert [each.doc for each in again] == [each.doc for each in first] == [FIRST.article.doc, reprint.article.doc]
    await desk.sent([each.doc for each in again])
    assert [each.sent for each in await desk.judge(FIRST, NOW)] == [True]


async def test_reprints_that_wait_for_one_another_are_each_told_once(desk: Desk) -> None:
    reprints: list[TaggedArticle] = []
    for number in range(12):
        reprints.append(tagged(f"reprint {number}", FERRY, *reversed(reprints), FIRST))
    waiting = await desk.judge_all(list(reversed(reprints)), NOW)
    first = await desk.judge(FIRST, NOW)
    again = await desk.judge_all([*reprints, FIRST], NOW)
    assert waiting == []
    assert len(first) == len(again) == 13
    assert {each.doc for each in first} == {each.doc for each in again}


async def test_one_that_comes_to_wait_while_its_original_is_judged_is_told_with_it(desk: Desk, redis: Redis) -> None:
    reprint, ledger = tagged("reprint", FERRY, FIRST), Ledger(redis, SETTINGS)
    opened = await ledger.open(FIRST, [], [])
    outcome = Outcome(FIRST.article.doc, Verdict(id="ferry", verdict="new", alert=False, story="s1"))
    await desk.judge(reprint, NOW)
    version = Version(None, None, "s1", "ferry")
    decision = Decision(
        outcome, version, Lineage({}, ("ferry",)), keys=(), story=None, dead=None, looked=[], counted=[]
    )
    assert await ledger.commit(decision, opened, force=False) == (outcome, (reprint.article.doc,))


async def test_nobody_waits_longer_than_the_patience_set(desk: Desk) -> None:
    reprint = tagged("reprint", FERRY, FIRST)
    assert await desk.judge(reprint, NOW) == []
    assert await desk.overdue(NOW + timedelta(seconds=59)) == []
    (late,) = await desk.overdue(NOW + timedelta(seconds=61))
    assert (late.verdict.id, late.verdict.verdict) == ("reprint", "repeat")
    await desk.sent([late.doc])
    assert await desk.overdue(NOW + timedelta(seconds=61)) == []


async def test_an_original_that_its_update_overtook_still_tells_what_both_say(desk: Desk) -> None:
    first = replace(FIRST, article=replace(FIRST.article, version=1))
    later = tagged("ferry", [*FERRY, *INQUIRY], first, new=INQUIRY, version=2, source="Wirepool")
    assert await desk.judge(later, NOW) == []
    (overtaking,) = await desk.overdue(NOW + timedelta(seconds=61))
    overtaken, *others = await desk.judge(first, NOW + timedelta(seconds=90))
    assert others in ([], [overtaking])
    assert overtaking.alert
    assert overtaken.alert
    assert (overtaking.alert.summary, overtaken.alert.summary) == (INQUIRY, FERRY)
    assert overtaken.verdict.story == overtaking.verdict.story
    assert overtaken.alert.supersedes == []
    await desk.sent([overtaking.doc, overtaken.doc])
    (again,) = await desk.judge(first, NOW + timedelta(seconds=99))
    assert again.alert == overtaken.alert


async def test_workers_at_once_open_one_story_for_one_event(redis: Redis) -> None:
    desks = [Desk(Ledger(redis, SETTINGS), Shelf(redis, SETTINGS), SETTINGS) for _ in range(6)]
    articles = [tagged(f"ferry {n}", [f"{FERRY[0]} Reporter {n} was there.", FERRY[1]]) for n in range(6)]
    outcomes = await asyncio.gather(*(desk.judge(each, NOW) for desk, each in zip(desks, articles, strict=True)))
    verdicts = [outcome.verdict for (outcome,) in outcomes]
    assert sorted(each.verdict for each in verdicts) == ["development"] * 5 + ["new"]
    assert len({each.story for each in verdicts}) == 1


async def test_looking_up_costs_no_more_with_many_stories(desk: Desk, redis: Redis) -> None:
    for number in range(60):
        await desk.judge(tagged(f"ferry {number}", [f"{FERRY[0]} Ferry {number} of line x{number}."]), NOW)
    postings = [key async for key in redis.scan_iter(match=f"{PREFIX}t:*")]
    assert postings
    assert max([await redis.zcard(key) for key in postings]) <= 32


async def test_however_many_stories_share_its_terms_an_article_is_compared_with_few(desk: Desk, redis: Redis) -> None:
    for number in range(40):
        words = " ".join(f"x{number}y{each}" for each in range(40))
        await desk.judge(tagged(f"ferry {number}", [f"Ferry Ondine. {words}"]), NOW)
    last = tagged("last", FERRY)
    opened = await Ledger(redis, SETTINGS).open(last, ["ferry", "ondine"], ["ferry"])
    assert await redis.zcard(f"{PREFIX}t:ondine") == 32
    assert len(opened.stories) == CANDIDATES


async def test_everything_kept_has_an_end(desk: Desk, redis: Redis) -> None:
    await desk.judge(tagged("reprint", FERRY, FIRST), NOW)
    await desk.judge(tagged("other", BUDGET, tagged("missing", BUDGET)), NOW)
    await desk.judge(FIRST, NOW)
    kept = [key async for key in redis.scan_iter(match=f"{PREFIX}[ostiwp]:*")]
    assert {key.split(b":")[2] for key in kept} == {b"o", b"s", b"t", b"i", b"w", b"p"}
    for key in kept:
        assert await redis.ttl(key) > 0, key


async def test_a_store_that_is_gone_is_waited_for_by_name() -> None:
    settings = Settings(store="redis://127.0.0.1:1/0")
    client = connect(settings)
    with pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1:1.*COPYTASTER_STORE"):
        await Desk(Ledger(client, settings), Shelf(client, settings), settings).judge(FIRST, NOW)
    await client.aclose()

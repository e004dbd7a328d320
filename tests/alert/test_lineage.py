"""The versions of one item, under one id or many: in order, replaced, continued and withdrawn, on a real store."""

from datetime import timedelta
from typing import Any

import pytest

from agents.alert.desk import Desk
from agents.alert.lineage import keys
from agents.alert.shelf import Shelf
from agents.alert.store import Outcome
from streams.records import Alert, Change, Markers, TaggedArticle

from .samples import BUDGET, FERRY, INQUIRY, NOW, tagged

TOLL = [FERRY[0].replace("12", "40"), FERRY[1]]
TWELVE_TO_FORTY = Change(kind="figure", old="12", new="40", context=TOLL[0])
CAPTAIN = [
    "The captain of the ferry Ondine, Olaf Brenn, was pulled from the sea by a trawler and questioned in Marrow."
]


def copy(
    article: str, paragraphs: list[str], *earlier: TaggedArticle, minute: int | None = None, **fields: Any
) -> TaggedArticle:
    """Wirepool's copy, sent so many minutes after noon."""
    sent: dict[str, Any] = {}
    if minute is not None:
        sent = {"published": NOW + timedelta(minutes=minute), "published_from": "field"}
    return tagged(article, paragraphs, *earlier, **{"source": "Wirepool", **sent, **fields})


def kill(article: str, **fields: Any) -> TaggedArticle:
    return copy(article, ["STORY WITHDRAWN"], status="canceled", compared=False, **fields)


async def judged(desk: Desk, article: TaggedArticle) -> Outcome:
    (outcome,) = await desk.judge(article, NOW)
    return outcome


async def rung(desk: Desk, article: TaggedArticle) -> Alert:
    outcome = await judged(desk, article)
    assert outcome.alert
    return outcome.alert


async def kind(desk: Desk, article: TaggedArticle) -> str:
    return (await judged(desk, article)).verdict.verdict


FIRST = copy("w0", FERRY, slug="BC-Ferry", headline="Ferry sinks", minute=0)
LEAD = copy(
    "w1", TOLL, FIRST, new=[], changes=[TWELVE_TO_FORTY], slug="BC-Ferry", markers=Markers(edition=1), minute=20
)
WRITETHRU = copy("w2", [*FERRY, *INQUIRY], FIRST, new=INQUIRY, slug="AM-Ferry", markers=Markers(edition=2), minute=40)


async def test_a_writethru_replaces_the_alerts_of_all_earlier_versions(desk: Desk) -> None:
    first, lead = await rung(desk, FIRST), await rung(desk, LEAD)
    last = await rung(desk, WRITETHRU)
    assert set(last.supersedes) == {first.id, lead.id}
    assert {first.story, lead.story} == {last.story}


async def test_an_older_ordinal_that_comes_late_is_stale(desk: Desk) -> None:
    await judged(desk, FIRST)
    await judged(desk, WRITETHRU)
    assert await kind(desk, LEAD) == "stale"


async def test_the_first_version_that_comes_after_its_writethru_is_stale(desk: Desk) -> None:
    early = copy("w2", [*FERRY, *INQUIRY], slug="BC-Ferry", markers=Markers(edition=2), minute=40)
    await judged(desk, early)
    late = copy("w0", FERRY, early, new=[FERRY[0]], slug="BC-Ferry", minute=0)
    assert await kind(desk, late) == "stale"


async def test_without_times_an_ordinal_counts_where_text_is_shared(desk: Desk) -> None:
    await judged(desk, copy("w2", FERRY, slug="BC-Ferry", markers=Markers(edition=2)))
    second = copy("w2", FERRY, slug="BC-Ferry", markers=Markers(edition=2))
    late = copy("w1", [*FERRY, *INQUIRY], second, new=INQUIRY, slug="BC-Ferry", markers=Markers(edition=1))
    other = copy("b1", BUDGET, slug="BC-Ferry", markers=Markers(edition=1))
    assert await kind(desk, late) == "stale"
    assert await kind(desk, other) == "new"


async def test_the_same_slug_begins_again_the_next_day(desk: Desk) -> None:
    await judged(desk, copy("w2", FERRY, slug="BC-Ferry", markers=Markers(edition=2), minute=40))
    again = copy("n1", BUDGET, slug="BC-Ferry", markers=Markers(edition=1), minute=60 * 30)
    alert = await rung(desk, again)
    assert (alert.kind, alert.supersedes) == ("new", [])


async def test_copy_under_a_slug_that_says_nothing_of_a_version_and_shares_nothing_begins_anew(desk: Desk) -> None:
    await judged(desk, FIRST)
    alert = await rung(desk, copy("b", BUDGET, slug="BC-Ferry", minute=5))
    assert alert.supersedes == []


async def test_a_slug_of_another_source_is_another_item(desk: Desk) -> None:
    await judged(desk, FIRST)
    other = copy("x1", BUDGET, slug="BC-Ferry", source="Harbour Post", markers=Markers(edition=1), minute=5)
    assert (await rung(desk, other)).supersedes == []


async def test_a_version_that_changes_nothing_is_a_repeat_whatever_it_says(desk: Desk) -> None:
    await judged(desk, FIRST)
    again = copy("w1", FERRY, FIRST, new=[], slug="BC-Ferry", markers=Markers(edition=2, refile=True), minute=20)
    assert await kind(desk, again) == "repeat"


async def test_what_a_later_item_says_that_it_replaces_is_stale(desk: Desk) -> None:
    await judged(desk, copy("new", [*FERRY, *INQUIRY], evolved_from=["old"]))
    assert await kind(desk, copy("old", BUDGET)) == "stale"


async def test_what_is_sent_after_its_own_successor_is_judged_by_what_it_says(desk: Desk) -> None:
    await judged(desk, copy("new", [*FERRY, *INQUIRY], evolved_from=["old"], minute=10))
    assert (await rung(desk, copy("old", CAPTAIN, minute=30))).kind == "development"


async def test_a_kill_by_any_id_recalls_the_alerts_of_all_that_evolved(desk: Desk) -> None:
    alerts = [
        await rung(desk, copy("a", FERRY)),
        await rung(desk, copy("b", INQUIRY, evolved_from=["a"])),
        await rung(desk, copy("c", CAPTAIN, evolved_from=["b"])),
    ]
    recall = await rung(desk, kill("a"))
    assert set(recall.recalls) == {each.id for each in alerts}
    assert recall.kind == "withdrawal"


async def test_a_kill_that_names_what_it_replaces_recalls_it_and_all_before(desk: Desk) -> None:
    first = await rung(desk, copy("a", FERRY))
    second = await rung(desk, copy("b", INQUIRY, evolved_from=["a"]))
    assert set((await rung(desk, kill("k", evolved_from=["b"]))).recalls) == {first.id, second.id}


async def test_a_kill_under_the_slug_recalls_every_version(desk: Desk) -> None:
    alerts = [await rung(desk, each) for each in (FIRST, LEAD, WRITETHRU)]
    assert set((await rung(desk, kill("k", slug="PM-Ferry"))).recalls) == {each.id for each in alerts}


@pytest.mark.parametrize("text", ["Ferry sinks", "Please kill item 123 “Ferry sinks.” It was a drill."])
async def test_a_kill_under_the_headline_or_quoting_it_recalls_the_item(desk: Desk, text: str) -> None:
    first = await rung(desk, FIRST)
    quoting = copy("k", [text], headline=text, status="canceled", compared=False)
    assert (await rung(desk, quoting)).recalls == [first.id]


async def test_a_kill_of_what_was_never_seen_rings_and_recalls_nothing(desk: Desk) -> None:
    await judged(desk, FIRST)
    recall = await rung(desk, kill("k", slug="BC-Wolves", headline="Wolves"))
    assert (recall.kind, recall.recalls) == ("withdrawal", [])


async def test_a_second_kill_does_not_recall_the_first(desk: Desk) -> None:
    first = await rung(desk, copy("a", FERRY, version=1))
    await judged(desk, kill("a", version=2))
    assert (await rung(desk, kill("a", version=3))).recalls == [first.id]


async def test_copy_sent_before_its_kill_and_come_after_it_is_stale(desk: Desk) -> None:
    await judged(desk, kill("a", minute=30))
    assert await kind(desk, copy("a", FERRY, minute=10)) == "stale"


async def test_a_take_goes_on_with_its_story_and_replaces_nothing(desk: Desk) -> None:
    first = await rung(desk, FIRST)
    take = await rung(desk, copy("t2", BUDGET, slug="BC-Ferry", markers=Markers(part=2), minute=3))
    assert (take.kind, take.story, take.supersedes) == ("update", first.story, [])
    assert take.summary == BUDGET


async def test_a_take_without_a_slug_is_known_by_its_headline(desk: Desk) -> None:
    first = await rung(desk, FIRST)
    take = await rung(desk, copy("t2", BUDGET, headline="Ferry sinks", markers=Markers(part=2), minute=3))
    assert (take.kind, take.story) == ("update", first.story)


async def test_a_take_of_nothing_known_is_judged_by_what_it_says(desk: Desk) -> None:
    assert await kind(desk, copy("t2", BUDGET, slug="BC-Bank", markers=Markers(part=2))) == "new"


async def test_an_advisory_on_an_item_takes_no_place_in_its_versions(desk: Desk) -> None:
    first = await rung(desk, FIRST)
    note = copy("n", BUDGET, slug="BC-Ferry", markers=Markers(advisory=True), minute=5)
    assert await kind(desk, note) == "advisory"
    assert (await rung(desk, LEAD)).supersedes == [first.id]


async def test_two_chains_become_one_when_an_item_says_that_it_replaces_both(desk: Desk) -> None:
    alerts = [await rung(desk, copy("a", FERRY)), await rung(desk, copy("b", BUDGET))]
    alerts.append(await rung(desk, copy("c", INQUIRY, evolved_from=["a", "b"])))
    assert set(alerts[-1].supersedes) == {alerts[0].id, alerts[1].id}
    assert set((await rung(desk, kill("b"))).recalls) == {each.id for each in alerts}


HELD: dict[str, Any] = {"status": "withheld", "compared": False}


async def test_what_replaces_a_held_item_takes_it_off_the_shelf(desk: Desk, shelf: Shelf) -> None:
    await judged(desk, copy("a", FERRY, **HELD))
    await judged(desk, copy("b", FERRY, evolved_from=["a"]))
    assert await shelf.held() == []


@pytest.mark.parametrize("named", [{"slug": "BC-Ferry"}, {"headline": "Ferry sinks"}, {"evolved_from": ["a"]}])
async def test_a_kill_takes_a_held_item_off_the_shelf_however_it_names_it(
    desk: Desk, shelf: Shelf, named: dict[str, Any]
) -> None:
    await judged(desk, copy("a", FERRY, slug="BC-Ferry", headline="Ferry sinks", **HELD))
    await judged(desk, kill("k", **named))
    assert await shelf.held() == []


async def test_a_kill_of_the_first_takes_off_what_was_to_replace_it(desk: Desk, shelf: Shelf) -> None:
    await judged(desk, copy("b", FERRY, evolved_from=["a"], **HELD))
    await judged(desk, kill("a"))
    assert await shelf.held() == []


async def test_a_later_version_that_is_held_stays_when_another_id_goes_on_with_the_item(
    desk: Desk, shelf: Shelf
) -> None:
    await judged(desk, FIRST)
    await judged(desk, copy("w0", BUDGET, slug="BC-Ferry", version=3, **HELD))
    await judged(desk, LEAD)
    assert [each.tagged.article.id for each in await shelf.held()] == ["w0"]


def test_copy_without_a_source_has_no_keys() -> None:
    assert keys(copy("a", FERRY, source=None, slug="BC-Ferry", headline="Ferry sinks").article) == ()

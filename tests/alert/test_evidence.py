"""What a verdict lays open of its passages: what became of each, and which facts are new in it."""

from msgspec.structs import replace

from agents.alert.desk import Desk
from agents.alert.evidence import FACTS, PASSAGES
from streams.records import Entity, TaggedArticle, Verdict, Weighed
from streams.thresholds import Thresholds

from .samples import BUDGET, FERRY, INQUIRY, NOW, tagged

FIRST = tagged("ferry", FERRY, headline="Ferry sinks off Marrow")
RETOLD = "The ferry Ondine had capsized off the port of Marrow on Tuesday."


async def judged(desk: Desk, *articles: TaggedArticle) -> Verdict:
    """The verdict on the last of some articles."""
    return [(await desk.judge(each, NOW))[0].verdict for each in articles][-1]


def facts(passage: Weighed, kind: str) -> list[str]:
    return [each.text for each in passage.facts if each.kind == kind]


async def test_of_a_new_story_every_passage_is_new(desk: Desk) -> None:
    passages = (await judged(desk, FIRST)).passages
    assert [FIRST.article.text[each.start : each.end] for each in passages] == FERRY
    assert all(each.fate == "new" and each.new_pairs == each.pairs > 0 for each in passages)


async def test_an_update_tells_its_new_passages_from_those_seen(desk: Desk) -> None:
    update = await judged(desk, FIRST, tagged("update", [*FERRY, *INQUIRY], FIRST, new=INQUIRY))
    assert [each.fate for each in update.passages] == ["seen", "seen", "new"]
    assert [each.where for each in update.passages] == ["ferry", "ferry", None]


async def test_what_the_story_told_in_other_words_is_marked_as_told(desk: Desk) -> None:
    verdict = await judged(desk, FIRST, tagged("retold", [RETOLD, *INQUIRY]))
    assert [each.fate for each in verdict.passages] == ["told", "new"]
    retold, inquiry = verdict.passages
    assert retold.new_pairs < Thresholds().new_company * retold.pairs
    assert inquiry.new_pairs >= Thresholds().new_company * inquiry.pairs


async def test_what_is_not_about_the_story_stands_aside(desk: Desk) -> None:
    aside = "Tickets for the summer opera go on sale next week."
    verdict = await judged(desk, FIRST, tagged("mixed", [*INQUIRY, aside]))
    assert [each.fate for each in verdict.passages] == ["new", "aside"]
    assert verdict.passages[0].about > Thresholds().about_story > verdict.passages[1].about


async def test_a_passage_from_another_story_is_marked_as_brought(desk: Desk) -> None:
    budget = tagged("budget", BUDGET)
    both = tagged("both", [*FERRY, BUDGET[0]], FIRST, budget, new=[])
    *passages, last = both.comparison.passages
    both = replace(both, comparison=replace(both.comparison, passages=[*passages, replace(last, where="budget")]))
    verdict = await judged(desk, FIRST, budget, both)
    assert [each.fate for each in verdict.passages] == ["seen", "seen", "brought"]
    assert float(verdict.reasons["main_story"] or 0) >= float(verdict.reasons["main_story_needed"] or 0) > 0


async def test_the_new_facts_are_names_figures_and_words_in_new_company(desk: Desk) -> None:
    quist = Entity(name="Maren Quist", kind="PERSON")
    ferry = Entity(name="Ondine", kind="PRODUCT")
    first = tagged("ferry", FERRY, entities=[ferry])
    more = "Prosecutor Maren Quist seized 31 logbooks of the ferry Ondine, which capsized off the port of Marrow."
    (passage,) = (await judged(desk, first, tagged("more", [more], entities=[quist, ferry]))).passages
    assert facts(passage, "name") == ["Maren Quist"]
    assert facts(passage, "figure") == ["31"]
    assert facts(passage, "words")
    assert "quist" not in " ".join(facts(passage, "words"))  # her name is told already
    assert all(each.nats > 0 for each in passage.facts)
    assert passage.importance > 0


async def test_evidence_is_bounded_however_long_the_copy(desk: Desk) -> None:
    endless = [f"Diver {n} searched wreck {n} near buoy {n} with crane {n} and pump {n}." for n in range(PASSAGES + 9)]
    verdict = await judged(desk, tagged("endless", endless))
    assert len(verdict.novel) == PASSAGES + 9
    assert len(verdict.passages) == PASSAGES
    assert all(len(each.facts) <= 3 * FACTS for each in verdict.passages)


async def test_the_stories_looked_at_are_told_with_what_speaks_for_each(desk: Desk) -> None:
    await judged(desk, FIRST, tagged("budget", BUDGET, headline="Deficit forecast raised"))
    verdict = await judged(desk, tagged("inquiry", INQUIRY))
    best = verdict.stories[0]
    assert (best.story, best.headline) == (verdict.story, "Ferry sinks off Marrow")
    assert best.score == verdict.reasons["story_score"]
    assert 0 < best.likeness["words"] <= 1
    assert best.overlap == 0


async def test_reused_text_speaks_for_its_story(desk: Desk) -> None:
    verdict = await judged(desk, FIRST, tagged("update", [*FERRY, *INQUIRY], FIRST, new=INQUIRY))
    assert verdict.stories[0].overlap == verdict.matches[0].overlap > 0


async def test_every_threshold_told_has_its_score_or_its_passages(desk: Desk) -> None:
    reasons = (await judged(desk, FIRST, tagged("reprint", FERRY, FIRST))).reasons
    assert (reasons["overlap"], reasons["overlap_needed"]) == (1.0, Thresholds().update_overlap)
    assert (reasons["story_score_needed"], reasons["new_pairs_needed"]) == (
        Thresholds().same_story,
        Thresholds().new_pairs,
    )

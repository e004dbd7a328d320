"""The page that explains a verdict: why, what is new, who said the rest, and the scores against their thresholds."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from msgspec.structs import replace
from rich.console import Console

from agents.commands.bars import ASCII, Ink
from agents.commands.explain import page
from agents.commands.marks import Sent
from streams.records import Candidate, Change, CleanArticle, Fact, Kind, Match, Novel, Said, Verdict, Weighed

TOLL = "At least 40 people died off Marrow."
SEEN = "The ferry carried 186 passengers."
QUIST = "Prosecutor Maren Quist seized the logbooks."
ARTICLE = CleanArticle(id="ferry-2", doc="d", headline="Ferry on fire", paragraphs=[TOLL, SEEN, QUIST], language="en")
AT = [ARTICLE.text.index(each) for each in (TOLL, SEEN, QUIST)]
FACTS = [Fact(kind="name", text="Maren Quist", nats=21.5), Fact(kind="words", text="seized + logbooks", nats=19.0)]
UPDATE = Verdict(
    id="ferry-2",
    verdict="update",
    alert=True,
    story="s1",
    matches=[Match(id="ferry-1", overlap=0.72)],
    novel=[Novel(text=QUIST, start=AT[2], end=AT[2] + len(QUIST))],
    changes=[Change(kind="figure", old="12", new="40", was="12 people", now="40 people", context=TOLL, start=9, end=11)],
    passages=[
        Weighed(start=AT[0], end=AT[0] + len(TOLL), seen=0.9, where="ferry-1", novel=False, fate="seen",
                said=[Said(id="ferry-1", start=0, end=34, kept=0.9)]),
        Weighed(start=AT[1], end=AT[1] + len(SEEN), seen=1.0, where="ferry-0", novel=False, fate="seen"),
        Weighed(start=AT[2], end=AT[2] + len(QUIST), fate="new", pairs=9, new_pairs=8, about=0.31, importance=17.0,
                facts=FACTS),
    ],
    stories=[Candidate(story="s1", headline="Ferry sinks", score=1.2, likeness={"words": 0.5}, overlap=0.72),
             Candidate(story="s2", headline="Harbour tax rises", score=0.05, likeness={"words": 0.05})],
    reasons={"overlap": 0.72, "overlap_needed": 0.25, "story_score": 1.2, "story_score_needed": 0.24,
             "new_company_needed": 0.5},
)  # fmt: skip
KNOWN = {"ferry-1": Sent("Wirepool", datetime(2026, 3, 3, 6, 30, tzinfo=UTC))}


def shown(
    verdict: Verdict = UPDATE, article: CleanArticle | None = ARTICLE, ink: Ink | None = None, colour: bool = False
) -> str:
    out = StringIO()
    screen = Console(file=out, width=100, force_terminal=colour, no_color=not colour, highlight=False)
    screen.print(*page(verdict, article, KNOWN, ink or Ink()), sep="\n")
    return out.getvalue()


def judged(kind: Kind, **fields: Any) -> str:
    return " ".join(shown(replace(UPDATE, verdict=kind, **fields)).split())


def test_the_page_begins_with_kind_headline_and_why() -> None:
    text = shown()
    assert text.startswith("UPDATE  Ferry on fire\nferry-2\n")
    assert "72% of its words stand in ferry-1; an update has 25% or more." in text
    assert "1 passage is new, 1 fact is told otherwise. It rings." in " ".join(text.split())


def test_every_passage_has_its_mark_in_the_margin() -> None:
    lines = shown().splitlines()
    assert {f"~ {TOLL}", f": {SEEN}", f"+ {QUIST}"} <= set(lines)


def test_a_mark_stands_at_every_line_of_a_long_passage() -> None:
    long = CleanArticle(id="a", doc="d", paragraphs=["word " * 60 + "end."])
    new = Weighed(start=0, end=len(long.text), fate="new")
    lines = [
        line for line in shown(replace(UPDATE, passages=[new], changes=[]), long).splitlines() if "word word" in line
    ]
    assert len(lines) > 2
    assert all(line.startswith("+ ") for line in lines)


def test_what_was_seen_names_who_said_it_and_when() -> None:
    text = shown()
    assert "90% of it in ferry-1 (Wirepool, 2026-03-03 06:30 UTC)" in text
    assert "100% of it in ferry-0\n" in text


def test_what_is_new_names_its_facts_and_their_weight() -> None:
    assert "Maren Quist, seized + logbooks (8 of 9 pairs of words new, about the story 0.31, importance 17)" in shown()


def test_a_fact_told_otherwise_is_shown_from_old_to_new() -> None:
    assert "~ figure 12 people → 40 people" in shown()


def test_stories_are_drawn_against_what_joining_needs() -> None:
    lines = shown().splitlines()
    ours, other = (next(line for line in lines if headline in line) for headline in ("Ferry sinks", "Harbour tax"))
    assert ours.startswith("* ████")
    assert other.startswith("  █····│")
    assert "words 0.50, text 0.72" in shown()


def test_a_story_about_other_people_is_marked_as_such() -> None:
    other = replace(UPDATE.stories[1], other_people=True)
    assert "words 0.05, about other people" in shown(replace(UPDATE, stories=[UPDATE.stories[0], other]))
    assert "other people" not in shown()


def test_it_says_which_story_turned_out_to_be_which() -> None:
    assert "It shows that s0 and s1 are one: s1 lives on. It rings." in judged("development", merged=["s0"])


def test_scores_stand_beside_their_thresholds() -> None:
    text = shown()
    assert "0.72 ≥ 0.25" in text
    assert "0.5 of its pairs of words must be new to the story" in text


def test_without_other_letters_bars_are_drawn_with_plain_ones() -> None:
    text = shown(ink=ASCII)
    assert "0.72 >= 0.25" in text
    assert not set("█·│≥") & set(text)


def test_colour_is_for_terminals_alone() -> None:
    assert "\x1b[32m" in shown(colour=True)
    assert "\x1b" not in shown()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (judged("new", matches=[]), "No running story is like it: “Ferry sinks” comes closest. It scores 1.20 there"),
        (judged("new", stories=[]), "No running story shares its words."),
        (judged("development"), "It belongs to the running story “Ferry sinks”."),
        (judged("correction"), "It says itself that it corrects."),
        (judged("withdrawal"), "It withdraws what was sent. It rings."),
        (judged("advisory", alert=False), "It is a note to editors, not to readers. It raises no alert."),
        (judged("stale", alert=False), "A later version of it is known."),
        (
            judged("repeat", alert=False, novel=[], changes=[]),
            "Every passage stood in earlier copy, and no fact is told otherwise. It raises no alert.",
        ),
        (
            judged(
                "repeat", novel=[], changes=[], reasons={"novel_passages": 3, "passages_told": 2, "passages_aside": 1}
            ),
            "2 were told in other words before, 1 is an aside.",
        ),
        (judged("correction", reasons={"corrects": "the toll"}), "It says itself that it corrects: “the toll”."),
        (judged("update", matches=[], reasons={"take": 2}), "It says that it is take 2 of an item that is known."),
        (judged("hold", reasons={"reason": "held by “EMBARGOED”"}), "must not be used yet: held by “EMBARGOED”."),
    ],
)
def test_every_kind_says_why(text: str, said: str) -> None:
    assert said in text


def test_a_rejection_has_a_page_without_text_and_scores() -> None:
    text = shown(Verdict(id="bad", verdict="rejected", alert=False, reasons={"reason": "not JSON"}), None)
    assert "It can't be used: not JSON." in text
    assert "Text" not in text
    assert "Scores" not in text


def test_copy_that_was_not_compared_is_shown_without_marks() -> None:
    held = Verdict(id="ferry-2", verdict="hold", alert=False, reasons={"reason": "held by “withheld”"})
    assert f"  {TOLL}" in shown(held).splitlines()


def test_text_beyond_the_passages_that_a_verdict_holds_is_shown_too() -> None:
    assert f"  {QUIST}" in shown(replace(UPDATE, passages=UPDATE.passages[:2])).splitlines()


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x9b31m", "\x07", "\u202e", "\r", "\x00"])
def test_nothing_hostile_reaches_the_terminal_from_any_field(hostile: str) -> None:
    text = f"Fire{hostile} in the harbour."
    article = replace(ARTICLE, headline=f"Ferry{hostile}", paragraphs=[text])
    place = Weighed(start=0, end=len(text), fate="seen", where=f"w{hostile}", seen=1.0, novel=False,
                    said=[Said(id=f"w{hostile}", start=0, end=9, kept=1.0)])  # fmt: skip
    new = replace(place, fate="new", pairs=2, facts=[Fact(kind="name", text=f"Q{hostile}", nats=1.0)])
    change = Change(kind="figure", old=f"1{hostile}", new=f"2{hostile}", context=text, start=0, end=6)
    story = Candidate(story="s", headline=f"H{hostile}", score=0.1)
    verdict = replace(UPDATE, id=f"i{hostile}", verdict="new", matches=[Match(id=f"m{hostile}", overlap=0.1)],
                      passages=[place, new], changes=[change], stories=[story])  # fmt: skip
    out = shown(verdict, article)
    held = shown(replace(verdict, verdict="hold", passages=[], reasons={"reason": hostile}), article)
    assert "in the harbour." in out
    assert not set(hostile) & set(out + held) - set("[2J31m")


def test_markup_in_copy_is_shown_as_it_was_written() -> None:
    article = replace(ARTICLE, headline="[bold]Ferry[/bold]", paragraphs=["[red]Fire[/red] in port."])
    passage = Weighed(start=0, end=len(article.text), fate="new")
    text = shown(replace(UPDATE, passages=[passage], changes=[]), article)
    assert "[bold]Ferry[/bold]" in text
    assert "+ [red]Fire[/red] in port." in text

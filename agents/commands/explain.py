"""A verdict for a reader: why it was given, the text with what is new in it, and the scores against their thresholds.

Copy is written by strangers, and so are ids and sources: nothing of theirs is printed but through `plain`.
"""

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.text import Text

from agents.commands.bars import WIDTH, Ink, bar
from agents.commands.grounds import grounds
from agents.commands.lines import STYLES, Row, changed, plain
from agents.commands.marks import LEGEND, Marked, Sent, marked
from streams.records import Candidate, CleanArticle, Verdict
from streams.thresholds import CHANNELS

_HEADLINE = 60  # characters of a story's headline
# What the scores mean that are drawn against a threshold; the threshold of `NAME` is `NAME_needed`.
_SCORES = {
    "overlap": "of its words in one earlier article",
    "seen": "of its words in any earlier copy",
    "story_score": "likeness to its story, and reused text",
    "main_story": "of its text is known from its story",
    "mistyped": "of its words mistyped",
}
# And of those that each passage was measured by.
_BARS = {
    "passage_seen_needed": "of its words in order in earlier copy make a passage a known one",
    "new_company_needed": "of its pairs of words must be new to the story for a passage to be news in it",
    "about_needed": "of what the story is about must be named, or a passage is an aside",
    "new_pairs_needed": "new pairs must be brought, or a passage is an aside",
}


def page(
    verdict: Verdict, article: CleanArticle | None, sent: Mapping[str, Sent], ink: Ink
) -> Iterator[RenderableType]:
    """The page of one article, for rich to print. `sent` tells of the articles judged so far, by id."""
    yield _title(verdict, article)
    yield Text(plain(", ".join(filter(None, [verdict.id, str(sent.get(verdict.id, ""))])), 600), style="dim")
    yield Text()
    yield Text(" ".join(plain(each, 600) for each in grounds(verdict)))
    if verdict.changes:
        yield _heading("Told otherwise")
        yield Row(Text(), list(changed(verdict.changes)))
    if article:
        yield _heading("Text", LEGEND if verdict.passages else "")
        yield from marked(article.text, verdict, sent)
    if verdict.stories:
        yield _heading("Stories looked at", "* its own; the tick is what joining needs")
        yield from (row for each in verdict.stories for row in _story(each, verdict, ink))
    yield from _scores(verdict, ink)
    yield Text()


def _title(verdict: Verdict, article: CleanArticle | None) -> Text:
    headline = plain(article.headline) if article and article.headline else "(no headline)"
    return Text.assemble((verdict.verdict.upper(), STYLES[verdict.verdict]), "  ", (headline, "bold"))


def _heading(title: str, about: str = "") -> Text:
    return Text.assemble("\n", (title, "bold"), ("   " + about if about else "", "dim"))


def _story(each: Candidate, verdict: Verdict, ink: Ink) -> Iterator[RenderableType]:
    needed = float(verdict.reasons.get("story_score_needed") or 0)
    most = max(1.0, verdict.stories[0].score)
    chosen = each.story in (verdict.story, *verdict.merged)
    mark, style = ("*", "bold") if chosen else (" ", "dim")
    yield Text.assemble(
        mark, " ", bar(each.score, needed, ink, most), f" {each.score:5.2f}  ", (plain(each.headline, _HEADLINE), style)
    )
    parts = [f"{kind} {each.likeness[kind]:.2f}" for kind in CHANNELS if kind in each.likeness]
    parts += [f"text {each.overlap:.2f}"] if each.overlap else []
    parts += ["about other people"] if each.other_people else []
    parts += [f"faded to {each.freshness:.2f}"] if each.freshness < 1 else []
    yield Text(" " * (WIDTH + 11) + ", ".join(parts), style="dim")


def _scores(verdict: Verdict, ink: Ink) -> Iterator[RenderableType]:
    """Those scores and thresholds that the verdict has: a rejected or held article has none."""
    reasons = verdict.reasons
    drawn = {name: value for name in _SCORES if isinstance(value := reasons.get(name), int | float)}
    if drawn:
        yield _heading("Scores", "a tick is the threshold")
    for name, value in drawn.items():
        needed = reasons.get(f"{name}_needed")
        bound = float(needed) if isinstance(needed, int | float) else None
        sign = "<" if bound is not None and value < bound else ink.least
        told = f"{value:.2f}" + (f" {sign} {bound:.2f}" if bound is not None else "")
        blank = "" if bound is not None else " "  # where others have their tick
        yield Text.assemble("  ", bar(value, bound, ink), blank, f" {told:<14}", (_SCORES[name], "dim"))
    bars = {name: reasons[name] for name in _BARS if reasons.get(name) is not None and verdict.passages}
    if bars:
        yield _heading("Thresholds of a passage")
    yield from (Marked(" ", Text(f"{value:>5} {_BARS[name]}", style="dim")) for name, value in bars.items())

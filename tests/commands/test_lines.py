"""What people see of verdicts and alerts: what is new and what changed, and nothing that copy could hide in it."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from msgspec.structs import replace
from rich.console import Console

from agents.commands.lines import Row, alert_row, console, plain, verdict_row
from streams.records import Alert, ArticleRef, Change, Match, NamedEntity, Novel, Verdict

TOLL = Change(kind="figure", old="12", new="40", context="The toll rose to 40 on Monday.")


def printed(row: Row, width: int = 80, terminal: bool = False) -> str:
    out = StringIO()
    Console(file=out, width=width, force_terminal=terminal, no_color=True, highlight=False).print(row)
    return out.getvalue()


def verdict(text: str = "", **fields: Any) -> Verdict:
    novel = [Novel(text=text, start=0, end=len(text))] if text else []
    return replace(Verdict(id="ferry-2", verdict="update", alert=True, novel=novel), **fields)


def alert(**fields: Any) -> Alert:
    base = Alert(
        id="a1",
        kind="update",
        story="s1",
        headline="Ferry on fire",
        summary=["Two were hurt."],
        article=ArticleRef(id="ferry-2"),
        alerted=datetime(2026, 3, 1, tzinfo=UTC),
    )
    return replace(base, **fields)


def test_an_update_shows_its_number_kind_headline_and_what_is_new() -> None:
    assert printed(verdict_row(verdict("Two were hurt."), "Ferry on fire", 7)) == (
        "  7  update       Ferry on fire  ferry-2\n                  + Two were hurt.\n"
    )


def test_a_changed_figure_shows_old_and_new() -> None:
    assert "~ figure 12 → 40  The toll rose to 40 on Monday.\n" in printed(verdict_row(verdict(changes=[TOLL])))


def test_a_figure_that_stands_for_none_is_shown_alone() -> None:
    put_in = replace(TOLL, old="", new="3")
    assert "~ figure 3  The toll" in printed(verdict_row(verdict(changes=[put_in])))


def test_a_repeat_shows_what_it_repeats_and_nothing_as_new() -> None:
    seen = verdict("furniture", verdict="repeat", alert=False, matches=[Match(id="ferry-1", overlap=0.975)])
    assert printed(verdict_row(seen)) == ("repeat       ferry-2\n             98% of its words stood in ferry-1\n")


def test_a_rejection_shows_its_reason() -> None:
    seen = verdict(verdict="rejected", alert=False, reasons={"reason": "not JSON: it ends early"})
    assert "not JSON: it ends early" in printed(verdict_row(seen))


def test_of_many_new_passages_the_first_are_shown_and_the_rest_counted() -> None:
    novel = [Novel(text=f"Passage {number}.", start=number, end=number + 1) for number in range(5)]
    text = printed(verdict_row(verdict(novel=novel)))
    assert "+ Passage 2." in text
    assert "Passage 3." not in text
    assert "and 2 more new passages" in text


def test_an_alert_tells_whom_it_names_first_and_what_it_recalls() -> None:
    entities = [NamedEntity(name="Skagen", kind="GPE", new=True), NamedEntity(name="Oslo", kind="GPE", new=False)]
    text = printed(alert_row(alert(entities=entities, changes=[TOLL], recalls=["a0"])))
    assert text.startswith("update       Ferry on fire  ferry-2\n")
    assert "+ Two were hurt." in text
    assert "12 → 40" in text
    assert "first named: Skagen\n" in text
    assert "recalls a0\n" in text


def test_an_alert_tells_which_story_took_in_which() -> None:
    assert "s1 takes in s0\n" in printed(alert_row(alert(story="s1", merged=["s0"])))


def test_long_lines_are_wrapped_under_their_beginning() -> None:
    text = printed(alert_row(alert(summary=["word " * 30])), width=50)
    lines = text.splitlines()
    assert all(len(line) <= 50 for line in lines)
    assert lines[1].startswith("             + word")
    assert lines[2].startswith("               word")


def test_no_line_ends_in_spaces() -> None:
    text = printed(verdict_row(verdict("word " * 60, changes=[TOLL]), "Ferry on fire", 1))
    assert all(line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize(
    "hostile", ["\x1b[2J\x1b[31m", "\x9b31m", "\x07\x08", "\u202e", "\u2066", "\r", "\x00", "\ue000"]
)
def test_what_could_steer_a_terminal_is_left_out(hostile: str) -> None:
    text = printed(alert_row(alert(headline=f"Ferry{hostile} on fire", summary=[f"Two{hostile} hurt"])))
    assert not set(hostile) & set(text) - set("[2J31m")
    assert "Ferry" in text
    assert "on fire" in text


def test_markup_in_copy_is_shown_as_it_was_written() -> None:
    text = printed(alert_row(alert(headline="[bold red]Ferry[/] [link=x]here[/link]")), terminal=True)
    assert "[bold red]Ferry[/] [link=x]here[/link]" in text


def test_every_field_of_copy_is_made_plain() -> None:
    esc = "\x1b[31m"
    change = Change(kind="name", old=f"A{esc}", new=f"B{esc}", context=f"C{esc}")
    seen = verdict(f"D{esc}", id=f"E{esc}", changes=[change], alert=False, reasons={"reason": f"F{esc}"},
                   matches=[Match(id=f"G{esc}", overlap=1.0)])  # fmt: skip
    told = alert(article=ArticleRef(id=f"H{esc}"), entities=[NamedEntity(name=f"I{esc}", kind="GPE", new=True)],
                 recalls=[f"J{esc}"], supersedes=[f"K{esc}"])  # fmt: skip
    text = printed(verdict_row(seen, f"L{esc}")) + printed(alert_row(told))
    assert "\x1b" not in text
    assert all(letter in text for letter in "ABCDEFGHIJKL")


@pytest.mark.parametrize("text", ["क्‍ष", "👩‍🚒 at work", "naïve", "日本語"])
def test_scripts_and_emoji_keep_what_they_need(text: str) -> None:
    assert plain(text) == text


def test_a_long_text_is_cut_between_words() -> None:
    assert plain("one two three", 9) == "one two …"


def test_a_row_says_when_it_came_and_who_sent_it() -> None:
    sent = alert(article=ArticleRef(id="ferry-2", source="Harbour Post"), urgency=1)
    shown = printed(alert_row(sent, datetime(2026, 3, 1, 8, 5, tzinfo=UTC)))
    assert shown.startswith("08:05  update       Ferry on fire  Harbour Post, urgency 1, ferry-2\n")


def test_a_terminal_has_colours_unless_they_are_declined(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, wanted in (("FORCE_COLOR", "\x1b[32m+ \x1b[0m"), ("NO_COLOR", "+ Two were hurt.")):
        monkeypatch.setenv(name, "1")
        console().print(alert_row(alert()))
        assert wanted in capsys.readouterr().out

"""The door of the clean room: what becomes of a raw article."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from agents.clean.article import clean
from streams.errors import RejectedCopy
from streams.records import CleanArticle, RawArticle

from .samples import BODY, HEADLINE, LEAD, PLAN, QUOTE, RESCUE, text_of

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
TEXT = text_of(*BODY)


def cleaned(**fields: object) -> CleanArticle:
    return clean(RawArticle(**{"id": "a", **fields}), NOW)  # type: ignore[arg-type]


def test_plain_copy_keeps_its_paragraphs() -> None:
    article = cleaned(text=TEXT, headline=HEADLINE)
    assert article.paragraphs == BODY
    assert article.headline == HEADLINE
    assert article.language == "en"


def test_what_the_source_says_of_the_article_is_carried_on() -> None:
    article = cleaned(
        text=TEXT,
        source="Wire",
        url="https://example.org/a",
        version=3,
        slug=" ship\naground ",
        urgency=2,
        status="withheld",
    )
    assert (article.source, article.url, article.version) == ("Wire", "https://example.org/a", 3)
    assert (article.slug, article.urgency, article.status) == ("ship aground", 2, "withheld")


def test_the_same_input_gives_the_same_document() -> None:
    first, again = cleaned(text=TEXT), cleaned(text=TEXT)
    assert first == again
    assert re.fullmatch("[0-9a-f]{16}", first.doc)


def test_furniture_around_the_copy_does_not_change_the_document() -> None:
    page = text_of("Home | News | Sport | Shop", HEADLINE, "By Jane Roe", TEXT, "All rights reserved.")
    assert cleaned(text=page, headline=HEADLINE).doc == cleaned(text=TEXT, headline=HEADLINE).doc


@pytest.mark.parametrize(
    "other",
    [
        {"text": TEXT.replace("40", "41")},
        {"text": text_of(LEAD + " " + RESCUE, QUOTE, PLAN)},
        {"headline": "Another"},
        {"version": 2},
        {"status": "withheld"},
        {"id": "b"},
    ],
)
def test_other_content_gives_another_document(other: dict[str, object]) -> None:
    assert cleaned(**{"text": TEXT, "headline": HEADLINE, **other}).doc != cleaned(text=TEXT, headline=HEADLINE).doc


def test_the_first_line_of_a_text_without_headline_is_its_headline() -> None:
    article = cleaned(text=text_of(HEADLINE, *BODY))
    assert article.headline == HEADLINE
    assert article.paragraphs == BODY


@pytest.mark.parametrize("line", [HEADLINE, HEADLINE.upper(), f"UPDATE 1-{HEADLINE}", f"{HEADLINE} | The Example"])
def test_a_headline_repeated_in_the_text_is_dropped_from_it(line: str) -> None:
    assert cleaned(text=text_of(line, *BODY), headline=HEADLINE).paragraphs == BODY


def test_a_headline_that_is_the_lead_cut_short_stays_in_the_text() -> None:
    assert cleaned(text=TEXT, headline=LEAD[:80]).paragraphs == BODY


def test_a_headline_that_is_the_lead_stays_in_the_text() -> None:
    assert cleaned(text=TEXT, headline=LEAD).paragraphs == BODY


def test_a_flash_of_one_line_is_copy_and_headline() -> None:
    article = cleaned(text="BREAKING: Freighter aground at Port Verrin")
    assert article.paragraphs == [article.headline] == ["Freighter aground at Port Verrin"]
    assert cleaned(text="Freighter aground", headline="Freighter aground").paragraphs == ["Freighter aground"]


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("<b>Ship</b> &amp; crew safe", "Ship & crew safe"),
        ('<img src=x onerror="alert(1)">Ship safe', "Ship safe"),
        ("<script>alert(1)</script>Ship safe", "Ship safe"),
        ("Ship <a href='/x'>safe</a>\n", "Ship safe"),
        ("VERRIN LINES <VRL> SEES LOSS", "VERRIN LINES <VRL> SEES LOSS"),
    ],
)
def test_markup_in_a_headline_becomes_plain_text(markup: str, plain: str) -> None:
    assert cleaned(text=TEXT, headline=markup).headline == plain


def test_a_field_wins_over_what_the_text_says() -> None:
    text = text_of(HEADLINE, "By Jane Roe", "March 2, 2026", *BODY)
    told = cleaned(text=text, byline="By Tom Hale", published=NOW, language="EN_us")
    assert (told.byline, told.published, told.published_from, told.language) == ("Tom Hale", NOW, "field", "en-us")
    read = cleaned(text=text)
    assert (read.byline, read.published, read.published_from) == ("Jane Roe", datetime(2026, 3, 2, tzinfo=UTC), "text")


def test_an_article_without_a_date_is_dated_by_its_arrival() -> None:
    article = cleaned(text=TEXT)
    assert (article.published, article.published_from, article.received) == (NOW, "received", NOW)
    earlier = NOW - timedelta(hours=3)
    assert cleaned(text=TEXT, received=earlier).published == earlier


@pytest.mark.parametrize(
    "moment",
    [
        datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=5))),
        NOW + timedelta(days=3),
        datetime(1899, 1, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
    ],
)
def test_a_date_that_cannot_be_true_is_not_believed(moment: datetime) -> None:
    article = cleaned(text=TEXT, published=moment)
    assert (article.published, article.published_from) == (NOW, "received")
    assert cleaned(text=TEXT, received=moment, published=NOW).published_from == "field"
    if moment > NOW:
        assert cleaned(text=TEXT, received=moment).received == NOW


def test_a_clock_that_is_hours_ahead_is_believed() -> None:
    assert cleaned(text=TEXT, published=NOW + timedelta(hours=14)).published_from == "field"


def test_html_is_read_before_text_and_text_where_html_holds_no_copy() -> None:
    assert cleaned(html=f"<p>{LEAD}</p>", text=PLAN).paragraphs == [LEAD]
    assert cleaned(html="<p>Share</p>", text=PLAN).paragraphs == [PLAN]


def test_html_in_the_text_field_is_read_as_html() -> None:
    assert cleaned(text=f"<p>{LEAD}</p>\n<p>{RESCUE}</p>").paragraphs == [LEAD, RESCUE]
    assert cleaned(text=f"It said <b>no</b> to <VRL> & others. {PLAN}").paragraphs == [
        f"It said no to <VRL> & others. {PLAN}"
    ]


@pytest.mark.parametrize("text", ["", "  \n\n ", "Tags: ships\nMost read\nShare", "* * *"])
def test_a_text_without_copy_is_rejected(text: str) -> None:
    with pytest.raises(RejectedCopy, match="no copy in `text`"):
        cleaned(text=text)


def test_a_page_without_copy_is_rejected() -> None:
    with pytest.raises(RejectedCopy, match="no copy in `html`"):
        cleaned(html="<html><body><script>x</script></body></html>")


def test_an_article_with_neither_text_nor_html_is_rejected() -> None:
    with pytest.raises(RejectedCopy, match="neither `text` nor `html`"):
        cleaned(headline=HEADLINE)


def test_a_withdrawal_needs_no_copy() -> None:
    article = cleaned(headline="KILL: Freighter aground", status="canceled")
    assert article.paragraphs == []
    assert cleaned(headline="KILL", text="", status="canceled").status == "canceled"


def test_control_characters_are_gone_from_every_text() -> None:
    article = cleaned(text=f"\x00{LEAD}\x07\x1b", headline="Ship\x00 aground\x08", byline="Jane\x00 Roe", slug="a\x01b")
    assert article.paragraphs == [LEAD]
    assert (article.headline, article.byline, article.slug) == ("Ship aground", "Jane Roe", "ab")


@pytest.mark.parametrize(
    ("paragraphs", "language"),
    [
        (
            [
                "הנמל נסגר ביום שלישי לאחר שאונייה עלתה על שרטון בפתח הנהר, כך מסרה רשות הנמל.",
                "כ-40 בני אדם חולצו במסוק.",
            ],
            "he",
        ),
        (["أُغلق الميناء يوم الثلاثاء بعد جنوح سفينة شحن عند مصب النهر.", "هل أصيب أحد؟", "لم يصب أحد بأذى."], "ar"),
        (
            ["Порт был закрыт во вторник после того, как сухогруз сел на мель.", "— Нам повезло, — сказал капитан."],
            "ru",
        ),
        (["港口管理局周二表示，一艘货轮在河口搁浅后，港口关闭。", "约40人被直升机救出，无人受伤！"], "zh"),
        (["बंदरगाह मंगलवार को बंद कर दिया गया, प्राधिकरण ने कहा।", "कोई घायल नहीं हुआ।"], "hi"),
    ],
)
def test_other_scripts_pass_unharmed(paragraphs: list[str], language: str) -> None:
    article = cleaned(text=text_of(*paragraphs))
    assert article.paragraphs == paragraphs
    assert article.language == language


HUGE = {
    "one long line": "word and more " * 70_000,
    "one long word": "x" * 1_000_000,
    "brackets": "(photo: " * 100_000,
    "tags": "<a x=" * 150_000,
    "comments": "<!-- a" * 150_000,
    "dashes": "A — " * 200_000,
    "mojibake": "Ã©" * 300_000,
    "hyphens": "hy-\n" * 100_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_a_huge_text_without_form_is_one_paragraph(text: str) -> None:
    assert len(cleaned(text=text).paragraphs) == 1


@pytest.mark.parametrize("count", [5_000, 50_000])
def test_many_short_lines_are_all_kept(count: int) -> None:
    assert cleaned(text="Abc def ghi.\n\n" * count).paragraphs == ["Abc def ghi."] * count


def test_what_stood_beside_the_copy_is_kept_apart() -> None:
    text = "Ferry sinks off Marrow\n\nBy Ines Tolvar\n\nPublished: March 3, 2026 14:20\n\n" + "\n\n".join(
        [
            "Twelve people died when the ferry Ondine capsized off the port of Marrow on Tuesday, officials said.",
            "Fishing boats pulled 97 survivors from the water, and divers will resume the search on Wednesday.",
        ]
    )
    article = clean(RawArticle(id="a", text=text), datetime.now(UTC))
    assert article.aside.startswith("Ferry sinks off Marrow")
    assert "Ines Tolvar" in article.aside
    assert "Twelve people" not in article.aside


def test_a_dateline_that_is_given_wins_over_the_one_in_the_text() -> None:
    text = "WICKHAVEN (Kessrin) - The ferry left the harbour at noon on Monday, the coast guard said."
    assert clean(RawArticle(id="a", text=text, dateline="Port Orla"), NOW).dateline == "Port Orla"
    assert clean(RawArticle(id="a", text=text), NOW).dateline == "WICKHAVEN (Kessrin)"

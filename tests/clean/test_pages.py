"""HTML read as copy."""

from datetime import UTC, datetime

import pytest

from agents.clean.body import read_copy
from agents.clean.pages import is_html, read_page

from .samples import BODY, CAPTION, HEADLINE, LEAD, PLAN, QUOTE, RESCUE

PAGE = f"""<?xml version="1.0" encoding="utf-8"?><!doctype html><html lang="en"><head>
<title>{HEADLINE} | The Example</title>
<meta property="article:published_time" content="2026-03-03T08:30:00+01:00"><meta name="author" content="Jane Roe"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<header><h1>{HEADLINE}</h1></header><article><p class="byline">By Jane Roe</p>
<figure><img src="a.jpg"><figcaption>{CAPTION}
 (Photo: Ann Lee/AP)</figcaption></figure>
<p>{LEAD}</p><p>{RESCUE}</p><ul><li>Two tugs stand by at the quay.</li><li>The river is closed to barges.</li></ul>
<blockquote><p>{QUOTE}</p></blockquote><p>{PLAN}</p></article>
<footer><p>Copyright 2026 The Example. All rights reserved.</p></footer><script>alert("x")</script></body></html>"""


def test_a_page_gives_its_copy_and_what_it_declares() -> None:
    page = read_page(PAGE)
    items = ["Two tugs stand by at the quay.", "The river is closed to barges."]
    assert read_copy(page.text, page.headline).paragraphs == [LEAD, RESCUE, *items, QUOTE, PLAN]
    assert page.captions == [f"{CAPTION} (Photo: Ann Lee/AP)"]
    assert (page.headline, page.byline) == (HEADLINE, "Jane Roe")
    assert page.published == datetime(2026, 3, 3, 7, 30, tzinfo=UTC)


def test_a_fragment_is_copy_as_it_stands() -> None:
    page = read_page(f"<p>{LEAD}</p><p>Short.</p><ul><li>{RESCUE}<li>{PLAN}</ul><table><tr><td>Oil<td>71.20</table>")
    assert read_copy(page.text).paragraphs == [LEAD, "Short.", RESCUE, PLAN, "Oil 71.20"]


def test_a_line_feed_in_a_paragraph_is_a_space_and_a_break_is_a_line() -> None:
    page = read_page("<p>Port\nVerrin <b>is</b>\n closed.<br>It rains.</p><pre>a  b\nc</pre>")
    assert [line for line in page.text.split("\n") if line] == ["Port Verrin is closed.", "It rains.", "a  b", "c"]


def test_a_page_that_trafilatura_makes_nothing_of_is_read_as_it_stands() -> None:
    page = read_page(f"<html><body>{'<div>' * 600}<p>{LEAD}</p>{'</div>' * 600}</body></html>")
    assert read_copy(page.text).paragraphs == [LEAD]


def test_a_page_of_very_many_elements_is_read_as_it_stands() -> None:
    page = read_page("<html><body>" + f"<p>{PLAN}</p>" * 20_000)
    assert page.text.count(PLAN) == 20_000


@pytest.mark.parametrize("source", ["", " ", "\x00", "<!-- -->", "<html></html>", "<p" * 50_000, "<div>" * 50_000])
def test_a_page_without_text_gives_none(source: str) -> None:
    assert read_copy(read_page(source).text).paragraphs == []


def test_what_is_unseen_is_no_copy() -> None:
    page = read_page(
        f"<p>{LEAD}</p><script>var x</script><style>p {{}}</style><noscript>No</noscript><button>Buy</button>"
    )
    assert page.text == LEAD


def test_tickers_in_angle_brackets_stay() -> None:
    assert read_page("<p>Shares of Verrin Lines <VRL> rose, those of <HLE.N> fell.</p>").text == (
        "Shares of Verrin Lines <VRL> rose, those of <HLE.N> fell."
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta itemprop="datePublished" content="2026-03-03T07:30:00Z">',
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2026-03-03T07:30:00Z"}]}</script>',
        '<script type="application/ld+json">{broken</script><main><time datetime="2026-03-03 07:30">',
        '<main><time datetime="2026-03-03T08:30:00+01:00">today</time></main>',
    ],
)
def test_a_page_declares_its_date_in_many_ways(head: str) -> None:
    page = read_page(f"<html><head>{head}</head><body><p>{LEAD}</p></body></html>")
    assert page.published == datetime(2026, 3, 3, 7, 30, tzinfo=UTC)


def test_a_page_without_a_date_has_none() -> None:
    assert read_page(f"<html><body><p>{LEAD}</p></body></html>").published is None


@pytest.mark.parametrize(
    "text", [f"<p>{LEAD}</p>", PAGE, f"\n<div class='x'>{LEAD}</div>", "<!-- a --><h1>Ship</h1><p>b</p>"]
)
def test_plain_html_is_known(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize(
    "text", [LEAD, "<VRL> rose </b>", "The <p> tag opens a paragraph, </p> closes it.", "<p> is a tag"]
)
def test_text_with_angle_brackets_is_not_html(text: str) -> None:
    assert not is_html(text)


def test_the_paragraphs_of_text_and_page_are_the_same() -> None:
    html = "<html><body><article>" + "".join(f"<p>{each}</p>" for each in BODY) + "</article></body></html>"
    assert read_copy(read_page(html).text).paragraphs == BODY

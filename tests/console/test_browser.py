"""The console in a real browser: live, exact, safe, by keyboard, and for everyone."""

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from streams.records import Change, NamedEntity, Said, Weighed
from tests.console.conftest import Look, serving
from tests.console.samples import NOON, alert, clean, novel, rejection, repeat, sent, verdict
from tests.console.serving import PATIENCE, Console

HOSTILE = "<img src=x onerror=\"document.title='broken in'\">"
FIRST = clean("ferry-1", "At least 12 people died.", "It was bound for Tarn.", headline="Ferry sinks")
SECOND = clean(
    "ferry-2", "At least 40 people died.", "It was bound for Tarn.", "A 🚢 prosecutor came.", headline="Toll rises"
)
TOLL = Change(kind="figure", old="12", new="40", context="At least 40 people died.", was="12 people", now="40 people")
ONDINE = NamedEntity(name="Ondine", kind="FAC", new=True)


@pytest.fixture(scope="module", autouse=True)
def copy(console: Console) -> None:
    """A story of two tellings and a repeat, something rejected, and copy that means harm."""
    bad = clean("bad", HOSTILE, headline=HOSTILE, source=HOSTILE, url="javascript:alert(1)", byline=HOSTILE)
    first = alert("first", "Ferry sinks", story="ferry", article="ferry-1")
    toll = alert("toll", "Toll rises", "update", "ferry", "ferry-2", changes=[TOLL], entities=[ONDINE])
    harm = alert("bad", HOSTILE, story="bad", article="bad", source=HOSTILE, summary=[HOSTILE])
    console.send(
        ("clean", "bad", bad),
        ("verdicts", "bad", verdict("bad", story="bad", novel=novel(bad, HOSTILE))),
        ("alerts", "bad", harm),
        ("clean", "ferry-1", FIRST),
        ("verdicts", "ferry-1", verdict("ferry-1", story="ferry", novel=novel(FIRST, *FIRST.paragraphs))),
        ("alerts", "ferry-1", first),
        ("clean", "ferry-copy", clean("ferry-copy", *FIRST.paragraphs, source="Evening Blog")),
        ("verdicts", "ferry-copy", repeat("ferry-copy", "ferry-1", story="ferry")),
        ("rejected", "r1", rejection("r1", f"unknown field `{HOSTILE}`", b"<script>alert(1)</script>")),
    )
    console.wait_for("/api/alerts", lambda said: len(said["page"]["alerts"]) == 2)
    start = SECOND.text.index("It was bound")
    bound = Said(id="ferry-1", start=FIRST.text.index("It was bound"), end=len(FIRST.text), kept=1.0)
    seen = [Weighed(start=start, end=start + 22, fate="seen", said=[bound])]
    new = novel(SECOND, "A 🚢 prosecutor came.")
    update = verdict("ferry-2", "update", "ferry", novel=new, changes=[TOLL], passages=seen)
    console.send(("clean", "ferry-2", SECOND), ("verdicts", "ferry-2", update), ("alerts", "ferry-2", toll))
    console.wait_for("/api/alerts", lambda said: len(said["page"]["alerts"]) == 3)
    console.wait_for("/api/stories/ferry", lambda said: said.get("articles") == 3)
    console.wait_for("/api/rejected", lambda said: len(said["rejected"]) == 1)


def row(page: Page, headline: str) -> Locator:
    return page.get_by_role("feed").get_by_role("heading", name=headline, exact=True)


def live(page: Page) -> None:
    expect(page.locator("#line")).to_have_text("live")


def test_an_alert_appears_without_a_reload(look: Look, console: Console) -> None:
    page = look()
    live(page)
    console.send(("alerts", "mine", alert("mine", "Mine floods at Hask", story="mine")))
    expect(row(page, "Mine floods at Hask")).to_be_visible()
    expect(page.locator(".row").first).to_contain_text("Mine floods at Hask")


def test_a_story_marks_exactly_what_is_new_and_shows_what_figures_were(look: Look) -> None:
    page = look("/#/story/ferry")
    toll = page.locator(".telling").first
    expect(toll.locator(".copy mark")).to_have_text(["A 🚢 prosecutor came."])
    expect(toll.locator(".copy ins")).to_have_text(["40"])
    expect(toll.locator(".copy del")).to_have_text(["12"])
    expect(toll.locator(".copy .seen")).to_have_text(["At least ", " people died.", "It was bound for Tarn."])
    expect(toll.locator(".change")).to_contain_text("12 people → 40 people")
    expect(toll.locator(".tellers")).to_contain_text("First told by Harbour Post")
    expect(page.locator(".telling").nth(1).locator(".carriers")).to_contain_text("Evening Blog")
    toll.locator(".tellers a").click()
    expect(page).to_have_url(re.compile("#/story/ferry/ferry-1$"))


def test_the_list_shows_what_is_asked_for_and_what_comes_of_it(look: Look, console: Console) -> None:
    page = look("/#/story/ferry")
    live(page)
    page.get_by_role("button", name="Ondine").click()
    expect(page.locator(".row")).to_have_count(1)
    page.get_by_role("button", name="Ondine", exact=False).first.click()
    page.locator("#main").focus()
    page.keyboard.press("f")
    page.keyboard.type("sluice")
    expect(page.locator("#column")).to_have_attribute("data-empty", "None of these.")
    expect(page.locator(".row")).to_have_count(0)
    console.send(
        ("alerts", "dry", alert("dry", "Drought at Hask", story="dry")),
        ("alerts", "wet", alert("wet", "Sluice opens at Hask", story="wet")),
    )
    expect(row(page, "Sluice opens at Hask")).to_be_visible()
    expect(page.locator(".row")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(row(page, "Drought at Hask")).to_be_visible()
    page.keyboard.press("2")
    expect(page.locator("#main [data-page='sources']")).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_label("Words of alerts")).to_be_focused()
    page.get_by_label("Kind of alert").select_option("update")
    expect(page.locator(".row")).to_have_count(1)


def test_copy_that_means_harm_is_shown_as_text_everywhere(look: Look) -> None:
    page = look("/#/alert/bad")
    expect(page.locator("#main h1")).to_have_text(HOSTILE)
    expect(row(page, HOSTILE)).to_be_visible()
    for path in ("/#/search/img", "/#/sources", "/#/rejected", "/#/search/" + HOSTILE.replace(" ", "%20")):
        page.goto(page.url.split("/#")[0] + path)
        expect(page.locator("#main h1")).to_be_visible()
        expect(page.locator("#main")).to_contain_text("<img src=x")
    assert page.locator("img, script:not([src]), [onerror], a[href^=javascript]").count() == 0
    assert "broken in" not in page.title() or HOSTILE in page.title()


def test_no_script_or_style_of_a_stranger_would_run(look: Look) -> None:
    page = look()
    live(page)
    ran = page.evaluate(
        """() => { document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = 1'><p style='color: red'>");
        const script = document.createElement("script"); script.textContent = "window.ran = 1"; document.body.append(script);
        return [window.ran ?? 0, getComputedStyle(document.body.lastElementChild.previousElementSibling).color]; }"""
    )
    assert ran[0] == 0
    assert ran[1] != "rgb(255, 0, 0)"


def test_the_stream_resumes_after_the_server_was_restarted(look: Look, console: Console) -> None:
    page = look()
    live(page)
    page.evaluate("window.kept = true")
    console.stop()
    expect(page.locator("#line")).not_to_have_text("live")
    console.send(("alerts", "away", alert("away", "Told while nobody served", story="away")))
    console.start()
    live(page)
    expect(row(page, "Told while nobody served")).to_have_count(1)
    console.send(("alerts", "back", alert("back", "Told when all was well again", story="back")))
    expect(row(page, "Told when all was well again")).to_have_count(1)
    expect(row(page, "Ferry sinks")).to_have_count(1)
    assert page.evaluate("window.kept")  # the page was not loaded anew


def test_all_of_it_can_be_done_by_keyboard(look: Look) -> None:
    page = look()
    live(page)
    expect(page.locator(".row").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    focused = page.evaluate("document.activeElement.querySelector('h2').textContent")
    page.keyboard.press("Enter")
    expect(page.locator("#main h1")).to_be_visible()
    assert "#/alert/" in page.url
    expect(page.locator("#main h2").filter(has_text=focused).first).to_be_attached()
    page.keyboard.press("Escape")
    expect(page).to_have_url(page.url.split("#")[0] + "#/")
    page.keyboard.press("/")
    page.keyboard.type("prosecutor")
    page.keyboard.press("Enter")
    expect(page.locator("#main h1")).to_have_text("1 article with “prosecutor”")
    page.locator("#main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).not_to_be_visible()


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 390), ("light", 1300), ("dark", 1300)])
def test_axe_finds_no_violation(look: Look, console: Console, theme: str, width: int) -> None:
    page = look(color_scheme=theme, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    expect(page.locator(".row").first).to_be_attached()
    for path in ("", "story/ferry", "search/ferry", "sources", "river", "rejected", "session"):
        page.goto(f"{console.url}/#/{path}")
        if path:
            expect(page.locator(f"#main [data-page='{path.split('/')[0]}']")).to_be_attached()
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


def test_a_phone_shows_one_thing_at_a_time_and_nothing_beside_the_screen(look: Look) -> None:
    page = look(viewport={"width": 360, "height": 740})
    page.locator(".row", has_text="Toll rises").click()
    expect(page.locator("#main h1")).to_be_visible()
    expect(page.get_by_role("feed")).not_to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("link", name="← Alerts").click()
    expect(page.get_by_role("feed")).to_be_visible()


def test_a_reader_signs_in_once(browser: Browser, embedded_broker: str) -> None:
    with serving(embedded_broker, read_token="look") as console:
        console.take(sent(alert("mine", "Mine floods at Hask")))
        page = browser.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(console.url)
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        expect(page.locator(".row")).to_have_count(0)
        page.get_by_label("Token").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("not the worker's")
        page.get_by_label("Token").fill("look")
        page.get_by_label("Token").press("Enter")
        expect(row(page, "Mine floods at Hask")).to_be_visible()
        live(page)
        page.reload()
        expect(row(page, "Mine floods at Hask")).to_be_visible()
        assert page.evaluate("document.cookie") == ""
        page.close()


def test_of_thousands_of_alerts_only_those_in_sight_are_in_the_page(browser: Browser, embedded_broker: str) -> None:
    with serving(embedded_broker) as console:
        console.take(*(sent(alert(f"a{n}", f"Headline {n}", story=f"s{n}"), NOON + n, 0, n) for n in range(3000)))
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(console.url)
        expect(page.locator(".row").first).to_contain_text("Headline 2999")
        last, deadline = row(page, "Headline 0"), time.monotonic() + PATIENCE
        while not last.count():  # a page of alerts comes whenever the end is reached
            page.locator("#scroller").evaluate("scroller => { scroller.scrollTop = scroller.scrollHeight; }")
            assert time.monotonic() < deadline
        expect(last).to_be_visible()
        assert page.locator(".row").count() < 40
        page.close()


def test_what_was_rejected_can_be_put_back(look: Look, console: Console) -> None:
    page = look("/#/rejected")
    expect(page.get_by_role("button", name="Put back")).to_be_visible()
    console.send(("rejected", "r2", rejection("r2", "not JSON")))
    console.wait_for("/api/rejected", lambda said: len(said["rejected"]) == 2)
    page.reload()
    page.locator(".rejections li", has_text="not JSON").get_by_role("button").click()
    refusal = page.locator(".rejections li", has_text="not JSON").get_by_role("status")
    expect(refusal).to_contain_text("no topic of this river")  # it came from the topics of another

"""What a story becomes with each article, and that it keeps a bounded size."""

from datetime import timedelta

from msgspec.structs import replace

from agents.alert.growth import ENTRIES, NAMES, SOURCES, grown
from agents.alert.memory import Memory
from agents.alert.stories import KEPT, Counts, Story, profile
from agents.alert.terms import leading, terms
from streams.codec import encode
from streams.records import Entity, Kind, TaggedArticle, Verdict

from .samples import BUDGET, FERRY, INQUIRY, NOW, tagged

HOUR = timedelta(hours=1)


def after(story: Story | None, article: TaggedArticle, verdict: Kind = "development") -> Story:
    """The story after an article with this verdict."""
    about = profile(terms(article), "en", Counts(), leading(article))
    told = Verdict(id=article.article.id, verdict=verdict, alert=True, story=story.id if story else "story")
    became = grown(story, Memory(story.told if story else b""), article, about, told, NOW)
    assert became
    return became


def dated(name: str, paragraphs: list[str], hours: float, **more: object) -> TaggedArticle:
    written = tagged(name, paragraphs)
    fields = {"published": NOW + hours * HOUR, "published_from": "field", **more}
    return replace(written, article=replace(written.article, **fields))


def test_a_timeline_has_what_rang_in_order_of_time() -> None:
    story = after(None, dated("ferry", FERRY, 0, headline="Ferry sinks"), "new")
    story = after(story, dated("inquiry", INQUIRY, 5, headline="Logbooks seized"))
    story = after(story, dated("late", FERRY, 2, headline="Ferry sank, divers say"), "update")
    assert [(each.article, each.at, each.verdict, each.headline) for each in story.timeline] == [
        ("ferry", NOW, "new", "Ferry sinks"),
        ("late", NOW + 2 * HOUR, "update", "Ferry sank, divers say"),
        ("inquiry", NOW + 5 * HOUR, "development", "Logbooks seized"),
    ]
    assert (story.first, story.last) == (NOW, NOW + 5 * HOUR)


def test_an_undated_article_stands_where_it_was_judged() -> None:
    story = after(after(None, dated("ferry", FERRY, -3), "new"), tagged("inquiry", INQUIRY))
    assert [each.at for each in story.timeline] == [NOW - 3 * HOUR, NOW]
    assert story.last == NOW - 3 * HOUR


def test_a_repeat_adds_who_carried_it_and_no_entry() -> None:
    story = after(None, dated("ferry", FERRY, 0, source="Wirepool"), "new")
    again = after(story, dated("reprint", FERRY, 1, source="Harbour Post"), "repeat")
    assert (again.size, again.sources, again.last) == (2, ["Wirepool", "Harbour Post"], NOW + HOUR)
    assert (again.timeline, again.profile, again.told) == (story.timeline, story.profile, story.told)


def test_a_story_goes_under_the_headline_that_says_most_of_what_it_is_about() -> None:
    story = after(None, tagged("ferry", FERRY, headline="Many dead at sea"), "new")
    story = after(story, tagged("toll", FERRY, headline="Ferry Ondine capsized off Marrow"), "update")
    story = after(story, tagged("aside", INQUIRY, headline="What we know so far"))
    assert story.headline == "Ferry Ondine capsized off Marrow"


def test_an_old_headline_gives_way_however_apt_it_was() -> None:
    story = after(None, tagged("first", FERRY, headline="Ferry Ondine capsized off Marrow, 12 dead"), "new")
    for number in range(5):
        story = after(story, tagged(f"toll {number}", FERRY, headline="Ferry Ondine: 40 dead"), "update")
    assert story.headline == "Ferry Ondine: 40 dead"


def test_copy_without_a_headline_lends_its_beginning() -> None:
    assert FERRY[0].startswith(after(None, tagged("ferry", FERRY), "new").headline)


def test_the_headline_of_what_was_withdrawn_leaves_the_story_and_the_timeline_says_so() -> None:
    story = after(None, tagged("ferry", FERRY, headline="Ferry sinks"), "new")
    story = after(story, tagged("log", INQUIRY, headline="Ferry Ondine capsized off Marrow"))
    kill = tagged("log", ["STORY WITHDRAWN"], status="canceled", headline="Ferry Ondine capsized off Marrow")
    killed = after(story, kill, "withdrawal")
    assert (story.headline, killed.headline) == ("Ferry Ondine capsized off Marrow", "Ferry sinks")
    assert [each.verdict for each in killed.timeline] == ["new", "development", "withdrawal"]
    assert (killed.profile, killed.size) == (story.profile, story.size)


def test_a_name_is_kept_as_first_written_with_how_many_articles_had_it() -> None:
    story = after(None, tagged("one", FERRY, entities=[Entity(name="Maren Quist", kind="PERSON")]), "new")
    story = after(story, tagged("two", INQUIRY, entities=[Entity(name="MAREN QUIST", kind="ORG")]))
    (named,) = story.named.values()
    assert (named.name, named.kind, named.articles) == ("Maren Quist", "PERSON", 2)


def test_a_story_of_very_many_articles_stays_small_and_keeps_its_beginning_and_what_it_is_about() -> None:
    story = after(None, dated("ferry 0", FERRY, 0, headline="Ferry sinks"), "new")
    largest = 0
    for number in range(1, 100):
        text = [*FERRY, " ".join(f"aside{number}x{each}" for each in range(60))]
        names = [Entity(name=f"Witness Nr{number}x{each}", kind="PERSON") for each in range(20)]
        quist = Entity(name="Maren Quist", kind="PERSON")
        written = replace(dated(f"ferry {number}", text, number, source=f"Paper {number}"), entities=[quist, *names])
        story = after(story, written)
        largest = max(largest, len(encode(story))) if number > 50 else 0
    assert len(encode(story)) <= 1.1 * largest
    assert (len(story.timeline), len(story.named), len(story.sources)) == (ENTRIES, NAMES, SOURCES)
    assert (story.timeline[0].article, story.timeline[-1].article) == ("ferry 0", "ferry 99")
    assert max(story.named.values(), key=lambda each: each.articles).name == "Maren Quist"
    assert all(len(each) <= KEPT for each in (story.profile.words, story.profile.people, story.profile.leads))


def test_another_story_has_nothing_of_this_one() -> None:
    assert after(None, tagged("budget", BUDGET), "new").timeline[0].article == "budget"

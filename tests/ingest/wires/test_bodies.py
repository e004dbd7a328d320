"""Copy in a tree of its own becomes HTML or text, and a note to editors may hold it."""

import pytest
from lxml import etree

from agents.ingest.wires.bodies import Body, close, remark
from agents.ingest.wires.draft import Draft
from streams.records import RawArticle


def read(*sources: str) -> RawArticle:
    draft, body = Draft(), Body()
    for source in sources:
        body.tree(etree.fromstring(source))
    body.put(draft)
    article = close(draft, "a").article
    assert article
    return article


def test_marks_on_words_and_attributes_are_lost_and_links_stay() -> None:
    article = read(
        '<x><p class="a">The <person id="1">mayor</person> <em>said</em> <a href="u" rel="v">so</a>.</p></x>'
    )
    assert article.html == '<div><p>The <span>mayor</span> <em>said</em> <a href="u">so</a>.</p></div>'


def test_what_is_not_for_readers_is_left_out_but_what_follows_it_stays() -> None:
    assert (
        read("<x><header><ul><li>SPORT</li></ul></header><p>A<script>b</script>C</p></x>").html
        == "<div><p>AC</p></div>"
    )


def test_a_tree_without_blocks_keeps_its_lines() -> None:
    assert read("<x>First\n  second <b>bold</b></x>").text == "First\n  second bold"


def test_text_beside_markup_keeps_its_lines_too() -> None:
    assert read("<x>a &lt; b\nc</x>", "<x><p>D</p></x>").html == "<pre>a &lt; b\nc</pre>\n\n<div><p>D</p></div>"


@pytest.mark.parametrize(
    ("note", "held"),
    [
        ("EMBARGOED until 0001 GMT Tuesday", True),
        ("Embargo: noon", True),
        ("Note to editors: STRICTLY EMBARGOED. Not for public release until 12noon", True),
        ("Not for publication before noon", True),
        ("Hold for release on Friday", True),
        ("HOLD", True),
        ("Hold to 300 words", False),
        ("The following is not for publication: desk@northwire.example", False),
        ("Adds reaction to arms embargo", False),
        ("Embargo has been lifted", False),
        ("No longer embargoed", False),
        ("Embargo will be lifted at noon", True),
        ("Embargo is lifted on Friday", True),
        ("EMBARGOED until noon. Photos no longer available", True),
        ("", False),
    ],
)
def test_a_note_that_the_story_must_wait_holds_it(note: str, held: bool) -> None:
    draft = Draft()
    draft.line("headline", "Dam holds")
    remark(draft, note)
    article = close(draft, "a").article
    assert article
    assert (article.status == "withheld", article.note) == (held, note or None)

"""Whole pages as text: the copy comes out, the page stays behind."""

from datetime import UTC, datetime

import pytest

from agents.clean.body import Copy, read_copy

from .samples import BODY, CAPTION, CREDIT, HEADLINE, LEAD, PLAN, QUOTE, RESCUE, text_of

MOST_READ = "\n".join(
    [
        "Most Read",
        "1",
        "",
        "Minister leaves cabinet over rail contract",
        "",
        "Transport minister Tom Hale speaks to reporters outside parliament in the capital on a cold morning in January.",
        "2",
        "",
        "Is the storm still coming?",
        "",
        "Waves break over the sea wall at Hale Point, November 3, 2025",
    ]
)
LINKS = "\n".join(
    "About Us|Privacy Policy|Contact us|Terms Of Service|Advertise with Us|Verrin Jobs|Sitemap|Fishing Weekly|RSS feed|"
    "Customer Service|The centre answers calls from Sunday to Thursday between 7:00 AM and 2:00 PM and on Fridays until noon|"
    "Telephone: 555-0143 Fax: 555-0144 E-mail: desk@example.org|Copyright © 2026 Example Media. All rights reserved".split(
        "|"
    )
)
PAGE = text_of(
    " date 2026-03-03 The Example - Verrin News World News Middle East Business Opinion PODCAST Sports Weather\n"
    "Fishing Faith Health Science Law Real Estate Premium\nExample Verrin News",
    HEADLINE,
    "Salvage crews hope for Thursday’s tide.",
    f"By JANE ROE\nPublished: MARCH 3, 2026 23:56\n{CAPTION} {CREDIT}\n{CAPTION}\n{CREDIT}",
    LEAD,
    RESCUE,
    "Ines Calder at work in 2019. (credit: Harbour Office) Ines Calder at work in 2019. (credit: Harbour Office)",
    QUOTE,
    PLAN,
    "Tags Verrin Ships harbour\nSign up for the morning newsletter\nSign up for the morning newsletter",
    "By registering I accept the terms of service and the privacy policy",
    MOST_READ,
    LINKS,
)


def test_a_scraped_page_gives_its_copy_and_nothing_else() -> None:
    assert read_copy(PAGE) == Copy(
        credits=[HEADLINE, "Salvage crews hope for Thursday’s tide.", "By JANE ROE", "Published: MARCH 3, 2026 23:56"],
        paragraphs=BODY,
        captions=[f"{CAPTION} {CREDIT}", "Ines Calder at work in 2019. (credit: Harbour Office)"],
        headline=HEADLINE,
        standfirst="Salvage crews hope for Thursday’s tide.",
        byline="JANE ROE",
        published=datetime(2026, 3, 3, 23, 56, tzinfo=UTC),
    )


def test_a_page_and_its_body_alone_have_the_same_paragraphs() -> None:
    body = f" date 2026-03-03 {text_of(*BODY[:2], f'Ines Calder at work. {CREDIT}', *BODY[2:])}"
    assert read_copy(body).paragraphs == read_copy(PAGE).paragraphs
    assert read_copy(body).published == datetime(2026, 3, 3, tzinfo=UTC)


def test_a_page_of_menus_that_name_lists_still_gives_its_copy() -> None:
    menus = "Latest news\nMost read\nAbout us\nContact us\nSign in\nMore from The Example\nPrivacy policy\n" * 20
    assert read_copy(menus + "\n" + text_of(*BODY)).paragraphs == BODY


def test_a_blogs_name_and_category_are_no_copy() -> None:
    copy = read_copy(text_of("harbour heart\nUncategorized", HEADLINE, *BODY, "Source: HLE"))
    assert copy.headline == HEADLINE
    assert copy.paragraphs == BODY


def test_bullets_that_carry_copy_become_paragraphs() -> None:
    text = text_of("Mar 3, 2026 - World", HEADLINE, LEAD, f"  • {RESCUE}\n  • {PLAN}\nLearn more")
    copy = read_copy(text)
    assert copy.paragraphs == [LEAD, RESCUE, PLAN]
    assert copy.published == datetime(2026, 3, 3, tzinfo=UTC)


def test_furniture_amid_the_copy_goes_and_the_copy_after_it_stays() -> None:
    text = text_of(
        LEAD, "ADVERTISEMENT", RESCUE, "Story continues below", QUOTE, "READ MORE: Strike ends after nine days", PLAN
    )
    assert read_copy(text).paragraphs == BODY


def test_a_list_of_related_stories_amid_the_copy_goes() -> None:
    related = "Related stories\nStrike ends after nine days\nMinister leaves cabinet"
    assert read_copy(text_of(LEAD, related, RESCUE, QUOTE, PLAN)).paragraphs == BODY


KEPT = [
    "The paper said on Monday that readers who subscribe will get a photo book.",
    "Tags on the clothing showed that it was made in Verrin, police said.",
    "Follow us, the guide said, and do not look back.",
    "“No.”",
    "No one would say how long the repairs might take.",
    "Share prices fell 3 percent.",
    "Contact with the ship was lost at noon.",
    "Related charges were dropped, the court said.",
    "Copyright law is to change, the minister said.",
    "Gold 1,204.10 1,198.40",
    "The company changed its privacy policy and terms of use on Tuesday.",
    "Most people stayed at home.",
    "(Corrects figure in second paragraph to 40, not 14)",
    "Home sales rose in the newsletter’s survey.",
    "He posted a photo on Facebook.",
    "March 3, 2025",
    "By Tuesday, 40 had died.",
    "Subscribe now, he joked.",
]


def test_sentences_that_only_sound_like_furniture_stay() -> None:
    assert read_copy(text_of(LEAD, *KEPT)).paragraphs == [LEAD, *KEPT]


@pytest.mark.parametrize("line", [line for line in KEPT if line[-1] in ".)”0"])
def test_each_of_them_stays_at_the_end_too(line: str) -> None:
    assert read_copy(text_of(*BODY, line)).paragraphs == [*BODY, line]


def test_a_table_of_figures_is_copy() -> None:
    rows = [
        "Shr 31 cts vs loss 12 cts",
        "Net 2,140,000 vs loss 318,000",
        "Year",
        "Shr 1.42 dlrs vs 2.87 dlrs",
        "Revs 48.3 mln",
    ]
    assert read_copy(text_of(*rows), HEADLINE).paragraphs == rows
    assert read_copy("\n".join(rows), HEADLINE).paragraphs == rows


def test_a_list_of_names_after_a_colon_is_copy() -> None:
    names = ["The minister named the new board on Monday:", "Jane Roe", "Tom Hale", "Health", "Sport"]
    assert read_copy(text_of(LEAD, *names)).paragraphs == [LEAD, *names]


def test_a_subheading_is_copy() -> None:
    assert read_copy(text_of(LEAD, "What comes next", RESCUE)).paragraphs == [LEAD, "What comes next", RESCUE]


def test_a_lead_under_its_headline_is_no_standfirst() -> None:
    copy = read_copy(text_of(HEADLINE, LEAD, f"{CAPTION} {CREDIT}", RESCUE, QUOTE))
    assert copy.standfirst is None
    assert copy.paragraphs == [LEAD, RESCUE, QUOTE]


def test_a_lead_below_the_byline_is_no_standfirst() -> None:
    copy = read_copy(text_of(HEADLINE, "By Staff", RESCUE, f"{CAPTION} {CREDIT}", LEAD, QUOTE))
    assert copy.standfirst is None
    assert copy.paragraphs == [RESCUE, LEAD, QUOTE]


def test_the_dateline_is_taken_off_the_first_paragraph() -> None:
    copy = read_copy(text_of(f"PORT VERRIN, March 3 (Reuters) - {LEAD}", RESCUE))
    assert (copy.dateline, copy.paragraphs) == ("PORT VERRIN, March 3 (Reuters)", [LEAD, RESCUE])


def test_wrapped_wire_copy_gives_whole_paragraphs() -> None:
    wire = (
        "PORT VERRIN, March 3 (Reuters) - The harbour at Port Verrin was\nclosed on Tuesday after a freighter ran aground"
        " at the mouth of\nthe river, the port authority said.\n    Some 40 people were taken off the ship by heli-\n"
        "copter, and no one was hurt.\n    “We were lucky with the tide,” said the harbour master, Ines\nCalder.\n"
        "    Salvage crews expect to refloat the vessel on Thursday.\n (Reporting by Jane Roe; Editing by Tom Hale)"
    )
    copy = read_copy(f"UPDATE 2-{HEADLINE}\nBy Jane Roe and Tom Hale\n{wire}")
    assert copy.paragraphs == BODY
    assert (copy.byline, copy.headline) == ("Jane Roe and Tom Hale", f"UPDATE 2-{HEADLINE}")


def test_a_headline_and_date_glued_before_the_lead_are_cut_off() -> None:
    copy = read_copy(f"(Agencies) —\n{HEADLINE} March 3, 2026 9:05 AM {LEAD} {RESCUE}", HEADLINE.upper())
    assert copy.paragraphs == [f"{LEAD} {RESCUE}"]
    assert (copy.dateline, copy.published) == ("(Agencies)", datetime(2026, 3, 3, 9, 5, tzinfo=UTC))


def test_a_text_of_nothing_but_a_caption_is_copy() -> None:
    copy = read_copy(f"{CAPTION} {CREDIT}")
    assert (copy.paragraphs, copy.captions) == ([f"{CAPTION} {CREDIT}"], [])


def test_the_date_of_another_story_is_not_taken() -> None:
    assert read_copy(text_of(*BODY, "Most read\nStrike ends after nine days\nMarch 1, 2020")).published is None


def test_a_date_under_the_copy_is_taken() -> None:
    assert read_copy(text_of(*BODY, "Published: 3 March 2026")).published == datetime(2026, 3, 3, tzinfo=UTC)


def test_a_later_edit_dates_an_article_only_where_nothing_else_does() -> None:
    updated, published = "Updated: March 4, 2026", "Published: March 3, 2026"
    assert read_copy(text_of(HEADLINE, updated, published, *BODY)).published == datetime(2026, 3, 3, tzinfo=UTC)
    assert read_copy(text_of(HEADLINE, updated, *BODY)).published == datetime(2026, 3, 4, tzinfo=UTC)


def test_a_writers_desk_below_the_byline_belongs_to_it() -> None:
    copy = read_copy(text_of(HEADLINE, "By JANE ROE\nAssociated Press Writer", *BODY))
    assert (copy.byline, copy.paragraphs) == ("JANE ROE", BODY)


def test_a_text_that_opens_a_list_has_no_headline() -> None:
    text = text_of("Results on Tuesday:", "The ship sails on Thursday", LEAD)
    assert read_copy(text).headline == ""
    assert read_copy(text).paragraphs == text.split("\n\n")


def test_a_caption_is_not_taken_for_the_headline_that_it_repeats() -> None:
    copy = read_copy(text_of(f"{HEADLINE} (Photo: Ann Lee)", HEADLINE, *BODY), HEADLINE)
    assert copy.paragraphs == BODY

"""What the comparison says of an article beside earlier ones."""

import pytest

from agents.dedupe.alignment import Earlier
from agents.dedupe.comparison import compare
from agents.dedupe.words import read
from streams.records import Comparison

from .samples import BUDGET, FERRY, ORCHARD, mistyped


def against(text: str, *earlier: str, beside: str = "", language: str = "en") -> Comparison:
    known = [Earlier(f"e{n}", f"d{n}", read(each, language)) for n, each in enumerate(earlier)]
    return compare(read(text, language), known, read(beside, language))


def told(found: Comparison) -> list[tuple[str, str, str]]:
    return [(change.kind, change.old, change.new) for change in found.changes]


def novel(text: str, comparison: Comparison) -> list[str]:
    return [text[passage.start : passage.end] for passage in comparison.passages if passage.novel]


def silent(text: str, *earlier: str) -> bool:
    found = against(text, *earlier)
    return bool(found.matches) and not novel(text, found) and not found.changes


def test_copy_with_nothing_earlier_is_all_new() -> None:
    found = against(FERRY)
    assert not found.matches
    assert all(passage.novel for passage in found.passages)


@pytest.mark.parametrize(
    "reprint",
    [
        FERRY,
        FERRY.replace("\n\n", "\n"),
        FERRY.replace("“", '"').replace("”", '"').upper(),
        "\n\n".join(FERRY.split("\n\n")[:3]),
        "\n\n".join(reversed(FERRY.split("\n\n"))),
        FERRY.split("\n\n")[2],
        FERRY.replace("coast guard said", "coast guard told reporters").replace("was bound for", "was heading to"),
        mistyped(FERRY),
    ],
    ids=["verbatim", "reflowed", "capitals", "cut", "reordered", "one paragraph", "copy-edited", "mistyped"],
)
def test_a_reprint_has_nothing_new(reprint: str) -> None:
    assert silent(reprint, FERRY)


def test_a_round_up_of_known_copy_has_nothing_new() -> None:
    round_up = "\n\n".join(text.split("\n\n")[0] for text in (FERRY, BUDGET, ORCHARD))
    assert silent(round_up, FERRY, BUDGET, ORCHARD)


def test_a_toll_that_rises_rings_though_the_rest_is_the_same() -> None:
    found = against(FERRY.replace("12 people", "40 people"), FERRY)
    assert [(change.kind, change.old, change.new) for change in found.changes] == [("figure", "12", "40")]
    assert found.changes[0].context.startswith("At least 40 people died")


def test_a_change_stands_where_the_text_tells_it() -> None:
    text = FERRY.replace("186 passengers", "212 passengers")
    (change,) = against(text, FERRY).changes
    assert (text[change.start : change.end], change.new) == ("212", "212")


def test_a_change_beside_the_copy_stands_nowhere_in_it() -> None:
    (change,) = against(FERRY, FERRY + "\n\nFerry sinks off Marrow with 12 dead",
                        beside="Ferry sinks off Marrow with 40 dead").changes  # fmt: skip
    assert (change.old, change.new, change.start, change.end) == ("12", "40", None, None)


def test_a_known_passage_says_where_each_earlier_article_has_it() -> None:
    sentences = FERRY.split("\n\n")
    text = f"{sentences[2]}\n\n{ORCHARD.split(chr(10))[0]}"
    ferry, orchard = against(text, FERRY, ORCHARD).passages
    (said,) = ferry.said
    assert (said.id, said.kept, FERRY[said.start : said.end] + ".") == ("e0", 1.0, sentences[2])
    assert [each.id for each in orchard.said] == ["e1"]


def test_a_passage_put_together_from_two_articles_names_both() -> None:
    one, other = FERRY.split("\n\n")[1], BUDGET.split("\n\n")[1]
    passage = against(f"{one[:-1]}, while {other[0].lower()}{other[1:]}", FERRY, BUDGET).passages[0]
    assert not passage.novel
    assert {each.id for each in passage.said} == {"e0", "e1"}


def test_a_short_line_is_found_at_its_place() -> None:
    (said,) = against(f"{FERRY}\n\nIlse Varden", FERRY).passages[-1].said
    assert FERRY[said.start : said.end] == "Ilse Varden"


def test_a_new_passage_is_said_nowhere() -> None:
    assert not [each for each in against(ORCHARD, FERRY).passages if each.said]


@pytest.mark.parametrize(
    ("was", "now"),
    [("12 people", "twelve people"), ("186 passengers", "186 travellers"), ("2011", "2,011"), ("2011", "2 011")],
)
def test_a_figure_spelt_otherwise_is_no_change(was: str, now: str) -> None:
    assert against(FERRY.replace(was, now), FERRY).changes == []


def test_a_figure_put_where_there_was_none_rings() -> None:
    found = against(FERRY.replace("Two sister ships were told", "Two sister ships, 31 years old, were told"), FERRY)
    assert ("figure", "", "31") in [(change.kind, change.old, change.new) for change in found.changes]


def test_another_name_in_the_same_words_is_a_change() -> None:
    found = against(FERRY.replace("Ilse Varden", "Jonas Malte"), FERRY)
    assert [(change.kind, change.old, change.new) for change in found.changes] == [
        ("name", "Ilse Varden", "Jonas Malte")
    ]


def test_a_digit_doubled_by_a_poor_scan_is_no_change() -> None:
    poor = mistyped(FERRY, 40).replace("186", "1866").replace("97", "9")
    assert against(poor, FERRY).changes == []


def test_another_digit_rings_in_a_poor_scan_too() -> None:
    poor = mistyped(FERRY, 40).replace("12 people", "42 people")
    assert [(change.old, change.new) for change in against(poor, FERRY).changes] == [("12", "42")]


def test_added_paragraphs_are_all_that_is_new() -> None:
    longer = FERRY + "\n\n" + ORCHARD
    assert " ".join(novel(longer, against(longer, FERRY))) == ORCHARD.replace("\n\n", " ")


def test_a_clause_put_into_a_known_sentence_is_heard() -> None:
    longer = FERRY.replace(
        "Ilse Varden,", "Ilse Varden, whose brother captained a trawler lost nearby in the gale of March,"
    )
    assert len(novel(longer, against(longer, FERRY))) == 1


def test_a_moved_attribution_is_not_new() -> None:
    lead, rest = FERRY.split(", the coast guard said.", 1)
    moved = f"The coast guard said that {lead[0].lower()}{lead[1:]}.{rest}"
    assert silent(moved, FERRY)


@pytest.mark.parametrize(
    ("was", "now", "change"),
    [
        ("The hatches were open", "The hatches were not open", ("denial", "were open", "were not open")),
        ("divers will resume", "divers won't resume", ("denial", "will", "won't")),
        ("bound for the island", "bound for no island", ("denial", "the", "no")),
        ("ordered an inquiry", "rejected an inquiry", None),
        ("on Tuesday", "on Friday", ("date", "Tuesday", "Friday")),
        ("186 passengers", "186 million passengers", ("figure", "186", "186 million")),
        ("in 2011", "in 2014", ("figure", "2011", "2014")),
        (
            "The hatches were open when she left the quay",
            "The engines were flooded when she left the quay",
            (
                "quote",
                "The hatches were open when she left the quay",
                "The engines were flooded when she left the quay",
            ),
        ),
    ],
)
def test_a_fact_told_otherwise_is_a_change_of_its_kind(was: str, now: str, change: tuple[str, str, str] | None) -> None:
    assert told(against(FERRY.replace(was, now), FERRY)) == ([change] if change else [])


def test_a_change_shows_what_is_counted_and_the_whole_date() -> None:
    (toll,) = against(FERRY.replace("12 people", "40 people"), FERRY).changes
    assert (toll.was, toll.now) == ("12 people died", "40 people died")
    dated = FERRY.replace("on Tuesday, the", "on Oct. 12, the")
    (date,) = against(dated.replace("Oct. 12", "Oct. 22"), dated).changes
    assert (date.kind, date.old, date.new, date.was, date.now) == ("date", "12", "22", "Oct. 12", "Oct. 22")


def test_a_denial_comes_before_a_figure_and_a_figure_before_a_date() -> None:
    later = (
        FERRY.replace("12 people", "40 people").replace("on Tuesday", "on Friday").replace("were open", "were not open")
    )
    assert [change.kind for change in against(later, FERRY).changes] == ["denial", "figure", "date"]


TOLL = "The mayor of Hale counted 113 people hurt before dawn when a kiln burned down, said the civil defence of Oster."
ELSEWHERE = TOLL.replace("Hale", "Marrow").replace("113", "137").replace("Oster", "Lund").replace("kiln", "barn")


def test_a_figure_rings_though_copy_on_another_matter_has_it_in_the_same_words() -> None:
    assert told(against(TOLL.replace("113", "137"), TOLL, ELSEWHERE)) == [("figure", "113", "137")]


def test_a_sentence_with_other_names_in_the_same_words_is_new() -> None:
    text = f"{ELSEWHERE}\n\n{FERRY}"
    assert ELSEWHERE in novel(text, against(text, TOLL))


def test_a_headline_and_a_stock_phrase_do_not_tell_a_sentence_together() -> None:
    said = "Carpenter Sonja Hola painted the heavy pumps of Hale after lunch, as soon as electric seeds inspected no minister."
    stock = "Bakers swept their doors of Hale after lunch, as soon as the rain had let them and their children out."
    copy, headline = f"{FERRY}\n\n{stock}", "Carpenter Sonja Hola painted the heavy pumps"
    earlier = Earlier("e0", "d0", read(f"{copy}\n\n{headline}"), len(copy))
    text = f"{copy}\n\n{said}"
    assert novel(text, compare(read(text), [earlier])) == [said]
    glued = Earlier("e0", "d0", read(f"{copy}\n\n{headline}"))
    assert novel(text, compare(read(text), [glued])) == []


def test_a_figure_that_some_earlier_article_tells_is_no_change() -> None:
    later = FERRY.replace("12 people", "40 people").replace("97 survivors", "99 survivors")
    both = FERRY.replace("12 people", "40 people")
    assert told(against(later, FERRY, both)) == [("figure", "97", "99")]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("died when", "were killed when"),
        ("shortly after dawn, according to the harbour master", "shortly after dawn, the harbour master said"),
        ("186 passengers", "about 190 passengers"),
        ("12 people", "l2 people"),
        ("harbour", "harbor"),
    ],
)
def test_copy_editing_is_no_change(was: str, now: str) -> None:
    assert silent(FERRY.replace(was, now), FERRY)


def test_a_sentence_merged_from_two_articles_is_known() -> None:
    ferry, budget = FERRY.split("\n\n")[1].rstrip("."), BUDGET.split("\n\n")[2]
    assert silent(f"{ferry}, and {budget[0].lower()}{budget[1:]}", FERRY, BUDGET)


def test_a_figure_changed_in_a_merged_sentence_rings() -> None:
    ferry, budget = FERRY.split("\n\n")[1].rstrip("."), BUDGET.split("\n\n")[2]
    merged = f"{ferry}, and {budget[0].lower()}{budget[1:]}".replace("186", "286")
    assert told(against(merged, FERRY, BUDGET)) == [("figure", "186", "286")]


def test_a_figure_changed_in_the_headline_rings_and_its_date_line_does_not() -> None:
    known = FERRY + "\n\nFerry capsizes off Marrow, 12 feared dead\n\nPublished: April 16, 2013, 9:30 am"
    beside = "Ferry capsizes off Marrow, 40 feared dead\n\nPublished: April 19, 2013, 9:45 am"
    assert told(against(FERRY, known, beside=beside)) == [("figure", "12", "40")]


def test_the_closest_earlier_article_comes_first() -> None:
    found = against(FERRY, "\n\n".join(FERRY.split("\n\n")[:2]), FERRY)
    assert [match.id for match in found.matches] == ["e1", "e0"]


def test_of_equals_the_earliest_comes_first() -> None:
    assert [match.id for match in against(FERRY, FERRY, FERRY).matches] == ["e0", "e1"]


def test_passages_lie_where_they_say_in_the_text() -> None:
    found = against(FERRY)
    assert " ".join(FERRY[p.start : p.end] for p in found.passages) == FERRY.replace("\n\n", " ")


@pytest.mark.parametrize(
    ("first", "added"),
    [
        (
            "Не менее двенадцати человек погибли, когда паром перевернулся у порта во вторник утром. "
            "Спасатели подняли из воды девяносто семь пассажиров до наступления темноты.",
            "Министерство транспорта назначило расследование и запретило двум другим судам выходить в море.",
        ),
        (
            "לפחות שנים עשר בני אדם נהרגו כאשר המעבורת התהפכה מול חופי הנמל ביום שלישי בבוקר. "
            "סירות דיג משו מן המים תשעים ושבעה ניצולים לפני רדת החשכה.",
            "משרד התחבורה הורה על חקירה ואסר על שתי ספינות נוספות לצאת אל הים.",
        ),
        (
            "لقي اثنا عشر شخصا على الأقل حتفهم عندما انقلبت العبارة قبالة الميناء صباح يوم الثلاثاء. "
            "انتشلت قوارب الصيد سبعة وتسعين ناجيا من الماء قبل حلول الليل.",
            "أمرت وزارة النقل بفتح تحقيق ومنعت سفينتين أخريين من الإبحار.",
        ),
        (
            "星期二早上一艘渡轮在港口附近倾覆，至少十二人死亡。渔船在天黑前从水中救起九十七名幸存者。",
            "交通部下令展开调查，并禁止另外两艘船出海。",
        ),
    ],
    ids=["Russian", "Hebrew", "Arabic", "Chinese"],
)
def test_any_script_tells_seen_from_new(first: str, added: str) -> None:
    assert silent(first, first)
    longer = f"{first} {added}"
    assert "".join(novel(longer, against(longer, first))).strip() == added


@pytest.mark.parametrize(
    ("language", "text", "was", "now"),
    [
        ("ru", "Не менее 12 человек погибли, когда паром перевернулся у порта во вторник утром.", "12", "40"),
        ("he", "לפחות 12 בני אדם נהרגו כאשר המעבורת התהפכה מול חופי הנמל ביום שלישי בבוקר.", "12", "40"),
        ("ar", "لقي ١٢ شخصا على الأقل حتفهم عندما انقلبت العبارة قبالة الميناء صباح يوم الثلاثاء.", "١٢", "٤٠"),
        ("zh", "星期二早上一艘渡轮在港口附近倾覆，至少十二人死亡，渔船在天黑前救起多名乘客。", "十二", "四十"),
        ("zh", "星期二早上一艘渡轮在港口附近倾覆，公司损失１２万元，渔船在天黑前救起多名乘客。", "１２万", "１２亿"),
    ],
)
def test_a_changed_figure_is_seen_in_any_script(language: str, text: str, was: str, now: str) -> None:
    assert told(against(text.replace(was, now), text, language=language)) == [("figure", was, now)]
    assert silent(text, text)


def test_a_figure_in_other_digits_is_no_change() -> None:
    text = "لقي ١٢ شخصا على الأقل حتفهم عندما انقلبت العبارة قبالة الميناء صباح يوم الثلاثاء."
    assert silent(text.replace("١٢", "12"), text)

"""What the comparison says of an article beside earlier ones."""

import pytest

from agents.dedupe.alignment import Earlier
from agents.dedupe.comparison import compare
from agents.dedupe.words import read
from streams.records import Comparison

from .samples import BUDGET, FERRY, ORCHARD, mistyped


def against(text: str, *earlier: str) -> Comparison:
    known = [Earlier(f"e{n}", f"d{n}", read(each)) for n, each in enumerate(earlier)]
    return compare(read(text), known)


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


def test_a_negation_put_in_is_heard() -> None:
    denied = FERRY.replace("The hatches were open", "The hatches were not open")
    assert len(novel(denied, against(denied, FERRY))) == 1


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

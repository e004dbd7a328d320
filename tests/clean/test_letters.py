"""Letters mended."""

import pytest

from agents.clean.letters import mend, one_line, untag


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("PÃ©rez saidâ\x80\x99so", "Pérez said’so"),
        ("â€œquoteâ€\x9d", "“quote”"),
        ("one line is fine é\nthe other isnâ€™t", "one line is fine é\nthe other isn’t"),
        ("e\u0301te\u0301", "été"),
        ("o\ufb03ce", "office"),
        ("a\u00adb\u200bc\ufeff\u202e", "abc"),
        ("a\x00b\x07c\x1b", "abc"),
        ("a\u00a0b\u2009c\td\u3000e", "a b c d e"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\n\ne"),
        ("AT&amp;T &quot;says&quot; &#8217;no&#8217;", 'AT&T "says" ’no’'),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
    ],
)
def test_broken_letters_are_mended(broken: str, whole: str) -> None:
    assert mend(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "“Quotes” and – dashes… stay as they are’",
        "中文，测试（新华社）。ＡＢＣ",
        "می‌خواهم",
        'ארה"ב ו־צה״ל',
        "Йогурт и ёлка",
        "Müller façade naïve Ærø Łódź",
    ],
)
def test_sound_letters_are_left_alone(text: str) -> None:
    assert mend(text) == text


def test_a_text_of_many_broken_lines_is_mended_too() -> None:
    assert mend("dÃ©jÃ\xa0 vu\n" * 6000) == "déjà vu\n" * 6000


def test_tags_go_and_tickers_stay() -> None:
    assert untag("He <i>said</i> <VRL> and <B> rose<br>at once<!-- x -->") == "He said <VRL> and <B> rose\nat once"
    assert untag("<Strong Harbour Inc> and <A and B Shipping Inc.> agreed") == (
        "<Strong Harbour Inc> and <A and B Shipping Inc.> agreed"
    )
    assert untag("Profit <a year ago, loss> now") == "Profit <a year ago, loss> now"


def test_a_short_field_is_one_line() -> None:
    assert one_line(" Ship\n  <b>aground</b> &lt;i&gt;now&lt;/i&gt; ") == "Ship aground now"

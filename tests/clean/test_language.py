"""Which language a text is in."""

import pytest

from agents.clean.language import identify

from .samples import LEAD


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (LEAD, "en"),
        ("Der Hafen von Verrin ist am Dienstag gesperrt worden, teilte die Behörde mit.", "de"),
        ("Le port de Verrin a été fermé mardi, a annoncé l’autorité portuaire.", "fr"),
        ("El puerto de Verrin fue cerrado el martes, dijo la autoridad portuaria.", "es"),
        ("大統領は火曜日、協議はまだ続いていると述べた。", "ja"),
    ],
)
def test_a_language_is_known(text: str, language: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize("text", ["", "Berlin", "12345 67 89", "????", "Shr 22 cts vs 18 cts", "Xqz vrk plo mnb wrt"])
def test_a_text_that_says_too_little_is_undetermined(text: str) -> None:
    assert identify(text) == "und"

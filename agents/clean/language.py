"""Says which language a text is in, or that it can't be told."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

UNKNOWN = "und"
_LOOK = 1000  # characters; more makes the answer no surer
_LEAST = 20  # letters; fewer decide nothing
_SURE = 0.5  # the share of the probability that the best language must have


def identify(text: str) -> str:
    """The text's language as an ISO 639 code, "und" where it is too short, of figures only, or undecided.

    By langid's naive Bayes over byte sequences (Lui and Baldwin 2012), some 0.4 ms for a thousand characters.
    """
    text = text[:_LOOK]
    if sum(map(str.isalpha, text)) < _LEAST:
        return UNKNOWN
    found, _ = _identifier().classify(text)
    return str(found) if found != "zxx" else UNKNOWN


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True, min_confidence=_SURE)

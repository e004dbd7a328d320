"""How a name is written, how it is shown and how it is compared: two writings of one name must meet here."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import dropwhile

PEOPLE = frozenset({"PERSON", "PER"})
_FIGURES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_LONGEST = 80  # characters; beyond it the model has taken a line of page furniture for a name

# Offices, ranks and courtesies: said before a name, no part of it.
_TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sen senator rep representative congressman congresswoman gov governor gen
    general lt lieutenant col colonel maj major capt captain cmdr commander sgt sergeant cpl corporal pvt adm admiral
    president premier prime minister chancellor secretary ambassador mayor judge justice attorney vice deputy former
    acting interim chairman chairwoman chair chief director spokesman spokeswoman rev reverend rabbi imam ayatollah
    archbishop bishop cardinal sir dame herr frau monsieur madame mme mlle senor senora signor signora""".split()
)
# Titles that a person is known by: shown with the name, passed over when names are compared.
_STYLES = frozenset("king queen crown prince princess emperor empress sultan emir pope lord lady duke duchess".split())
_COMPANY = frozenset(
    "inc incorporated corp corporation co ltd limited llc plc ag gmbh kgaa sa nv bv spa ab asa".split()
)
_ARTICLE = re.compile(r"(?:[Tt]he|THE|a|an)\s+(?!Hague\b)")
_POSSESSIVE = re.compile(r"['’`´]\s?[sS]$")
# Houses that sign with a possessive: cut short they would be other names.
_SIGNED_SO = re.compile(
    r"\b(?:moody|poor|mcdonald|macy|lowe|kohl|wendy|domino|lloyd|christie|sotheby|bonham|sainsbury|levi|kellogg|denny)"
    r"['’]s$",
    re.IGNORECASE,
)
_SPACED_INITIALS = re.compile(r"(?<=\b[A-Z]\.) (?=[A-Z]\.)")
_MARKUP = re.compile(r"[|@=<>{}\\]|://")
_ACCENTS = re.compile("[\u0300-\u036f]")
_NOT_IN_WORDS = str.maketrans({**dict.fromkeys(".'’`´"), "&": " and ", **dict.fromkeys('-‐‑–—/,()"“”:', " ")})
_SAME = {("usa",): ("us",), ("united", "states", "of", "america"): ("united", "states")}


@dataclass(frozen=True, slots=True)
class Form:
    """A name as `written`, as `shown` (no article, title, possessive), and the `words` it is compared by."""

    written: str
    shown: str
    words: tuple[str, ...]


def read(text: str, label: str) -> Form | None:
    """The name in a mention, or None where there is none: figures, dates, stray marks, markup, whole lines.

    Latin, Greek and Cyrillic accents are ignored in comparing, other scripts' marks are not. Articles, titles and
    company endings are known for English, with the commonest European courtesies.
    """
    written = _trim(text)
    if label in _FIGURES or not _names(written, label):
        return None
    shown = written if label == "ORG" and _SIGNED_SO.search(written) else _trim(_POSSESSIVE.sub("", written))
    if article := _ARTICLE.match(shown):
        shown = shown[article.end() :]
    if label in PEOPLE:
        shown = _without_titles(shown)
    words = _words(shown, label)
    return Form(written, shown, words) if words else None


def acronym(form: Form) -> str | None:
    """`un` for "UN" and "U.N."; None for what isn't two to six capitals."""
    letters = re.sub(r"[.\s]", "", form.shown)
    return letters.casefold() if 2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper() else None


def initials(form: Form) -> set[str]:
    """What a name's acronym may be: the first letters of all its words, and of those with a capital."""
    parts = re.findall(r"\w+", form.shown.replace("'", "").replace("’", ""))
    if len(parts) < 2:
        return set()
    ways = parts, [part for part in parts if not part[0].islower()]
    return {"".join(part[0] for part in way).casefold() for way in ways}


def _trim(text: str) -> str:
    """The first line, its spaces single, without bullets, quotes and stops at either end."""
    lines = text.strip().splitlines() or [""]
    text = _SPACED_INITIALS.sub("", " ".join(lines[0][: 2 * _LONGEST].split()))
    while text and _edge(text[0]):
        text = text[1:]
    while text and _edge(text[-1]) and not _belongs(text):
        text = text[:-1]
    return text


def _edge(character: str) -> bool:
    return unicodedata.category(character)[0] in "PSZC"


def _belongs(text: str) -> bool:
    """Whether the last mark is part of the name: "U.S.", "Inc.", "Disney+", "(...)"."""
    if text.endswith("."):
        return len(text.rsplit(maxsplit=1)[-1]) <= 6
    return text.endswith("+") or (text.endswith(")") and "(" in text)


def _names(text: str, label: str) -> bool:
    if len(text) > _LONGEST or _MARKUP.search(text) or not any(map(str.isalpha, text)):
        return False
    return label not in PEOPLE or not any(map(str.isdigit, text))


def _without_titles(name: str) -> str:
    """The name alone; nothing when it is all title, but a single word is a surname: Bishop, Judge."""
    parts = name.split()
    if len(parts) == 1:
        return name
    return " ".join(dropwhile(lambda part: _plain(part) in _TITLES, parts))


def _words(name: str, label: str) -> tuple[str, ...]:
    words = _plain(name).split()
    if label in PEOPLE:
        while len(words) > 1 and words[0] in _STYLES:
            del words[0]
    elif label == "ORG" and len(words) > 1 and words[-1] in _COMPANY:
        del words[-1]
    key = tuple(words)
    return _SAME.get(key, key)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", text)).translate(_NOT_IN_WORDS)

"""What an article is about, as weighted terms: words, figures, and the people it names."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from agents.alert.background import information
from agents.alert.words import is_figure, words
from streams.records import CleanArticle, Entity, TaggedArticle
from streams.thresholds import LEAD, NAMED

PERSON = "@"  # before a word of a person's name, as a term of its own
MOST = 400  # terms of an article; beyond them long lists and tables only slow the look-up
_NAMES = frozenset("PERSON PER ORG NORP GPE LOC FAC EVENT PRODUCT WORK_OF_ART LAW MISC".split())
_PEOPLE = frozenset({"PERSON", "PER"})
_LINKS = frozenset("the a an of and in for on at to de la le el al von van der den di da du des y".split())


def terms(tagged: TaggedArticle) -> dict[str, float]:
    """The article's terms with their weights, before any regard to how rare each is.

    A word weighs 1 + ln(count), headline and lead counted twice; a word of a name weighs more. People's names
    are terms of their own too (`@zelensky`), and weigh as often as they stand.
    """
    article = tagged.article
    counts = Counter(words(f"{article.headline}\n{article.text}"))
    counts.update(words(_lead(article)))
    named, people = _name_words(tagged.entities, _NAMES), _name_words(tagged.entities, _PEOPLE)
    weights = {
        word: (1 + math.log(count)) * (NAMED if word in named else 1.0)
        for word, count in counts.items()
        if len(word) > 1 or not word.isascii() or is_figure(word)
    }
    weights |= {PERSON + word: float(counts[word]) for word in people if word in counts}
    return _heaviest(weights, article)


def leading(tagged: TaggedArticle) -> frozenset[str]:
    """The surnames that its headline or lead has: of whom an article is about, as far as it is about people.

    Only of people named in full somewhere, because the model takes many a lone word for a person.
    """
    lead = frozenset(words(_lead(tagged.article)))
    named = (words(form) for form in _written(tagged.entities, _PEOPLE))
    return frozenset(parts[-1] for parts in named if len(parts) > 1 and parts[-1] in lead)


def plain(term: str) -> str:
    """The word of a term."""
    return term.removeprefix(PERSON)


def _lead(article: CleanArticle) -> str:
    return "\n".join([article.headline, *article.paragraphs[:LEAD]])


def _name_words(entities: Iterable[Entity], kinds: frozenset[str]) -> set[str]:
    return {word for form in _written(entities, kinds) for word in words(form) if word not in _LINKS}


def _written(entities: Iterable[Entity], kinds: frozenset[str]) -> Iterator[str]:
    for entity in entities:
        if entity.kind in kinds:
            yield from (entity.name, *entity.forms)


def _heaviest(weights: Mapping[str, float], article: CleanArticle) -> dict[str, float]:
    """The terms that tell most; of equals the first in the alphabet, so that the same copy gives the same terms."""
    language = article.language
    telling = sorted([(-weight * information(plain(term), language), term) for term, weight in weights.items()])
    return {term: weights[term] for _, term in telling[:MOST]}

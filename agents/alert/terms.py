"""What an article is about, as weighted terms: words, figures, and the people it names."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from agents.alert.background import chance
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
    lead = Counter(words("\n".join([article.headline, *article.paragraphs[:LEAD]])))
    counts = Counter(words(f"{article.headline}\n{article.text}")) + lead
    named, people = _name_words(tagged.entities, _NAMES), _name_words(tagged.entities, _PEOPLE)
    weights = {
        word: (1 + math.log(count)) * (NAMED if word in named else 1.0)
        for word, count in counts.items()
        if len(word) > 1 or not word.isascii() or is_figure(word)
    }
    weights |= {PERSON + word: float(counts[word]) for word in people if word in counts}
    return _heaviest(weights, article)


def plain(term: str) -> str:
    """The word of a term."""
    return term.removeprefix(PERSON)


def _name_words(entities: Iterable[Entity], kinds: frozenset[str]) -> set[str]:
    return {word for word in _forms(entities, kinds) if word not in _LINKS}


def _forms(entities: Iterable[Entity], kinds: frozenset[str]) -> Iterator[str]:
    for entity in entities:
        if entity.kind in kinds:
            for form in (entity.name, *entity.forms):
                yield from words(form)


def _heaviest(weights: Mapping[str, float], article: CleanArticle) -> dict[str, float]:
    """The terms that tell most; of equals the first in the alphabet, so that the same copy gives the same terms."""
    telling = {term: weight * -math.log(chance(plain(term), article.language)) for term, weight in weights.items()}
    return {term: weights[term] for term in islice(sorted(weights, key=lambda term: (-telling[term], term)), MOST)}

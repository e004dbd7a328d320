"""The model that names entities: a spaCy pipeline with nothing in it but what recognition needs, loaded once."""

import threading
from collections.abc import Iterator, Sequence
from functools import cache

import spacy
from spacy.language import Language

from agents.extract.greedy import Greedy, greedy
from agents.extract.names import Mention
from streams.errors import CopytasterError

# What else pipelines are shipped with; none of it changes the entities.
_OTHER_PARTS = [
    "tagger", "morphologizer", "parser", "senter", "lemmatizer", "trainable_lemmatizer", "attribute_ruler",
    "textcat", "textcat_multilabel", "spancat",
]  # fmt: skip
# What spaCy and the quick recogniser have to read alike before the quick one is trusted: names, figures, dates, spaces.
_PROOF = (
    "Angela Merkel and President Joe Biden met in New York on Tuesday, 3 May 2022, the United Nations said.\n\n"
    "Shares of Volkswagen AG fell 4.5 percent to 130 euros in Frankfurt; more than 1,200 people work at Wolfsburg.\n\n"
    "Die Bundesregierung in Berlin und Emmanuel Macron sprachen am Montag."
)
_BATCH = 8  # texts run through the network at once; more of them fall out of the processor's cache


class Model:
    """Finds mentions. Serves one thread at a time; others wait."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._greedy = _proven(language)
        self._turn = threading.Lock()

    def find(self, texts: Sequence[str]) -> list[list[Mention]]:
        """The mentions in each text (at most a million characters), in text order, with the model's labels.

        A text gets the same answer whatever is read with it or was read before.
        """
        # The zone gives back the memory of words seen, which would grow as long as the process lives.
        with self._turn, self._language.memory_zone():
            if not self._greedy:
                docs = self._language.pipe(texts, batch_size=_BATCH)
                return [[(entity.text, entity.label_) for entity in doc.ents] for doc in docs]
            batches = (texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH))
            return [mentions for batch in batches for mentions in self._quickly(self._greedy, batch)]

    def _quickly(self, recogniser: Greedy, texts: Sequence[str]) -> Iterator[list[Mention]]:
        docs = [self._language.make_doc(text) for text in texts]
        for doc, found in zip(docs, recogniser.entities(docs), strict=True):
            yield [(doc[start:end].text, label) for start, end, label in found]


@cache
def load(name: str) -> Model:
    """The model of an installed package or in a folder.

    Raises CopytasterError if there is none, it can't be loaded, or it names no entities.
    """
    try:
        language = spacy.load(name, exclude=_OTHER_PARTS)
    except Exception as error:  # a package is code of its own, and fails in its own way
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        install = f"install it (python -m pip install {name})" if name.isidentifier() else "look at the path"
        raise CopytasterError(
            f"COPYTASTER_MODEL={name}: no spaCy model can be loaded by that name; {install}, or name another model "
            f"by its package or folder ({reason})"
        ) from error
    if not {"ner", "entity_ruler"} & set(language.pipe_names):
        raise CopytasterError(f"COPYTASTER_MODEL={name}: this spaCy model names no entities; take one that has `ner`")
    _drop_unheard(language)
    return Model(language)


def _proven(language: Language) -> Greedy | None:
    """The quick recogniser where it reads as spaCy does; another spaCy, or a pipeline of another kind, does itself."""
    quick = greedy(language)
    if quick is None:
        return None
    doc = language(_PROOF)
    same = quick.entities([language.make_doc(_PROOF)]) == [[(each.start, each.end, each.label_) for each in doc.ents]]
    return quick if same else None


def _drop_unheard(language: Language) -> None:
    """Take out a shared network that nothing left listens to: in spaCy's small models `ner` has its own."""
    for name in ("tok2vec", "transformer"):
        if name in language.pipe_names and not getattr(language.get_pipe(name), "listening_components", [name]):
            language.remove_pipe(name)

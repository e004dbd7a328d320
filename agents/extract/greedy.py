"""spaCy's greedy recogniser, with all tokens of all texts decided at once.

Its transition model (spacy.TransitionBasedParser.v2 with three feature tokens: the word at hand and, inside an entity,
the entity's first word and the one before) scores a word outside an entity by that word alone. So every word is scored
in one product, and only what follows the few that begin an entity goes step by step, all entities together. spaCy
takes one word of each text at a time and asks of each of some seventy moves whether it may be made: three fifths of
what recognition costs there. The answers are the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

Found = list[tuple[int, int, str]]  # first token, token after the last, label

_FEATURES = 3
_FORM: list[int | str] = ["ORTH", "NORM"]  # an embedding is made from these: prefix, suffix and shape are ORTH's
_MET = 50_000  # words whose embeddings are kept: 20 MB
_OUT = "O"


class _Vectors:
    """The network's vectors of words in their company; what it makes of each word alone is kept.

    That (the embedding, before the convolutions) hangs on the word's form alone, and most words have been met before.
    """

    def __init__(self, model: Any) -> None:
        inner, *self._rest = model.layers
        self._embed, self._encode = inner.layers
        self._rows: dict[tuple[int, int], int] = {}
        self._kept = np.empty((_MET, self._embed.get_dim("nO")), dtype=np.float32)

    def predict(self, docs: Sequence[Doc]) -> NDArray[np.float32]:
        """As the model's own `predict`: a row for each word of all texts (words, width)."""
        vectors: Any = self._encode.predict([self._embedded(doc) for doc in docs])
        for layer in self._rest:
            vectors = layer.predict(vectors)
        return np.asarray(vectors)

    def _embedded(self, doc: Doc) -> NDArray[np.float32]:
        words = list(map(tuple, doc.to_array(_FORM).tolist()))
        if unmet := {word: place for place, word in enumerate(words) if word not in self._rows}:
            if len(self._rows) + len(unmet) > _MET:
                self._rows.clear()
                return self._embedded(doc) if len(words) <= _MET else self._alone(doc, range(len(words)))
            begin = len(self._rows)
            self._kept[begin : begin + len(unmet)] = self._alone(doc, list(unmet.values()))
            self._rows |= zip(unmet, range(begin, begin + len(unmet)), strict=True)
        return self._kept[[self._rows[word] for word in words]]

    def _alone(self, doc: Doc, places: Sequence[int]) -> NDArray[np.float32]:
        """The embeddings of some of a text's words, in a text of their own."""
        words = Doc(doc.vocab, words=[doc[place].text for place in places])
        for word, place in zip(words, places, strict=True):
            word.norm_ = doc[place].norm_
        (vectors,) = self._embed.predict([words])
        return np.asarray(vectors)


@dataclass(frozen=True)
class Greedy:
    """A recogniser's weights: `affine` gives a word's part in each feature (words, features, hidden, pieces).

    `outside` are the moves that may be made where no entity is open, O the last of them, as rows of `upper`; of each
    it is told whether it `begins` an entity of several words, the entity's label, and the rows of the moves that go on
    `inside` that and make a word its `last`.
    """

    vectors: _Vectors
    affine: Any
    bias: NDArray[np.float32]
    upper: NDArray[np.float32]
    upper_bias: NDArray[np.float32]
    outside: NDArray[np.intp]
    begins: NDArray[np.bool_]
    labels: Sequence[str]
    inside: NDArray[np.intp]
    last: NDArray[np.intp]

    def entities(self, docs: Sequence[Doc]) -> list[Found]:
        """The entities of each text, in order."""
        lower: NDArray[np.float32] = self.affine.predict(self.vectors.predict(docs))
        edges = np.cumsum([0, *map(len, docs)])
        ends = np.zeros(edges[-1], dtype=bool)
        ends[edges[1:][np.diff(edges) > 0] - 1] = True
        spaces = np.concatenate([doc.to_array(["IS_SPACE"]) for doc in docs]).ravel() != 0
        moves = self._outside(lower, ends, spaces)
        stops = self._stops(lower, moves, ends)
        return [
            [(start - first, end - first, label) for start, end, label in self._walked(moves, stops, first, after)]
            for first, after in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
        ]

    def _hidden(self, *features: NDArray[np.float32]) -> NDArray[np.float32]:
        """The features summed as spaCy sums them, and the larger piece of each unit."""
        total = features[0] + features[1] + features[2] + self.bias
        larger: NDArray[np.float32] = reduce(np.maximum, (total[..., piece] for piece in range(total.shape[-1])))
        return larger

    def _outside(
        self, lower: NDArray[np.float32], ends: NDArray[np.bool_], spaces: NDArray[np.bool_]
    ) -> NDArray[np.intp]:
        """The move of each token where no entity is open, as its place among `outside`; the last of these is O."""
        hidden = self._hidden(lower[1:, 0], lower[0, 1], lower[0, 2])
        scores = hidden @ self.upper[self.outside].T + self.upper_bias[self.outside]
        scores[np.ix_(ends, self.begins)] = -np.inf
        scores[spaces, :-1] = -np.inf
        best: NDArray[np.intp] = np.argmax(scores, axis=1)
        return best

    def _stops(self, lower: NDArray[np.float32], moves: NDArray[np.intp], ends: NDArray[np.bool_]) -> dict[int, int]:
        """Where each entity that may begin at a token ends: the token after its last."""
        starts = np.flatnonzero(self.begins[moves])
        found, at = dict[int, int](), starts + 1
        while len(starts):
            hidden = self._hidden(lower[1 + at, 0], lower[1 + starts, 1], lower[at, 2])
            inside, last = (
                np.einsum("ij,ij->i", hidden, self.upper[move]) + self.upper_bias[move]
                for move in (self.inside[moves[starts]], self.last[moves[starts]])
            )
            open_ = (inside > last) & ~ends[at]
            found.update(zip(starts[~open_].tolist(), (at[~open_] + 1).tolist(), strict=True))
            starts, at = starts[open_], at[open_] + 1
        return found

    def _walked(
        self, moves: NDArray[np.intp], stops: dict[int, int], first: int, after: int
    ) -> Iterator[tuple[int, int, str]]:
        """One text's entities, each from where the one before it ended."""
        end = first
        for start in (first + np.flatnonzero(moves[first:after] != len(self.outside) - 1)).tolist():
            if start >= end:
                end = stops.get(start, start + 1)
                yield start, end, self.labels[moves[start]]


def greedy(language: Language) -> Greedy | None:
    """The recogniser of a pipeline that has nothing else, if it is of the kind that this reads."""
    if language.pipe_names != ["ner"]:
        return None
    recogniser: Any = language.get_pipe("ner")
    model, moves = recogniser.model, recogniser.moves
    names = [moves.get_class_name(place) for place in range(moves.n_moves)]
    plain = type(recogniser).__name__ == "EntityRecognizer" and recogniser.cfg.get("beam_width", 1) == 1
    if not plain or not model.attrs.get("has_upper") or model.attrs.get("unseen_classes"):
        return None
    words, lower, upper = (model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
    if not words.layers or len(words.layers[0].layers) != 2 or not words.layers[0].layers[0].has_dim("nO"):
        return None
    if lower.get_dim("nF") != _FEATURES or lower.get_dim("nP") < 2 or _OUT not in names:
        return None
    places = {name: place for place, name in enumerate(names)}
    outside = [name for name in names if name[:2] in ("B-", "U-") and name[2:]] + [_OUT]
    labels = [name[2:] for name in outside]
    if any(f"{move}-{label}" not in places for label in labels[:-1] for move in "IL"):
        return None
    return Greedy(
        vectors=_Vectors(words),
        affine=lower,
        bias=lower.get_param("b"),
        upper=upper.get_param("W"),
        upper_bias=upper.get_param("b"),
        outside=np.array([places[name] for name in outside]),
        begins=np.array([name[0] == "B" for name in outside]),
        labels=labels,
        inside=np.array([places.get(f"I-{label}", 0) for label in labels]),
        last=np.array([places.get(f"L-{label}", 0) for label in labels]),
    )

"""The limit: bare named-entity recognition over all the text, on as many processes, with nothing around it."""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from statistics import median
from typing import Any, Self

from streams.settings import Settings

CORES = len(os.sched_getaffinity(0))


@cache
def _model() -> Any:
    """spaCy's model with its recogniser alone."""
    import spacy

    language = spacy.load(Settings().model)
    for name in [each for each in language.pipe_names if each != "ner"]:
        language.remove_pipe(name)
    return language


def _read(texts: Sequence[str]) -> int:
    return sum(len(doc.ents) for doc in _model().pipe(texts))


class Ner:
    """Processes that read, for the length of a `with`; loaded before anything is timed."""

    def __enter__(self) -> Self:
        self._pool = ProcessPoolExecutor(CORES, mp_context=get_context("spawn"))
        list(self._pool.map(_read, [["Warm."] * 50] * 4 * CORES))
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def seconds(self, texts: Sequence[str]) -> float:
        """How long all the texts take on all processes, shared out evenly by length."""
        shares: list[list[str]] = [[] for _ in range(CORES)]
        for text in sorted(texts, key=len):
            min(shares, key=lambda share: sum(map(len, share))).append(text)
        begun = time.perf_counter()
        list(self._pool.map(_read, shares))
        return time.perf_counter() - begun

    def one(self, texts: Sequence[str]) -> float:
        """How long one article takes by itself, the median, in seconds."""
        taken = []
        for text in texts:
            begun = time.perf_counter()
            self._pool.submit(_read, [text]).result()
            taken.append(time.perf_counter() - begun)
        return median(taken)

"""A few numbers that stand for a text so that any stretch it shares with another is noticed.

Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting",
SIGMOD 2003): every run of `SHINGLE + WINDOW - 1` words that two texts share gives them a fingerprint in
common, wherever it stands in either. That sees containment (an excerpt, copy wrapped in other text)
where one sketch of the whole text, such as MinHash, sees only likeness.
"""

import numpy as np
from numpy.typing import NDArray

from agents.dedupe.figures import counts
from agents.dedupe.words import Copy
from streams.thresholds import FIGURES_KEPT, SHINGLE, WINDOW

_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio (Knuth, TAOCP 6.4)
_FOLD = np.uint64(32)


def shingles(hashes: NDArray[np.uint64], size: int = SHINGLE) -> NDArray[np.uint64]:
    """One 64-bit hash for each run of `size` words (shape: words - size + 1); a shorter text gives one."""
    size = min(size, len(hashes))
    count = len(hashes) - size + 1
    if size == 0:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        mixed = (mixed ^ hashes[offset : offset + count]) * _MIX
        mixed ^= mixed >> _FOLD
    return mixed


def fingerprints(copy: Copy) -> NDArray[np.uint64]:
    """The winnowed shingles of a text, and those of its first figures, each once, in rising order (64 bits each).

    Two versions may differ in a figure alone: by its shingle a reprint of the later one finds that one.
    """
    grams = shingles(copy.hashes)
    if not len(grams):
        return grams
    figures = [max(0, at - 1) for at in counts(copy.words)[:FIGURES_KEPT]]
    kept = grams[[at for at in figures if at < len(grams)]]
    return np.unique(np.append(kept, least(grams)))


def least(grams: NDArray[np.uint64], size: int = WINDOW) -> NDArray[np.uint64]:
    """The least of each `size` in a row, or of all where they are fewer.

    Of twice as many it is the lesser of two neighbours: a few passes over the whole, whatever the size.
    """
    reach, size = 1, min(size, len(grams))
    while reach < size:
        step = min(reach, size - reach)
        grams = np.minimum(grams[:-step], grams[step:])
        reach += step
    return grams

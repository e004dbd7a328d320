"""A few numbers that stand for a text so that any stretch it shares with another is noticed.

Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting",
SIGMOD 2003): every run of `SHINGLE + WINDOW - 1` words that two texts share gives them a fingerprint in
common, wherever it stands in either. That sees containment (an excerpt, copy wrapped in other text)
where one sketch of the whole text, such as MinHash, sees only likeness.
"""

import numpy as np
from numpy.typing import NDArray

from agents.dedupe.figures import is_count
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
    figures = [max(0, at - 1) for at, word in enumerate(copy.words) if is_count(word)][:FIGURES_KEPT]
    kept = grams[[at for at in figures if at < len(grams)]]
    if len(grams) <= WINDOW:
        return np.unique(np.append(kept, grams.min()))
    windows = np.lib.stride_tricks.sliding_window_view(grams, WINDOW)
    return np.unique(np.append(kept, windows.min(axis=1)))

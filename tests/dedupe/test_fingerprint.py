"""What a few numbers still tell of a text."""

import numpy as np

from agents.dedupe.fingerprint import fingerprints, shingles
from agents.dedupe.words import read
from streams.thresholds import SHINGLE, WINDOW

from .samples import BUDGET, FERRY


def test_every_shared_run_long_enough_gives_a_fingerprint_in_common() -> None:
    words, run = read(FERRY).words, SHINGLE + WINDOW - 1
    whole = set(fingerprints(read(FERRY)).tolist())
    for start in range(len(words) - run + 1):
        stretch = " ".join(words[start : start + run])
        assert whole & set(fingerprints(read(stretch)).tolist()), stretch


def test_the_same_text_always_gives_the_same_fingerprints() -> None:
    assert fingerprints(read(FERRY)).tolist() == fingerprints(read(FERRY)).tolist()


def test_different_texts_share_none() -> None:
    assert not set(fingerprints(read(FERRY)).tolist()) & set(fingerprints(read(BUDGET)).tolist())


def test_a_few_fingerprints_stand_for_many_words() -> None:
    copy = read(FERRY)
    assert len(fingerprints(copy)) < len(copy.words) / 4


def test_shingles_follow_the_order_of_words() -> None:
    assert shingles(read("one two three four").hashes).tolist() != shingles(read("four three two one").hashes).tolist()


def test_a_text_shorter_than_a_shingle_still_has_one() -> None:
    assert len(fingerprints(read("Fire out."))) == 1


def test_no_words_give_no_fingerprints() -> None:
    assert fingerprints(read("…")).tolist() == []
    assert shingles(np.empty(0, dtype=np.uint64)).tolist() == []

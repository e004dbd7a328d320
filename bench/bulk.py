"""A million articles in the store within minutes: the same keys and bytes as its own insert writes, many at a time.

The copy is a wire's (`bench.wire`): words as often as in the language, stock phrases, names, figures. What differs from
articles claimed one by one: nobody asked which earlier ones they share text with.
"""

import socket
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from redis import Redis

from agents.dedupe.figures import counts
from agents.dedupe.fingerprint import least, shingles
from agents.dedupe.store import BESIDE, BUCKETS, LOAD, POSTINGS, PREFIX, Entry, kept, named
from agents.dedupe.words import Copy
from bench.wire import LONGEST, MEDIAN, SHORTEST, SPREAD, STOCK, Wire
from streams.thresholds import FIGURES_KEPT, SHINGLE, WINDOW

_BLOCK = 5_000  # articles made at a time
_SENTENCE = 22  # words
_SENT = 2_000  # commands in one round trip
_PARTS = 64  # of the index, sorted one after another

Ints = NDArray[np.int64]
Prints = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Block:
    """Some articles: all their words in a row as numbers in the vocabulary, and where each begins and ends."""

    words: Ints
    starts: Ints
    ends: Ints


class Press:
    """Prints articles in bulk: the same for the same seed."""

    def __init__(self, seed: int, words: int | None = None) -> None:
        wire = Wire(seed)
        self._random, self._words = np.random.default_rng(seed), words
        self._names = [part.lower() for name in wire.names for part in name.split()]
        self._stock = [phrase.split() for phrase in STOCK]
        figures = [f"{each:,}" for each in range(2, 4_800)]
        spoken = sorted({word for phrase in self._stock for word in phrase})
        single = [word.isascii() and word.isalpha() for word in wire.vocabulary]  # what is read as one word
        common = [word for word, one in zip(wire.vocabulary, single, strict=True) if one]
        shares = np.cumsum(np.diff(wire.weights, prepend=0)[single])
        self.vocabulary = [*common, *self._names, *figures, *spoken]
        self._common, self._shares = len(common), shares / shares[-1]
        self._figures_at = self._common + len(self._names)
        spoken_at = {word: self._figures_at + len(figures) + at for at, word in enumerate(spoken)}
        self._phrases = [np.array([spoken_at[word] for word in phrase]) for phrase in self._stock]
        self._hashes = Copy("", "en", tuple(self.vocabulary), (), ()).hashes
        self._is_count = np.isin(np.arange(len(self.vocabulary)), counts(self.vocabulary))
        self._written = _written(self.vocabulary)

    def blocks(self, articles: int) -> Iterator[Block]:
        """So many articles, some at a time."""
        for start in range(0, articles, _BLOCK):
            yield self._block(min(_BLOCK, articles - start))

    def texts(self, block: Block) -> Iterator[str]:
        """The copy of each article."""
        place = np.arange(len(block.words)) - np.repeat(block.starts, block.ends - block.starts)
        form = np.zeros(len(block.words), dtype=np.int64)
        form[place % _SENTENCE == 0] = 1
        form[place % _SENTENCE == _SENTENCE - 1] = 2
        form[place % (2 * _SENTENCE) == 2 * _SENTENCE - 1] = 3
        form[block.ends - 1] = 4
        written = self._written[form, block.words].tolist()
        for start, end in zip(block.starts.tolist(), block.ends.tolist(), strict=True):
            yield "".join(written[start:end])

    def fingerprints(self, block: Block) -> tuple[Prints, Ints]:
        """Those of each article as `fingerprint.fingerprints` gives them, and of which article each is."""
        grams = shingles(self._hashes[block.words])
        lowest = least(grams)
        article = np.repeat(np.arange(len(block.starts)), block.ends - block.starts)
        whole = np.arange(len(lowest)) + SHINGLE + WINDOW - 2 < block.ends[article[: len(lowest)]]
        counted = np.flatnonzero(self._is_count[block.words])
        rank = np.arange(len(counted)) - np.searchsorted(counted, block.starts)[article[counted]]
        counted = counted[rank < FIGURES_KEPT]
        at = np.maximum(counted - 1, block.starts[article[counted]])
        inside = at + SHINGLE <= block.ends[article[counted]]
        prints = np.concatenate([lowest[whole], grams[at[inside]]])
        owners = np.concatenate([article[: len(lowest)][whole], article[counted][inside]])
        order = np.lexsort((prints, owners))
        prints, owners = prints[order], owners[order]
        first = np.ones(len(prints), dtype=bool)
        first[1:] = (prints[1:] != prints[:-1]) | (owners[1:] != owners[:-1])
        return prints[first], owners[first]

    def _block(self, articles: int) -> Block:
        draw = self._random
        lengths = np.clip(MEDIAN * np.exp(SPREAD * draw.standard_normal(articles)), SHORTEST, LONGEST).astype(np.int64)
        if self._words:
            lengths[:] = self._words
        ends = np.cumsum(lengths)
        words = np.searchsorted(self._shares, draw.random(int(ends[-1]))).astype(np.int64)
        sentences = np.arange(0, len(words) - 2 * _SENTENCE, _SENTENCE)
        named = sentences[draw.random(len(sentences)) < 0.5]
        name = draw.integers(0, len(self._names) // 2, len(named))
        words[named], words[named + 1] = self._common + 2 * name, self._common + 2 * name + 1
        figured = sentences[draw.random(len(sentences)) < 0.4] + draw.integers(3, 8)
        words[figured] = self._figures_at + draw.integers(0, 4_798, len(figured))
        said = sentences[draw.random(len(sentences)) < 0.25] + 9
        for phrase, picked in enumerate(draw.integers(0, len(self._phrases), len(said)) == np.arange(10)[:, None]):
            tokens = self._phrases[phrase]
            words[said[picked][:, None] + np.arange(len(tokens))] = tokens
        return Block(words, ends - lengths, ends)


def fill(server: Redis, press: Press, articles: int) -> None:
    """Put so many articles into an empty store; `doc` and id of each are its number."""
    prints, numbers = list[Prints](), list[Ints]()
    at = size = 0
    for block in press.blocks(articles):
        found, owners = press.fingerprints(block)
        docs = [str(at + each) for each in range(len(block.starts))]
        names = np.frombuffer(b"".join(map(named, docs)), dtype=">u8").astype(np.uint64)
        prints += [names, found]
        numbers += [np.arange(len(docs)) + at, owners + at]
        texts = [kept(Entry(doc, doc, _unread(text))) for doc, text in zip(docs, press.texts(block), strict=True)]
        records = map(record, docs, texts)
        _set(server, ((f"{PREFIX}a:{at + each}", packed) for each, packed in enumerate(records, 1)))
        size += sum(map(len, texts))
        at += len(docs)
    server.set(f"{PREFIX}n", articles)
    postings = _index(server, np.concatenate(prints), np.concatenate(numbers))
    server.hset(f"{PREFIX}g", "bytes0", 7 * postings + size + BESIDE * articles)


def record(doc: str, text: bytes) -> bytes:
    """An article's record as cmsgpack writes it (MessagePack), with no earlier ones to be compared with."""
    return b"\x94" + b"".join(map(_string, (doc.encode(), doc.encode(), text))) + b"\x90"


def _index(server: Redis, prints: Prints, numbers: Ints) -> int:
    """Write the index of these fingerprints, as if they came in the order of their articles; gives its postings."""
    places, fields = placed(prints)
    # As many buckets as postings want, but of a fingerprint only the latest are kept: those must be counted first.
    part = places % _PARTS
    rows = []
    for each in range(_PARTS):
        here = np.flatnonzero(part == each)
        here = here[np.lexsort((numbers[here], places[here]))]
        group = places[here]
        last = np.searchsorted(group, group, side="right")
        rows.append(here[last - np.arange(len(here)) <= POSTINGS])
    postings = sum(map(len, rows))
    buckets = max(BUCKETS, -(-postings // LOAD))
    for here in rows:
        where = bucket_of(places[here], buckets)
        here = here[order := np.lexsort((here, numbers[here], where))]
        where = where[order]
        packed = np.empty((len(here), 7), dtype=np.uint8)
        packed[:, :4] = fields[here].astype(">u4").view(np.uint8).reshape(-1, 4)
        packed[:, 4:] = numbers[here].astype(">u4").view(np.uint8).reshape(-1, 4)[:, 1:]
        cuts = np.flatnonzero(np.diff(where, prepend=-1))
        body, ends = packed.tobytes(), [*cuts[1:].tolist(), len(here)]
        spans = zip(where[cuts].tolist(), cuts.tolist(), ends, strict=True)
        _set(server, ((f"{PREFIX}f:0:{bucket}", body[7 * start : 7 * end]) for bucket, start, end in spans))
    server.hset(f"{PREFIX}g", mapping={"postings0": postings, "buckets0": buckets})
    return postings


def placed(prints: Prints) -> tuple[Ints, Prints]:
    """By what a fingerprint's bucket is told, and what of it is kept there."""
    high, fields = prints >> np.uint64(32), prints & np.uint64(0xFFFFFFFF)
    return (fields * np.uint64(BUCKETS) + high % np.uint64(BUCKETS)).astype(np.int64), fields


def bucket_of(places: Ints, buckets: int) -> Ints:
    """The bucket of each place, by linear hashing as in `claim.lua`."""
    span = BUCKETS
    while 2 * span <= buckets:
        span *= 2
    return np.where(places % span < buckets - span, places % (2 * span), places % span)


def _set(server: Redis, pairs: Iterable[tuple[str, bytes]]) -> None:
    """Set these keys, many in one write and unanswered: a client that reads each answer takes ten times as long."""
    place = server.connection_pool.connection_kwargs
    with socket.create_connection((place["host"], place["port"])) as line:
        line.sendall(b"CLIENT REPLY OFF\r\n")
        given = iter(pairs)
        while some := list(islice(given, _SENT)):
            line.sendall(b"".join(_command(key.encode(), value) for key, value in some))
        line.sendall(b"CLIENT REPLY ON\r\n")
        line.recv(64)


def _command(key: bytes, value: bytes) -> bytes:
    """SET of a key that ends, as the protocol has it."""
    return b"*5\r\n$3\r\nSET\r\n$%d\r\n%b\r\n$%d\r\n%b\r\n$2\r\nEX\r\n$7\r\n1000000\r\n" % (
        len(key),
        key,
        len(value),
        value,
    )


def _written(words: Sequence[str]) -> NDArray[np.object_]:
    """Each word with what follows it: within a sentence, at its begin, at its end, at a paragraph's, at the text's."""
    capital = (word[:1].upper() + word[1:] for word in words)
    forms = [[f"{word} " for word in words], [f"{word} " for word in capital]]
    return np.array([*forms, *([f"{word}{end}" for word in words] for end in (". ", ".\n\n", "."))], dtype=object)


def _string(value: bytes) -> bytes:
    size = len(value)
    if size < 32:
        return bytes([0xA0 | size]) + value
    return (b"\xd9" + size.to_bytes(1) if size < 256 else b"\xda" + size.to_bytes(2)) + value


def _unread(text: str) -> Copy:
    return Copy(text, "en", (), (), ())

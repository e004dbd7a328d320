"""Copy to measure with, made up: as long as a wire's, as repetitive, and the same for the same seed.

Words come as often as in the language (wordfreq), so that runs of them recur by chance as they do in copy; on top
come the trade's stock phrases, names and figures. It means nothing: it costs what copy costs.
"""

import random
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice

from wordfreq import get_frequency_dict

from streams.records import RawArticle

_VOCABULARY = 30_000
_NAMES = 4_000
_TOLD_AGAIN = 500  # articles back that a repeat or an update goes at most
SHORTEST, MEDIAN, SPREAD, LONGEST = 60, 340, 0.6, 1_500  # words: lognormal, as the lengths of wire copy are
STOCK = (
    "according to people familiar with the matter|the ministry said in a statement on its website|"
    "a spokesman declined to comment further|officials said on condition of anonymity|"
    "police said that an investigation was under way|the company did not reply to a request for comment|"
    "in a telephone interview late in the evening|analysts polled ahead of the figures had expected|"
    "shares closed at their lowest level this year|the two sides are to meet again next week"
).split("|")
_SYLLABLES = "ba den kor li mar no rel sa tov ul ver win yar zel har ost pra quen ros tam".split()
_BEGIN = datetime(2026, 3, 2, 6, tzinfo=UTC)


class Wire:
    """An endless wire. `repeats` and `updates` are shares of its articles; `words` fixes their length."""

    def __init__(self, seed: int, *, repeats: float = 0.0, updates: float = 0.0, words: int | None = None) -> None:
        self._random, self._repeats, self._updates, self._words = random.Random(seed), repeats, updates, words
        listed = list(islice(get_frequency_dict("en", "small").items(), _VOCABULARY))
        self.vocabulary = [word for word, _ in listed]
        self.weights = list(accumulate(frequency for _, frequency in listed))
        self.names = [f"{self._name()} {self._name()}" for _ in range(_NAMES)]
        self._sent: deque[RawArticle] = deque(maxlen=_TOLD_AGAIN)
        self._seed, self._count = seed, 0

    def __iter__(self) -> Iterator[RawArticle]:
        while True:
            draw = self._random.random()
            if self._sent and draw < self._repeats:
                yield self._repeat(self._random.choice(self._sent))
            elif self._sent and draw < self._repeats + self._updates:
                yield self._keep(self._update(self._random.choice(self._sent)))
            else:
                yield self._keep(self._article(self._paragraphs(), self._sentence(9)))

    def take(self, count: int) -> list[RawArticle]:
        """The next so many articles."""
        return list(islice(self, count))

    def _keep(self, article: RawArticle) -> RawArticle:
        self._sent.append(article)
        return article

    def _article(self, paragraphs: list[str], headline: str) -> RawArticle:
        self._count += 1
        return RawArticle(
            id=f"bench-{self._seed}-{self._count}",
            source=f"Wire {self._count % 9}",
            headline=headline.rstrip("."),
            published=_BEGIN + timedelta(seconds=5 * self._count),
            language="en",
            text="\n\n".join(paragraphs),
        )

    def _repeat(self, of: RawArticle) -> RawArticle:
        """The same in another frame, or two thirds of it."""
        paragraphs = (of.text or "").split("\n\n")
        kept = paragraphs if self._random.random() < 0.7 else paragraphs[: 1 + 2 * len(paragraphs) // 3]
        return self._article([*kept, self._sentence(12)] if self._random.random() < 0.2 else kept, of.headline or "")

    def _update(self, of: RawArticle) -> RawArticle:
        """With a new lead, a figure changed and a paragraph more."""
        paragraphs = (of.text or "").split("\n\n")
        changed = [each.replace(" 4", " 5", 1) for each in paragraphs]
        changed.insert(len(changed) // 2, self._sentence())
        return self._article([self._sentence(), *changed], self._sentence(9))

    def _paragraphs(self) -> list[str]:
        wanted = self._words or int(self._random.lognormvariate(0, SPREAD) * MEDIAN)
        left, paragraphs = min(max(wanted, SHORTEST), LONGEST), list[str]()
        while left > 0:
            sentences = [self._sentence(min(left, self._length()))]
            left -= len(sentences[0].split())
            if left > 0 and self._random.random() < 0.4:
                sentences.append(self._sentence(min(left, self._length())))
                left -= len(sentences[1].split())
            paragraphs.append(" ".join(sentences))
        return paragraphs

    def _length(self) -> int:
        return int(self._random.triangular(8, 36, 22))

    def _sentence(self, length: int | None = None) -> str:
        length = length or self._length()
        words = self._random.choices(self.vocabulary, cum_weights=self.weights, k=length)
        draw, at = self._random.random, self._random.randrange(length)
        if length > 12 and draw() < 0.25:
            stock = self._random.choice(STOCK).split()
            words[at : at + len(stock)] = stock
        if draw() < 0.5:
            words[0:2] = self._random.choice(self.names).split()
        if draw() < 0.4:
            words[at : at + 1] = [f"{self._random.randint(2, 4800):,}"]
        return _said(words[:length])

    def _name(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 3))).capitalize()


def _said(words: list[str]) -> str:
    return words[0][:1].upper() + " ".join(words)[1:] + "."

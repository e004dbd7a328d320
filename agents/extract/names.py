"""Brings an article's names of one thing together: Zelensky is Volodymyr Zelensky, the U.N. the United Nations."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from agents.extract.forms import PEOPLE, Form, acronym, initials, read
from streams.records import Entity

Mention = tuple[str, str]  # the words as the text has them, the model's label
Words = tuple[str, ...]

_HEIRS = frozenset({"jr", "sr"})


@dataclass(eq=False, slots=True)
class _Thing:
    """What goes by one name: the words it is compared by, and each mention with its place in the text."""

    words: Words
    mentions: list[tuple[int, Form, str]] = field(default_factory=list)

    @property
    def first(self) -> int:
        return self.mentions[0][0]

    @property
    def forms(self) -> Iterable[Form]:
        return (form for _, form, _ in self.mentions)

    @property
    def kind(self) -> str:
        """The commonest label; of two as common, the earlier."""
        return Counter(label for _, _, label in self.mentions).most_common(1)[0][0]

    def take(self, other: "_Thing") -> None:
        self.mentions = sorted(self.mentions + other.mentions, key=lambda mention: mention[0])


def gather(mentions: Sequence[Mention]) -> list[Entity]:
    """One entity for each thing named, in the order of first mention; figures, dates and junk are left out.

    What is written alike is one thing, whatever its labels; the commonest is its kind. A shorter form of a person's
    name joins the full name; where two people share it, the one whose surname it is and who is named first. An
    acronym joins the name it stands for, unless two would fit, and a people's plural its singular.
    """
    things = _written_alike(mentions)
    hosts = _Hosts(things)
    for thing in sorted(things.values(), key=_fullness, reverse=True):
        if host := hosts.find(thing):
            host.take(things.pop(thing.words))
        else:
            hosts.add(thing)
    return [_entity(thing) for thing in sorted(things.values(), key=lambda thing: thing.first)]


def _written_alike(mentions: Sequence[Mention]) -> dict[Words, _Thing]:
    things: dict[Words, _Thing] = {}
    for place, (text, label) in enumerate(mentions):
        if form := read(text, label):
            things.setdefault(form.words, _Thing(form.words)).mentions.append((place, form, label))
    return things


def _fullness(thing: _Thing) -> tuple[int, int]:
    """Full names before short ones, written-out words before initials."""
    return len(thing.words), sum(map(len, thing.words))


class _Hosts:
    """The full names met so far: people under each word of theirs, all else under their initials."""

    def __init__(self, things: dict[Words, _Thing]) -> None:
        self._things = things
        self._people: dict[str, list[_Thing]] = {}
        self._bodies: dict[str, list[_Thing]] = {}

    def add(self, thing: _Thing) -> None:
        if thing.kind not in PEOPLE:
            for letters in {letters for form in thing.forms for letters in initials(form)}:
                self._bodies.setdefault(letters, []).append(thing)
        elif any(" " in form.shown for form in thing.forms):  # "Putin-Zelensky" is nobody's full name
            for word in set(thing.words):
                self._people.setdefault(word, []).append(thing)

    def find(self, short: _Thing) -> _Thing | None:
        """The thing that this shorter name belongs to, if any."""
        if short.kind in PEOPLE:
            return self._bearer(short.words)
        return self._spelled_out(short) or self._singular(short)

    def _bearer(self, short: Words) -> _Thing | None:
        """The person whose name holds these words, surnames before given names, then by first mention."""
        known = [self._people.get(word, []) for word in short if len(word) > 1]
        fits = [full for full in min(known, key=len, default=[]) if _within(short, full.words)]
        return min(fits, key=lambda full: (_surname(full.words) != _surname(short), full.first), default=None)

    def _spelled_out(self, short: _Thing) -> _Thing | None:
        """The one name whose initials this acronym is; none where two would fit."""
        letters = {each for form in short.forms if (each := acronym(form))}
        fits = [full for each in letters for full in self._bodies.get(each, [])]
        return fits[0] if len(fits) == 1 else None

    def _singular(self, plural: _Thing) -> _Thing | None:
        """Russian for Russians, where both are named."""
        *rest, last = plural.words
        one = self._things.get((*rest, last[:-1])) if last.endswith("s") else None
        return one if one and one.kind == plural.kind == "NORP" else None


def _within(short: Words, full: Words) -> bool:
    """Whether the short name's words come in the full one in that order; an initial stands for a word.

    A father's full name is not his son's.
    """
    if len(short) > 1 and not _HEIRS.isdisjoint(set(full) - set(short)):
        return False
    rest = iter(full)
    return all(any(word == other or (len(word) == 1 and other.startswith(word)) for other in rest) for word in short)


def _surname(words: Words) -> str:
    return next((word for word in reversed(words) if word not in _HEIRS), "")


def _entity(thing: _Thing) -> Entity:
    """The fullest form names it: the one of most words, then the commonest, then one not all in capitals."""
    shown = Counter(form.shown for form in thing.forms)
    name = max(shown, key=lambda form: (len(form.split()), shown[form], not form.isupper()))
    written = dict.fromkeys(form.written for form in thing.forms)
    return Entity(name=name, kind=thing.kind, forms=list(written), count=len(thing.mentions))

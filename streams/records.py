"""The records on the topics: the one language that the rooms share.

Times are ISO 8601 with a zone, offsets count characters of the clean text, overlaps are shares
from 0 to 1. Only `RawArticle` refuses fields it doesn't know (a mistyped `embargoed_until` must
not slip through); what the workers write to one another may gain fields between two releases.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec

# Printable, since ids are shown, logged and used as keys.
Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=512, pattern=r"^[^\x00-\x1f\x7f]*\Z")]
Version = Annotated[int, msgspec.Meta(ge=0, le=2**53)]  # what every JSON reader and Lua hold exactly
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]

Status = Literal["usable", "withheld", "canceled"]
Kind = Literal[
    "new",
    "development",
    "update",
    "correction",
    "withdrawal",
    "repeat",
    "hold",
    "advisory",
    "stale",
    "rejected",
]
ChangeKind = Literal["denial", "figure", "name", "quote", "date"]  # in the order an editor weighs them
# How `published` came to be known, the surest first.
DateSource = Literal["field", "markup", "text", "received", "unknown"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A JSON object on a topic."""


class RawArticle(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article as its source sent it; one of `text` and `html` is needed.

    `published` is when this version was sent, `created` when its first was. `take` says which part or version of the
    slug's story it is (`1st Ld-Writethru`), `note` what is meant for editors alone. `evolved_from` are the ids of what
    it replaces. `urgency` goes from 1, the most urgent, to 9.
    """

    id: Identifier
    source: str | None = None
    url: str | None = None
    version: Version | None = None
    created: Moment | None = None
    published: Moment | None = None
    received: Moment | None = None
    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    slug: str | None = None
    take: str | None = None
    note: str | None = None
    subjects: list[str] = []
    places: list[str] = []
    evolved_from: list[str] = []
    urgency: Annotated[int, msgspec.Meta(ge=1, le=9)] | None = None
    embargoed_until: Moment | None = None
    status: Status = "usable"
    language: str | None = None
    text: str | None = None
    html: str | None = None

    def stamped(self, timestamp: float | None) -> "RawArticle":
        """One that doesn't say when it came came when Kafka got it (seconds since 1970): at a redelivery the same."""
        if self.received is not None or not timestamp or timestamp < 0:
            return self
        return msgspec.structs.replace(self, received=datetime.fromtimestamp(timestamp, UTC))


class Markers(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What the trade's markers on a piece of copy say of it: evidence, never proof.

    `edition` is the ordinal of its version (2 for UPDATE 2-, 2nd Ld), `part` that of a take (2 for =2, 1st Add).
    `correction` is what it says it corrects, "" where it only says that it does.
    """

    edition: int | None = None
    part: int | None = None
    correction: str | None = None
    update: bool = False
    refile: bool = False
    repeat: bool = False
    advisory: bool = False

    @property
    def follows(self) -> bool:
        """Whether it says that copy of the same item went before it."""
        numbered = self.edition or self.part or self.correction is not None
        return bool(numbered or self.update or self.refile or self.repeat)


class CleanArticle(Record, frozen=True, kw_only=True):
    """An article stripped to its copy. `doc` names this very content of this very version.

    `aside` is what stood beside the copy (headline, standfirst, credits, captions): no news when
    another source runs it within the text. `notice` is the line that holds the copy back, where it carries one: its
    time is in `embargoed_until`, or the status is `withheld` where none can be read from it. Headline, slug and copy
    are without the trade's markers, which are in `markers`, `urgency` and, for a kill, the status.
    """

    id: str
    doc: str
    paragraphs: list[str]
    captions: list[str] = []
    aside: str = ""
    headline: str = ""
    standfirst: str | None = None
    byline: str | None = None
    dateline: str | None = None
    source: str | None = None
    url: str | None = None
    version: int | None = None
    published: Moment | None = None
    published_from: DateSource = "unknown"
    received: Moment | None = None
    slug: str | None = None
    evolved_from: list[str] = []
    urgency: int | None = None
    embargoed_until: Moment | None = None
    status: Status = "usable"
    notice: str | None = None
    markers: Markers = Markers()
    language: str = "und"

    @property
    def text(self) -> str:
        """The clean text: paragraphs parted by an empty line. All offsets count in it."""
        return "\n\n".join(self.paragraphs)


class Match(Record, frozen=True, kw_only=True):
    """An earlier article that shares text with this one; `overlap` is the share of this one's words."""

    id: str
    overlap: Share
    doc: str = ""


class Said(Record, frozen=True, kw_only=True):
    """Where the earlier article `id` says a passage, or a piece of one: in its clean text, `text[start:end]`.

    What stood beside its copy counts on after its text. `kept` is the share of the piece's words that stand there.
    """

    id: str
    start: int
    end: int
    kept: Share


class Passage(Record, frozen=True, kw_only=True):
    """A sentence or so of the clean text, `text[start:end]`.

    `seen` is the share of its words found in earlier copy, `where` the id of the closest such article, `said` the
    places that it is covered from, the one that has most of it first.
    """

    start: int
    end: int
    seen: Share = 0.0
    where: str | None = None
    novel: bool = True
    said: list[Said] = []


class Change(Record, frozen=True, kw_only=True):
    """A fact told otherwise than before, in the words of each side; `context` is the sentence now.

    `was` and `now` are the same with what a reader needs beside it: the unit and what is counted ("12 people"), the
    whole date ("Oct. 12") or name. `old` is empty where nothing of the kind stood there. It is told in the clean
    text's `text[start:end]`, or beside the copy where these are None.
    """

    kind: ChangeKind
    old: str
    new: str
    context: str
    was: str = ""
    now: str = ""
    start: int | None = None
    end: int | None = None


class Comparison(Record, frozen=True, kw_only=True):
    """What the fingerprint store said of an article: closest matches first, passages in text order.

    `compared` is False for copy that must not be seen yet or is withdrawn: it was neither looked up nor kept.
    """

    compared: bool = True
    matches: list[Match] = []
    passages: list[Passage] = []
    changes: list[Change] = []
    scores: dict[str, float] = {}


class Entity(Record, frozen=True, kw_only=True):
    """A thing named: `name` in its fullest form, `forms` as written, `kind` as the model labels it."""

    name: str
    kind: str
    forms: list[str] = []
    count: int = 1


class FreshArticle(Record, frozen=True, kw_only=True):
    """A clean article with what it shares with earlier copy."""

    article: CleanArticle
    comparison: Comparison

    @property
    def novel(self) -> list[str]:
        """The new passages, in text order: the only ones in which entities are looked for."""
        text = self.article.text
        return [text[passage.start : passage.end] for passage in self.comparison.passages if passage.novel]


class TaggedArticle(FreshArticle, frozen=True, kw_only=True):
    """A fresh article with the entities of its new passages (none where nothing is new)."""

    entities: list[Entity] = []


class Novel(Record, frozen=True, kw_only=True):
    """A stretch of the clean text that no earlier copy carried: `text[start:end]`."""

    text: str
    start: int
    end: int


class Fact(Record, frozen=True, kw_only=True):
    """What is new in a passage: a name, a figure, or two words in new company ("capsized + marrow").

    `nats` is its self-information: how much rarer than any word it is in the language at large.
    """

    kind: Literal["name", "figure", "words"]
    text: str
    nats: float


class Weighed(Passage, frozen=True, kw_only=True):
    """A passage as the verdict weighed it.

    `fate`: `seen` in earlier copy; `brought` from another story, and new to this one; `told` by the story in other
    words; `aside`, being off the story or next to nothing; `new` else. Of passages with new words `pairs` counts the
    pairs of content words that stand near each other, `new_pairs` those that the story hasn't told together; `about`
    is how much of what the story is about the passage names (1: its very subject), `importance` the nats that it adds
    to the story, times how much it is about it; `facts` are the weightiest.
    """

    fate: Literal["seen", "brought", "told", "aside", "new"]
    pairs: int = 0
    new_pairs: int = 0
    about: float = 0.0
    importance: float = 0.0
    facts: list[Fact] = []


class Candidate(Record, frozen=True, kw_only=True):
    """A running story that an article was compared with.

    `likeness` has the cosine of each kind of term that both have (words, figures, people), `other_people` says that
    either is about people whom the other isn't, `freshness` is 1 while the story's copy runs and falls as it is quiet,
    `overlap` the share of the article that stood in the story's copy.
    """

    story: str
    headline: str
    score: float
    likeness: dict[str, float] = {}
    other_people: bool = False
    freshness: float = 1.0
    overlap: float = 0.0


class Verdict(Record, frozen=True, kw_only=True):
    """The one answer to an article; `doc` names the content of its version, and is empty where none could be read.

    `reasons` holds the scores that decided it; the threshold of `NAME` is `NAME_needed`. `passages` (the first 256, in
    text order) and `stories` (the five likeliest, the best first) are the evidence. `merged` are stories that turned
    out to be this one: `story` lives on, they don't.
    """

    id: str
    verdict: Kind
    alert: bool
    doc: str = ""
    story: str | None = None
    merged: list[str] = []
    matches: list[Match] = []
    novel: list[Novel] = []
    changes: list[Change] = []
    entities: list[Entity] = []
    passages: list[Weighed] = []
    stories: list[Candidate] = []
    reasons: dict[str, float | int | str | bool | None] = {}
    versions: dict[str, str] = {}


class NamedEntity(Record, frozen=True, kw_only=True):
    """An entity in an alert; `new` when the story hadn't named it before."""

    name: str
    kind: str
    new: bool


class ArticleRef(Record, frozen=True, kw_only=True):
    """Where an alert comes from."""

    id: str
    url: str | None = None
    source: str | None = None


class Alert(Record, frozen=True, kw_only=True):
    """What a subscriber needs without asking again. The same input always gives the same `id`.

    `merged` are stories that turned out to be this one: `story` lives on, and their later alerts come under it.
    `language` is the copy's (BCP 47); `places` are those that the new passages name, and where it is dated from.
    """

    id: str
    kind: Kind
    story: str
    headline: str
    summary: list[str]
    article: ArticleRef
    alerted: Moment
    changes: list[Change] = []
    entities: list[NamedEntity] = []
    sources: list[str] = []
    urgency: int | None = None
    published: Moment | None = None
    supersedes: list[str] = []
    recalls: list[str] = []
    merged: list[str] = []
    language: str | None = None
    places: list[str] = []


class Rejected(Record, frozen=True, kw_only=True):
    """A message that could not be used, whole, with the reason; bytes are base64 in the JSON.

    An alert that a subscriber didn't take is one too: it goes back to `topic`, its `partition` and `offset` are -1.
    """

    id: str
    reason: str
    topic: str
    partition: int
    offset: int
    rejected: Moment
    value: bytes
    key: bytes | None = None
    article: str | None = None

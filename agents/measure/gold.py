"""What an editor said of articles: the gold labels that the measures compare verdicts with."""

from pathlib import Path
from typing import TypeVar

from streams.codec import decode
from streams.errors import CopytasterError, RejectedCopy
from streams.records import Record, Verdict

GOLD = "gold.jsonl"
R = TypeVar("R", bound=Record)


class Gold(Record, frozen=True, kw_only=True):
    """The label of one article, or of one sentence of it; each measure takes the labels that it needs.

    `news`: whether it must ring; `kind`: what was done to it, for the table by kind; `original`: the article that it
    tells again; `new`: the sentences that are new in it; `changes`: pairs of old and new figure; `story`: the event it
    belongs to. `text` with `facts`: a sentence, and the names of the facts that it tells; `event`: whose facts.
    """

    id: str
    news: bool | None = None
    kind: str | None = None
    original: str | None = None
    new: list[str] = []
    changes: list[tuple[str, str]] = []
    story: str | None = None
    event: str | None = None
    text: str | None = None
    facts: list[str] | None = None


def read_gold(folder: Path) -> list[Gold]:
    """The labels in `gold.jsonl`; raises CopytasterError naming the line that can't be read."""
    return _read(folder / GOLD, Gold)


def read_verdicts(path: Path) -> dict[str, Verdict]:
    """Verdicts by article id, as `copytaster judge` prints them."""
    return {each.id: each for each in _read(path, Verdict)}


def _read(path: Path, kind: type[R]) -> list[R]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise CopytasterError(
            f"{path}: can't be read: {error.strerror}; name a folder with streams and {GOLD}"
        ) from error
    records = []
    for number, line in enumerate(lines, 1):
        try:
            records += [decode(line, kind)] if line.strip() else []
        except RejectedCopy as error:
            raise CopytasterError(f"{path}:{number}: {error}") from error
    return records

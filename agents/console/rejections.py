"""What could not be used, with the reason, and whether it was put back since."""

from dataclasses import dataclass

from agents.console.index import Index

_MOST = 500  # shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A rejected message: `origin` is topic/partition/offset, `size` in bytes, `begins` how it begins as text."""

    id: str
    at: float
    article: str | None
    reason: str
    origin: str
    size: int
    begins: str
    redriven: float | None


def rejections(index: Index) -> list[Rejection]:
    """The latest rejections, the latest first."""
    rows = index.rows("SELECT * FROM rejections ORDER BY at DESC LIMIT ?", _MOST)
    return [Rejection(**{name: row[name] for name in Rejection.__slots__}) for row in rows]


def place(index: Index, name: str) -> tuple[int, int] | None:
    """The partition and offset of a rejection on `wire.rejected`."""
    row = index.row("SELECT partition, offset FROM rejections WHERE id = ?", name)
    return (row["partition"], row["offset"]) if row else None

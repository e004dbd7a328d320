"""What the console shows, in memory: the last so many articles, verdicts, alerts and rejections.

SQLite holds them: it counts, sorts and finds words (FTS5) in milliseconds among tens of thousands, in less memory than
Python's objects take. Nothing is written to a disk: the topics keep it all, and a worker that starts reads them again.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_BYTES_EACH = 16 * 1024  # of memory for each article with its verdict, alert and words: twice what wire copy takes
_BYTES_EMPTY = 2**20
_WORDS = {"articles": "copy", "alerts": "told"}  # where the words of a table's rows are found
_STEPS = 50_000  # of SQLite's machine between two looks at the clock: some milliseconds
_TABLES = ("articles", "verdicts", "alerts", "rejections", "marks", "merges")
_SIZES = ("page_count", "freelist_count", "page_size")
_SCHEMA = """
CREATE TABLE articles (n INTEGER PRIMARY KEY, at REAL, id TEXT, doc TEXT, source TEXT, headline TEXT, url TEXT,
    byline TEXT, published TEXT, born REAL);
CREATE UNIQUE INDEX article_docs ON articles (id, doc, at);
CREATE VIRTUAL TABLE copy USING fts5 (headline, body, source, tokenize = "unicode61 remove_diacritics 2",
    prefix = "2 3");
CREATE TABLE verdicts (n INTEGER PRIMARY KEY, at REAL, id TEXT, kind TEXT, rang INTEGER, story TEXT, source TEXT,
    born REAL, record BLOB, digest BLOB);
CREATE UNIQUE INDEX verdict_records ON verdicts (id, digest);
CREATE INDEX verdict_stories ON verdicts (story);
CREATE TABLE alerts (n INTEGER PRIMARY KEY, at REAL, id TEXT UNIQUE, kind TEXT, story TEXT, source TEXT, article TEXT,
    partition INTEGER, offset INTEGER, record BLOB, recalled INTEGER DEFAULT 0);
CREATE VIRTUAL TABLE told USING fts5 (said, names, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3");
CREATE TABLE rejections (n INTEGER PRIMARY KEY, at REAL, id TEXT UNIQUE, article TEXT, reason TEXT, origin TEXT,
    partition INTEGER, offset INTEGER, size INTEGER, begins TEXT, redriven REAL);
CREATE INDEX alert_stories ON alerts (story);
CREATE INDEX alert_articles ON alerts (article);
CREATE TABLE marks (n INTEGER PRIMARY KEY, at REAL, id TEXT UNIQUE);
CREATE TABLE merges (n INTEGER PRIMARY KEY, at REAL, id TEXT UNIQUE, into_story TEXT);
CREATE INDEX articles_at ON articles (at);
CREATE INDEX verdicts_at ON verdicts (at);
CREATE INDEX alerts_at ON alerts (at);
CREATE INDEX rejections_at ON rejections (at);
CREATE INDEX marks_at ON marks (at);
CREATE INDEX merges_at ON merges (at);
"""


class Index:
    """`marks` has the ids of alerts recalled and of rejections put back: the mark may be read before what it marks.

    Tables have at most `most` rows each, and 16 KiB times as many and a MiB altogether; the oldest go first.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._base = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._base.row_factory = sqlite3.Row
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.executescript(_SCHEMA)

    def rows(self, question: str, *values: Any) -> list[sqlite3.Row]:
        """Every row that answers a question in SQL."""
        return self._base.execute(question, values).fetchall()

    def row(self, question: str, *values: Any) -> sqlite3.Row | None:
        """The first such row, if there is one."""
        found: sqlite3.Row | None = self._base.execute(question, values).fetchone()
        return found

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Many changes in one: that takes half the time."""
        self._base.execute("BEGIN")
        try:
            yield
        finally:
            self._base.execute("COMMIT")

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Raises TimeoutError for a question that takes longer to answer."""
        until = time.monotonic() + seconds
        self._base.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            raise TimeoutError(f"no answer within {seconds:g} s") from error
        finally:
            self._base.set_progress_handler(None, 0)

    def add(self, table: str, **fields: Any) -> int | None:
        """Put a row in; gives its number, or None where it is there already."""
        names, marks = ", ".join(fields), ", ".join("?" * len(fields))
        done = self._base.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", [*fields.values()])  # noqa: S608
        return done.lastrowid if done.rowcount else None

    def change(self, statement: str, *values: Any) -> None:
        """Change what is there."""
        self._base.execute(statement, values)

    def merge(self, story: str, into: str, at: float) -> None:
        """From now on one story is another, with all that was told in it."""
        if self.living(into) != story:
            self.add("merges", at=at, id=story, into_story=into)
            for table in ("verdicts", "alerts"):
                self.change(f"UPDATE {table} SET story = ? WHERE story = ?", into, story)  # noqa: S608

    def living(self, story: str | None) -> str | None:
        """The story that one has become."""
        while found := self.row("SELECT into_story FROM merges WHERE id = ?", story):
            story = found["into_story"]
        return story

    def forget(self) -> None:
        """Let the oldest go until the bounds hold."""
        for table in _TABLES:
            self._forget(table, self._count(table) - self.most)
        while self.bytes > _BYTES_EMPTY + self.most * _BYTES_EACH and any(map(self._count, _TABLES)):
            for table in _TABLES:
                self._forget(table, -(-self._count(table) // 10))

    @property
    def bytes(self) -> int:
        """The memory that its pages take."""
        sizes = [self._base.execute(f"PRAGMA {name}").fetchone()[0] for name in _SIZES]
        return int((sizes[0] - sizes[1]) * sizes[2])

    def _count(self, table: str) -> int:
        return int(self._base.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608

    def _forget(self, table: str, count: int) -> None:
        if count <= 0:
            return
        oldest = f"(SELECT n FROM {table} ORDER BY at LIMIT {count})"  # noqa: S608
        if table in _WORDS:
            self._base.execute(f"DELETE FROM {_WORDS[table]} WHERE rowid IN {oldest}")  # noqa: S608
        self._base.execute(f"DELETE FROM {table} WHERE n IN {oldest}")  # noqa: S608

    def close(self) -> None:
        """Give the memory back."""
        self._base.close()

"""duplicates.db: every text that was printed, found by what it shares with another.

The invariant: after every call, the links are a function of the set of texts, whatever came first. Two texts
are linked exactly where `compare` links them and they share `keys_needed` keys that count. A key counts for
a pair where the smaller of the two (by number, which follows from the text) is among the `HUBS` smallest
texts that have the key. So a formula that a hundred thousand reports use costs each of them `HUBS` rows, and
a piece of news that a thousand portals print is held together by its hubs; no key ever dies.

What moves when a text comes or goes is who is a hub. A text that comes is compared with the hubs of its
keys, and as a new hub with all that have the key; it may push the last hub out, whose links are then looked
at again. Where a hub goes, the next in line is compared as if it had just come.

The file belongs to the stage and to nobody else: corpus.db holds what a reader needs, and this file can be
made again from it. It is not part of state.db because the pipelines do not know the crawl.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.database import identity
from pipelines.duplicates import holders
from pipelines.duplicates.compare import LEAST, Link, compare
from pipelines.duplicates.holders import FRESH, Holders
from pipelines.duplicates.printing import Printing, size_of
from pipelines.duplicates.shingles import keys_needed
from pipelines.duplicates.sketches import Sketch, Sketches
from pipelines.exceptions import NotACorpus

APPLICATION_ID = 0x54494E44  # "TIND"
VERSION = 5

_SCHEMA = f"""
CREATE TABLE texts (
    text INTEGER PRIMARY KEY,         -- from the digest of its words
    sketch BLOB NOT NULL,             -- first, for it is read most
    length INTEGER NOT NULL,          -- words
    keys BLOB NOT NULL, shingles BLOB NOT NULL, facts BLOB NOT NULL
);
{holders.SCHEMA}
CREATE TABLE links (
    text INTEGER NOT NULL, other INTEGER NOT NULL, -- in both directions
    kind TEXT NOT NULL, similarity REAL NOT NULL, is_duplicate INTEGER NOT NULL,
    PRIMARY KEY (text, other)
) WITHOUT ROWID;
CREATE TABLE clusters (
    text INTEGER PRIMARY KEY,         -- a text with duplicates
    cluster INTEGER NOT NULL          -- the smallest text of its cluster
);
CREATE INDEX clusters_cluster ON clusters(cluster);
CREATE TABLE printings (
    article INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,             -- the corpus's, of the article's text
    moment TEXT NOT NULL,             -- of publication; earlier sorts first
    text INTEGER,                     -- NULL: too little to compare
    cluster INTEGER, duplicate_of INTEGER -- as the corpus was told
);
CREATE INDEX printings_text ON printings(text, moment, article) WHERE text IS NOT NULL;
CREATE TABLE marks (stage TEXT PRIMARY KEY, mark TEXT NOT NULL) -- as in corpus.db
"""


def open_state(path: Path) -> sqlite3.Connection:
    """Return a connection to duplicates.db, made if absent, and anew where another version wrote it.

    Raises:
        NotACorpus: the file is not ours, or damaged.
        sqlite3.OperationalError: it cannot be written.
    """
    connection = sqlite3.connect(path)
    try:
        found = identity(connection, application=APPLICATION_ID, version=VERSION, schema=_SCHEMA, make=True)
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError as error:
        connection.close()
        raise NotACorpus(f"{path}: damaged ({error}); move it away, it is made again") from error
    if found == (APPLICATION_ID, VERSION):
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA wal_autocheckpoint = 32768")
        return connection
    connection.close()
    if found[0] != APPLICATION_ID:
        raise NotACorpus(f"{path}: not of tinso; move it away or name another data directory")
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        each.unlink(missing_ok=True)
    return open_state(path)


class TextIndex:
    """The texts and the links between them; `commit` is the caller's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._executemany = connection.executemany
        self._holders = Holders(connection)
        self._sketches = Sketches(connection)
        self.joined: set[tuple[int, int]] = set()  # links that came since the last `settled`
        self.parted: set[tuple[int, int]] = set()  # links that went

    def restore(self) -> None:
        """Forget what a rollback has taken back."""
        self._holders.restore()

    def write(self) -> None:
        """Write the keys that are held in memory."""
        self._holders.write()

    def has(self, text: int) -> bool:
        """True where the index holds the text."""
        return self._execute("SELECT 1 FROM texts WHERE text = ?", (text,)).fetchone() is not None

    def add(self, printing: Printing) -> None:
        """Take in a text that the index does not hold, and link it."""
        text, keys = printing.text, printing.keys
        hubs = self._holders.hubs(keys)
        found, pushed_out = self._holders.meet(text, hubs)
        sketch = Sketch(printing)
        self._execute(
            "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)",
            (
                text, sketch.pack(), printing.length, keys.tobytes(), printing.shingles.tobytes(),
                printing.facts,
            ),
        )  # fmt: skip
        self._holders.add(text, keys, hubs)
        self._link(printing, sketch, found)
        for hub in pushed_out:
            self._look_again(hub)
        self._holders.write(FRESH)

    def remove(self, text: int) -> None:
        """Forget a text and its links."""
        promoted = self._holders.remove(text, self._keys(text))
        self._unlink([(text, other) for other in self.links(text)])
        self._execute("DELETE FROM texts WHERE text = ?", (text,))
        for printing in self._printings(promoted):
            found, _ = self._holders.meet(printing.text, self._holders.hubs(printing.keys))
            for other in self.links(printing.text):
                del found[other]
            self._link(printing, Sketch(printing), found)

    def links(self, text: int) -> dict[int, Link]:
        """Return the other texts that a text is linked with."""
        rows = self._execute(
            "SELECT other, kind, similarity, is_duplicate FROM links WHERE text = ?", (text,)
        )
        return {other: Link(kind, similarity, bool(same)) for other, kind, similarity, same in rows}

    def link(self, text: int, other: int) -> Link | None:
        """Return the link between two texts."""
        row = self._execute(
            "SELECT kind, similarity, is_duplicate FROM links WHERE text = ? AND other = ?", (text, other)
        ).fetchone()
        return Link(row[0], row[1], bool(row[2])) if row else None

    def _link(self, printing: Printing, sketch: Sketch, found: Counter[int]) -> None:
        """Compare a text with those that share enough keys with it."""
        needed = [keys_needed(printing.size, size) for size in range(16)]
        # `size_of` without a call: hundreds meet, few share enough.
        due = [other for other, shared in found.items() if shared >= needed[other & 15]]
        if not due:
            return
        rows = []
        for other in self._printings(self._sketches.sharing(sketch, due, LEAST)):
            if link := compare(printing, other):
                rows += [(printing.text, other.text, *link), (other.text, printing.text, *link)]
                self.joined.add((printing.text, other.text))
        self._executemany("INSERT INTO links VALUES (?, ?, ?, ?, ?)", rows)

    def _look_again(self, hub: int) -> None:
        """Part a former hub from the texts that it no longer shares enough keys with."""
        others = self.links(hub)
        if not others:
            return
        hubs = self._holders.hubs(self._keys(hub))
        for other in others:
            common = hubs.keys() & self._keys(other)
            shared = sum(min(hub, other) in hubs[key] for key in common)
            if shared < keys_needed(size_of(hub), size_of(other)):
                self._unlink([(hub, other)])

    def _unlink(self, pairs: Iterable[tuple[int, int]]) -> None:
        both = [pair for one, other in pairs for pair in ((one, other), (other, one))]
        self._executemany("DELETE FROM links WHERE text = ? AND other = ?", both)
        self.parted.update(both[::2])

    def _keys(self, text: int) -> array[int]:
        (packed,) = self._execute("SELECT keys FROM texts WHERE text = ?", (text,)).fetchone()
        return array("I", packed)

    def _printings(self, texts: Iterable[int]) -> Iterator[Printing]:
        rows = self._execute(
            "SELECT text, length, keys, shingles, facts FROM texts "
            "WHERE text IN (SELECT value FROM json_each(?))",
            (str(list(texts)),),
        )
        for text, length, keys, shingles, facts in rows:
            yield Printing(text, length, array("I", shingles), array("I", keys), facts)

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

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.database import identity
from pipelines.duplicates.compare import Link, Shared, compare
from pipelines.duplicates.printing import Printing, size_of
from pipelines.duplicates.shingles import CANARY, keys_needed
from pipelines.exceptions import NotACorpus

APPLICATION_ID = 0x54494E44  # "TIND"
# Hashes of another Python are worth nothing, so that their sign is part of the version.
VERSION = (CANARY & 0xFFFFFF) << 7 | 2
HUBS = 32  # texts of a key that every other text of it is compared with

_SCHEMA = """
CREATE TABLE texts (
    text INTEGER PRIMARY KEY,         -- from the digest of its words
    shingles BLOB NOT NULL,           -- first, for it is read most
    length INTEGER NOT NULL,          -- words
    keys BLOB NOT NULL, facts BLOB NOT NULL
);
CREATE TABLE keys (
    key INTEGER NOT NULL, text INTEGER NOT NULL,
    PRIMARY KEY (key, text)
) WITHOUT ROWID;
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
    # Keys come in no order and touch a page each: small pages are less to write.
    connection.execute("PRAGMA page_size = 1024")
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
        self.joined: set[tuple[int, int]] = set()  # links that came since the last `settled`
        self.parted: set[tuple[int, int]] = set()  # links that went

    def has(self, text: int) -> bool:
        """True where the index holds the text."""
        return self._execute("SELECT 1 FROM texts WHERE text = ?", (text,)).fetchone() is not None

    def add(self, printing: Printing) -> None:
        """Take in a text that the index does not hold, and link it."""
        text = printing.text
        found, pushed_out = self._meet(text, printing.keys)
        self._execute(
            "INSERT INTO texts VALUES (?, ?, ?, ?, ?)",
            (
                text, printing.shingles.tobytes(), printing.length, printing.keys.tobytes(),
                printing.facts,
            ),
        )  # fmt: skip
        self._executemany("INSERT INTO keys VALUES (?, ?)", [(key, text) for key in printing.keys])
        self._link(printing, found)
        for hub in pushed_out:
            self._look_again(hub)

    def remove(self, text: int) -> None:
        """Forget a text and its links."""
        keys = self._keys(text)
        self._executemany("DELETE FROM keys WHERE key = ? AND text = ?", [(key, text) for key in keys])
        self._unlink([(text, other) for other in self.links(text)])
        self._execute("DELETE FROM texts WHERE text = ?", (text,))
        for hub in {hub for key in keys if (hub := self._next_in_line(key, text)) is not None}:
            printing = next(self._printings([hub]))
            found, _ = self._meet(hub, printing.keys)
            self._link(printing, found)

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

    def _meet(self, text: int, keys: Iterable[int]) -> tuple[Counter[int], set[int]]:
        """Return text → how many keys that count it shares, and the hubs that the text pushes out."""
        found: Counter[int] = Counter()
        pushed_out = set()
        for key in keys:
            holders = self._holders(key, text, HUBS + 1)
            if len(holders) > HUBS:
                last_hub = holders[HUBS - 1]
                if text < last_hub:
                    pushed_out.add(last_hub)
                    holders = self._holders(key, text, -1)
                else:
                    holders.pop()
            found.update(holders)
        return found, pushed_out

    def _next_in_line(self, key: int, gone: int) -> int | None:
        """Return the text that a hub's going made a hub, where it is not the last that has the key."""
        holders = self._holders(key, gone, HUBS + 1)
        return holders[HUBS - 1] if len(holders) > HUBS and gone < holders[HUBS - 1] else None

    def _holders(self, key: int, but: int, most: int) -> list[int]:
        """Return the smallest texts that have a key, `but` one; all where `most` is -1."""
        rows = self._execute(
            "SELECT text FROM keys WHERE key = ? AND text <> ? ORDER BY text LIMIT ?", (key, but, most)
        )
        return [text for (text,) in rows]

    def _link(self, printing: Printing, found: Counter[int]) -> None:
        """Compare a text with those that share enough keys with it; those it is linked with stay so."""
        due = [
            other for other, shared in found.items() if shared >= keys_needed(printing.size, size_of(other))
        ]
        if not due:
            return
        rows = []
        for other in self._printings(self._similar(printing, set(due).difference(self.links(printing.text)))):
            if link := compare(printing, other):
                rows += [(printing.text, other.text, *link), (other.text, printing.text, *link)]
                self.joined.add((printing.text, other.text))
        self._executemany("INSERT INTO links VALUES (?, ?, ?, ?, ?)", rows)

    def _similar(self, printing: Printing, others: Iterable[int]) -> list[int]:
        """Return those of the texts whose facts are worth looking at: most share a formula and no more."""
        shared = Shared(printing)
        rows = self._execute(
            "SELECT text, shingles FROM texts WHERE text IN (SELECT value FROM json_each(?))",
            (json.dumps(list(others)),),
        )
        return [text for text, shingles in rows if shared.may_be_linked(size_of(text), array("I", shingles))]

    def _look_again(self, hub: int) -> None:
        """Part a former hub from the texts that it no longer shares enough keys with."""
        keys = set(self._keys(hub))
        is_hub: dict[tuple[int, int], bool] = {}
        for other in self.links(hub):
            smaller, shared = min(hub, other), 0
            for key in keys.intersection(self._keys(other)):
                place = (key, smaller)
                if place not in is_hub:
                    is_hub[place] = self._is_hub(*place)
                shared += is_hub[place]
            if shared < keys_needed(size_of(hub), size_of(other)):
                self._unlink([(hub, other)])

    def _is_hub(self, key: int, text: int) -> bool:
        (before,) = self._execute(
            "SELECT count(*) FROM (SELECT 1 FROM keys WHERE key = ? AND text < ? LIMIT ?)", (key, text, HUBS)
        ).fetchone()
        return bool(before < HUBS)

    def _unlink(self, pairs: Iterable[tuple[int, int]]) -> None:
        both = [pair for one, other in pairs for pair in ((one, other), (other, one))]
        self._executemany("DELETE FROM links WHERE text = ? AND other = ?", both)
        self.parted.update(both[::2])

    def _keys(self, text: int) -> array[int]:
        (packed,) = self._execute("SELECT keys FROM texts WHERE text = ?", (text,)).fetchone()
        return array("I", packed)

    def _printings(self, texts: Iterable[int]) -> Iterator[Printing]:
        rows = self._execute(
            "SELECT text, length, shingles, keys, facts FROM texts "
            "WHERE text IN (SELECT value FROM json_each(?))",
            (json.dumps(list(texts)),),
        )
        for text, length, shingles, keys, facts in rows:
            yield Printing(text, length, array("I", shingles), array("I", keys), facts)

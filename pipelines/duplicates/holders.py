"""Which texts have a key. The smallest of them, its hubs, stand in one row, so that they are had by one look.

A key counts for a pair of texts where the smaller of the two is a hub (`index.py` says what that is for).

Keys come in no order and would touch a page of the file each. What texts change is therefore held in memory,
and written for some thousands of them at a time, in the order of the keys. Until then their numbers stand in
the table `fresh`, by which a process that comes after a kill takes their keys in again.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import insort
from collections import Counter
from collections.abc import Collection, Iterable

HUBS = 32  # texts of a key that every other text of it is compared with
FRESH = 10_000  # texts whose keys are held in memory, some 5 KB each

SCHEMA = """
CREATE TABLE hubs (
    key INTEGER PRIMARY KEY,
    texts BLOB NOT NULL               -- the smallest texts that have the key, sorted, 8 bytes each
);
CREATE TABLE others (                 -- the others that have it, where those are HUBS
    key INTEGER NOT NULL, text INTEGER NOT NULL,
    PRIMARY KEY (key, text)
) WITHOUT ROWID;
CREATE TABLE fresh (                  -- texts whose keys may be missing in both, if `texts` has them still
    text INTEGER NOT NULL
);
"""


class Holders:
    """The tables `hubs`, `others` and `fresh` of duplicates.db; commits are the caller's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._executemany = connection.executemany
        self._hubs: dict[int, array[int]] = {}  # rows of the tables that are not written yet
        self._others: dict[int, list[int]] = {}
        self._fresh = 0
        self.restore()

    def restore(self) -> None:
        """Hold in memory what the file says is not written: after a start, or after a rollback."""
        self._hubs.clear()
        self._others.clear()
        fresh = self._execute(
            "SELECT text, keys FROM texts WHERE text IN (SELECT text FROM fresh)"
        ).fetchall()
        for text, packed in fresh:
            keys = array("I", packed)
            self._put(text, keys, self.hubs(keys))
        self._fresh = len(fresh)

    def hubs(self, keys: Iterable[int]) -> dict[int, array[int]]:
        """Return key → its hubs, the smallest first, of those of the keys that a text has."""
        held = self._hubs
        found = {key: held[key] for key in keys if key in held}
        rows = self._execute(
            "SELECT hubs.key, texts FROM json_each(?) CROSS JOIN hubs ON hubs.key = value",
            (str([key for key in keys if key not in held]),),
        )
        for key, texts in rows:
            found[key] = array("q", texts)
        return found

    def meet(self, text: int, hubs: dict[int, array[int]]) -> tuple[Counter[int], set[int]]:
        """Return text → how many keys that count it shares with a text, given the hubs of its keys.

        Also return the hubs that the text, if it is new, pushes out.
        """
        met = array("q")
        pushed_out = set()
        for key, texts in hubs.items():
            met += texts
            if len(texts) == HUBS and text <= texts[-1] and (others := self._others_of(key)):
                met.extend(others)
                pushed_out.add(texts[-1])
        found = Counter(met)
        found.pop(text, None)
        return found, pushed_out

    def add(self, text: int, keys: Iterable[int], hubs: dict[int, array[int]]) -> None:
        """Give keys one more text, given their hubs."""
        self._put(text, keys, hubs)
        self._execute("INSERT INTO fresh VALUES (?)", (text,))
        self._fresh += 1

    def remove(self, text: int, keys: Collection[int]) -> set[int]:
        """Take a text from keys; return the texts that have become hubs."""
        self._write(keys)
        promoted = set()
        for key, texts in self.hubs(keys).items():
            if text not in texts:
                self._execute("DELETE FROM others WHERE key = ? AND text = ?", (key, text))
                continue
            texts.remove(text)
            (first,) = self._execute("SELECT min(text) FROM others WHERE key = ?", (key,)).fetchone()
            if first is not None:
                self._execute("DELETE FROM others WHERE key = ? AND text = ?", (key, first))
                texts.append(first)
                promoted.add(first)
            self._hubs[key] = texts
        self._write(keys)
        return promoted

    def write(self, most: int = 0) -> None:
        """Write what is held in memory if it is of more than so many texts."""
        if self._fresh > most:
            self._write(self._hubs.keys() | self._others.keys())
            self._execute("DELETE FROM fresh")
            self._fresh = 0

    def _put(self, text: int, keys: Iterable[int], hubs: dict[int, array[int]]) -> None:
        alone = array("q", (text,))
        for key in keys:
            texts = hubs.get(key)
            if texts is None:
                self._hubs[key] = alone
            elif len(texts) == HUBS and text > texts[-1]:
                self._others.setdefault(key, []).append(text)
            elif text not in texts:  # as it is where the key was written and the text is restored
                self._hubs[key] = texts = texts[:]
                insort(texts, text)
                if len(texts) > HUBS:
                    self._others.setdefault(key, []).append(texts.pop())

    def _write(self, keys: Iterable[int]) -> None:
        """Write what is held of some keys, in their order: neighbours share a page."""
        ordered = sorted(keys)
        hubs = ((key, self._hubs.pop(key).tobytes()) for key in ordered if key in self._hubs)
        self._executemany("INSERT OR REPLACE INTO hubs VALUES (?, ?)", hubs)
        others = ((key, text) for key in ordered for text in self._others.pop(key, ()))
        self._executemany("INSERT OR IGNORE INTO others VALUES (?, ?)", others)

    def _others_of(self, key: int) -> set[int]:
        rows = self._execute("SELECT text FROM others WHERE key = ?", (key,))
        return {text for (text,) in rows}.union(self._others.get(key, ()))

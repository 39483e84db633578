"""Which texts have a key. The smallest of them, its hubs, stand in one row, so that they are had by one look.

A key counts for a pair of texts where the smaller of the two is a hub (`index.py` says what that is for).
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import insort
from collections import Counter
from collections.abc import Iterable

HUBS = 32  # texts of a key that every other text of it is compared with

SCHEMA = """
CREATE TABLE hubs (
    key INTEGER PRIMARY KEY,
    texts BLOB NOT NULL               -- the smallest texts that have the key, sorted, 8 bytes each
);
CREATE TABLE others (                 -- the others that have it, where those are HUBS
    key INTEGER NOT NULL, text INTEGER NOT NULL,
    PRIMARY KEY (key, text)
) WITHOUT ROWID;
"""


class Holders:
    """The tables `hubs` and `others` of duplicates.db; commits are the caller's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._executemany = connection.executemany

    def hubs(self, keys: Iterable[int]) -> dict[int, array[int]]:
        """Return key → its hubs, the smallest first, of those of the keys that a text has."""
        rows = self._execute(
            "SELECT key, texts FROM hubs WHERE key IN (SELECT value FROM json_each(?))", (str(list(keys)),)
        )
        return {key: array("q", texts) for key, texts in rows}

    def meet(self, text: int, hubs: dict[int, array[int]]) -> tuple[Counter[int], set[int]]:
        """Return text → how many keys that count it shares with a text, given the hubs of its keys.

        Also return the hubs that the text, if it is new, pushes out.
        """
        met = array("q")
        pushed_out = set()
        for key, texts in hubs.items():
            met += texts
            if len(texts) == HUBS and text <= texts[-1] and (others := self._others(key)):
                met += others
                pushed_out.add(texts[-1])
        found = Counter(met)
        found.pop(text, None)
        return found, pushed_out

    def add(self, text: int, keys: Iterable[int], hubs: dict[int, array[int]]) -> None:
        """Give keys one more text, given their hubs."""
        changed, others = {}, []
        for key in keys:
            texts = hubs.get(key, _NONE)
            if len(texts) == HUBS and text > texts[-1]:
                others.append((key, text))
                continue
            changed[key] = texts = texts[:]
            insort(texts, text)
            if len(texts) > HUBS:
                others.append((key, texts.pop()))
        self._write(changed)
        self._executemany("INSERT INTO others VALUES (?, ?)", others)

    def remove(self, text: int, keys: Iterable[int]) -> set[int]:
        """Take a text from keys; return the texts that have become hubs."""
        promoted = set()
        changed = {}
        for key, texts in self.hubs(keys).items():
            if text not in texts:
                self._execute("DELETE FROM others WHERE key = ? AND text = ?", (key, text))
                continue
            texts.remove(text)
            changed[key] = texts
            (first,) = self._execute("SELECT min(text) FROM others WHERE key = ?", (key,)).fetchone()
            if first is not None:
                self._execute("DELETE FROM others WHERE key = ? AND text = ?", (key, first))
                texts.append(first)
                promoted.add(first)
        self._write(changed)
        return promoted

    def _write(self, hubs: dict[int, array[int]]) -> None:
        rows = [(key, texts.tobytes()) for key, texts in hubs.items()]
        self._executemany("INSERT OR REPLACE INTO hubs VALUES (?, ?)", rows)

    def _others(self, key: int) -> array[int]:
        return array(
            "q", (text for (text,) in self._execute("SELECT text FROM others WHERE key = ?", (key,)))
        )


_NONE = array("q")

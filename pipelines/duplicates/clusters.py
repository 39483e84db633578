"""Clusters: what hangs together by duplicate links, and who stands for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple


class Member(NamedTuple):
    """An article of a cluster. `moment` says when it was published; earlier sorts first."""

    moment: str
    article: int


class Place(NamedTuple):
    """An article's place: its cluster's number, and the article that it is a duplicate of."""

    cluster: int | None
    duplicate_of: int | None


def places(members: Iterable[Member]) -> dict[int, Place]:
    """Return article → place, given all articles of a cluster. One alone is in none.

    The cluster's number is its smallest article; its earliest stands for it.
    """
    ordered = sorted(members)
    if len(ordered) < 2:
        return {member.article: Place(None, None) for member in ordered}
    earliest, number = ordered[0].article, min(member.article for member in ordered)
    return {
        member.article: Place(number, None if member.article == earliest else earliest) for member in ordered
    }


class TextClusters:
    """Texts in clusters, kept up with the duplicate links of the index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._executemany = connection.executemany

    def of(self, text: int) -> int:
        """Return the number of a text's cluster: its smallest text, which may be itself alone."""
        row = self._execute("SELECT cluster FROM clusters WHERE text = ?", (text,)).fetchone()
        return row[0] if row else text

    def texts(self, cluster: int) -> list[int]:
        """Return the texts of a cluster."""
        rows = self._execute("SELECT text FROM clusters WHERE cluster = ?", (cluster,))
        return [text for (text,) in rows] or [cluster]

    def join(self, one: int, other: int) -> None:
        """Make the clusters of two texts one."""
        first, second = sorted((self.of(one), self.of(other)))
        if first == second:
            return
        self._executemany(
            "INSERT INTO clusters VALUES (?, ?) ON CONFLICT DO UPDATE SET cluster = excluded.cluster",
            [(text, first) for text in {first, *self.texts(second)}],
        )

    def dissolve(self, cluster: int) -> list[int]:
        """Make every text of a cluster one of its own; return them. Their links say what joins again."""
        texts = self.texts(cluster)
        self._execute("DELETE FROM clusters WHERE cluster = ?", (cluster,))
        return texts

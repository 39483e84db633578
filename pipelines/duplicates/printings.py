"""Which article prints which text, and what the corpus was told of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from pipelines.duplicates.clusters import Member, Place


class Printings:
    """The table `printings` of duplicates.db; commits are the caller's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._executemany = connection.executemany

    def put(self, article: int, digest: str, moment: str, text: int | None) -> tuple[int | None, str] | None:
        """Write what an article prints; return its (text, moment) before, None for a new one."""
        before = self._execute("SELECT text, moment FROM printings WHERE article = ?", (article,)).fetchone()
        self._execute(
            "INSERT INTO printings (article, digest, moment, text) VALUES (?, ?, ?, ?) ON CONFLICT DO "
            "UPDATE SET digest = excluded.digest, moment = excluded.moment, text = excluded.text",
            (article, digest, moment, text),
        )
        return before

    def forget(self, article: int) -> int | None:
        """Delete an article; return the text that it printed."""
        row = self._execute("DELETE FROM printings WHERE article = ? RETURNING text", (article,)).fetchone()
        return row[0] if row else None

    def first(self, text: int) -> Member | None:
        """Return the earliest article that prints a text."""
        row = self._execute(
            "SELECT moment, article FROM printings WHERE text = ? ORDER BY moment, article LIMIT 1", (text,)
        ).fetchone()
        return Member(*row) if row else None

    def articles(self, text: int) -> list[int]:
        """Return the articles that print a text, the earliest first."""
        rows = self._execute("SELECT article FROM printings WHERE text = ? ORDER BY moment, article", (text,))
        return [article for (article,) in rows]

    def told(self, texts: Iterable[int]) -> dict[Member, Place]:
        """Return the articles that print any of the texts, with the place that the corpus was told."""
        rows = self._execute(
            "SELECT moment, article, cluster, duplicate_of FROM printings "
            "WHERE text IN (SELECT value FROM json_each(?))",
            (json.dumps(list(texts)),),
        )
        return {Member(moment, article): Place(*place) for moment, article, *place in rows}

    def unprinted(self, articles: Iterable[int]) -> list[int]:
        """Return those of the articles that say too little to print anything, but have a place still."""
        rows = self._execute(
            "SELECT article FROM printings WHERE text IS NULL AND cluster IS NOT NULL "
            "AND article IN (SELECT value FROM json_each(?))",
            (json.dumps(list(articles)),),
        )
        return [article for (article,) in rows]

    def tell(self, places: Iterable[tuple[int, Place]]) -> None:
        """Remember the places that the corpus was told."""
        self._executemany(
            "UPDATE printings SET cluster = ?, duplicate_of = ? WHERE article = ?",
            [(*place, article) for article, place in places],
        )

    def digests(self) -> dict[int, str]:
        """Return article → digest of all."""
        return dict(self._execute("SELECT article, digest FROM printings"))

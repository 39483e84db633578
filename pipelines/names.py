"""The names that articles hold, each once, with how many articles hold it: what suggestions are made of.

The store counts in memory what its batches change, and writes it now and then, and at its end: the way of an
article is not slower for it. Until then a mark says that the counts are behind. A writer that finds that mark
at its start (a kill came in between) counts all anew at its end.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from pipelines.activities import ACTIVITIES
from pipelines.article import Article
from pipelines.entities.documents import type_of_number
from pipelines.text import fold

Name = tuple[str, str]  # kind (person, organisation, document, province, activity) and name

MOST_CHANGES = 50_000  # names are kept in memory, before their counts are written
_WORD = re.compile(r"[^\W_]+")
_MARK = "INSERT OR IGNORE INTO marks (stage, mark) VALUES ('names', 'behind')"

# Of every name the articles that hold it. An article is of its province as it was called and as it is.
_HELD = """
SELECT 'person' AS kind, name, count(DISTINCT article) AS articles FROM people GROUP BY name UNION ALL
SELECT 'organisation', name, count(DISTINCT article) FROM organisations GROUP BY name UNION ALL
SELECT 'document', number, count(DISTINCT article) FROM documents GROUP BY number UNION ALL
SELECT 'activity', kind, count(*) FROM activities GROUP BY kind UNION ALL
SELECT 'province', province, sum(articles) FROM (
    SELECT province, count(*) AS articles FROM articles GROUP BY 1 UNION ALL
    SELECT successor_province, count(*) FROM articles WHERE successor_province IS NOT province GROUP BY 1
) WHERE province IS NOT NULL GROUP BY province
"""
# The statements that count all names anew; the connection must know the functions of `add_functions`.
COUNT_ALL = f"""
DELETE FROM names;
DELETE FROM name_words;
INSERT INTO names (kind, name, folded, articles)
    SELECT kind, name, folded_name(name), articles FROM ({_HELD});
INSERT INTO name_words (word, magnitude, kind, name)
    SELECT value, magnitude(articles), kind, name FROM names, json_each(name_words(kind, name));
DELETE FROM marks WHERE stage = 'names';
"""
_HELD_BY = {
    "person": "SELECT DISTINCT name FROM people WHERE article = ?",
    "organisation": "SELECT DISTINCT name FROM organisations WHERE article = ?",
    "document": "SELECT DISTINCT number FROM documents WHERE article = ?",
    "activity": "SELECT kind FROM activities WHERE article = ?",
    "province": "SELECT province FROM articles WHERE id = ?1 AND province IS NOT NULL UNION "
    "SELECT successor_province FROM articles WHERE id = ?1 AND successor_province IS NOT NULL",
}


def words_of(text: str) -> list[str]:
    """Return the words of a name, or of what was typed, as names are compared: folded, without signs."""
    return _WORD.findall(fold(text))


def folded(text: str) -> str:
    """Return a name as it is looked for whole: "05-CT/TW" is "05 ct tw"."""
    return " ".join(words_of(text))


def typed_words(kind: str, name: str) -> list[str]:
    """Return the words by which a name is found, each once: of a document those of its type too."""
    if kind == "activity" and name in ACTIVITIES:
        name = ACTIVITIES[name].label
    elif kind == "document":
        name = f"{type_of_number(name) or ''} {name}"
    return list(dict.fromkeys(words_of(name)))


def magnitude(articles: int) -> int:
    """Return how many binary digits a number of articles has: it changes seldom, and orders well enough."""
    return articles.bit_length()


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the SQL functions of `COUNT_ALL`."""
    connection.create_function("folded_name", 1, folded, deterministic=True)
    connection.create_function("magnitude", 1, magnitude, deterministic=True)
    connection.create_function(
        "name_words", 2, lambda kind, name: json.dumps(typed_words(kind, name)), deterministic=True
    )


def count_all(connection: sqlite3.Connection) -> None:
    """Count all names anew, in one transaction."""
    add_functions(connection)
    with connection:
        for statement in COUNT_ALL.strip().split(";\n"):
            connection.execute(statement)


def miscounted(connection: sqlite3.Connection) -> int:
    """Return how many names stand there with another count than articles hold them; 0 while a run is on."""
    if _is_behind(connection):
        return 0
    held, told = f"SELECT * FROM ({_HELD})", "SELECT kind, name, articles FROM names"
    (wrong,) = connection.execute(
        f"SELECT count(DISTINCT kind || char(10) || name) FROM ("
        f"SELECT * FROM ({held} EXCEPT {told}) UNION ALL SELECT * FROM ({told} EXCEPT {held}))"
    ).fetchone()
    return int(wrong)


class NameCounts:
    """Keeps the names of a corpus. One writer, as the store is."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Begin to count; where an earlier writer did not come to its end, all is counted at ours."""
        self._connection = connection
        self._changes: Counter[Name] = Counter()
        self._batch: Counter[Name] = Counter()
        self._is_lost = _is_behind(connection)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Count what is replaced inside, or forget it where the corpus could not be committed inside."""
        try:
            yield
            self._changes.update(self._batch)
        finally:
            self._batch.clear()

    def spill(self) -> None:
        """Write the counts where they have become many."""
        if len(self._changes) > MOST_CHANGES:
            self.keep()

    def replace(self, articles: Iterable[Article], stored: Collection[int]) -> None:
        """Note what articles are about to be written; those in `stored` are in the corpus already."""
        for key in stored:
            for kind, query in _HELD_BY.items():
                self._batch.subtract((kind, name) for (name,) in self._connection.execute(query, (key,)))
        for article in articles:
            self._batch.update(_held(article))
        if self._batch:
            self._connection.execute(_MARK)

    def lose(self) -> None:
        """Count all anew at the end: articles are written by another way."""
        if not self._is_lost:
            with self._connection:
                self._connection.execute(_MARK)
        self._is_lost = True

    def keep(self) -> None:
        """Write the counts, in one transaction."""
        if self._is_lost:
            count_all(self._connection)
        elif _is_behind(self._connection):
            with self._connection:
                self._write()
                self._connection.execute("DELETE FROM marks WHERE stage = 'names'")
        self._is_lost = False
        self._changes.clear()

    def _write(self) -> None:
        for (kind, name), change in self._changes.items():
            if not change:
                continue
            row = self._connection.execute(
                "SELECT articles FROM names WHERE kind = ? AND name = ?", (kind, name)
            ).fetchone()
            before = row[0] if row else 0
            now = before + change
            if now:
                self._connection.execute(
                    "INSERT INTO names (kind, name, folded, articles) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (kind, name) DO UPDATE SET articles = excluded.articles",
                    (kind, name, folded(name), now),
                )
            else:
                self._connection.execute("DELETE FROM names WHERE kind = ? AND name = ?", (kind, name))
            if magnitude(now) != magnitude(before):
                self._rank(kind, name, magnitude(before), magnitude(now))

    def _rank(self, kind: str, name: str, before: int, now: int) -> None:
        words = typed_words(kind, name)
        if before:
            self._connection.executemany(
                "DELETE FROM name_words WHERE word = ? AND magnitude = ? AND kind = ? AND name = ?",
                [(word, before, kind, name) for word in words],
            )
        if now:
            self._connection.executemany(
                "INSERT INTO name_words (word, magnitude, kind, name) VALUES (?, ?, ?, ?)",
                [(word, now, kind, name) for word in words],
            )


def _held(article: Article) -> set[Name]:
    held = {("person", each["name"]) for each in article.people or ()}
    held |= {("organisation", each["name"]) for each in article.organisations or ()}
    held |= {("document", each["number"]) for each in article.documents or ()}
    held |= {("activity", kind) for kind in article.activities or ()}
    provinces = (article.province, article.successor_province)
    return held | {("province", name) for name in provinces if name is not None}


def _is_behind(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM marks WHERE stage = 'names'").fetchone() is not None

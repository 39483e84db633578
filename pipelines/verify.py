"""Is corpus.db whole? Every finding says what is wrong and what mends it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from pipelines.identify import canonical_url
from pipelines.names import miscounted
from pipelines.text import exact, unmark

_REBUILD = "move it away; 'tinso reprocess' makes it anew from the archive"
_SAMPLE = 200  # articles whose words are looked up at least; of a large corpus it is every fiftieth
_REINDEX = "make the index anew with 'tinso verify --reindex'"


def problems(
    connection: sqlite3.Connection, is_archived: Callable[[str, int], bool] = lambda file, offset: True
) -> Iterator[str]:
    """Yield what is wrong with a corpus, nothing where it is whole.

    `is_archived(file, offset)` says whether the archive's index holds a response there.
    """
    for (finding,) in connection.execute("PRAGMA integrity_check"):
        if finding != "ok":
            yield f"corpus.db: {finding}; {_REBUILD}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"corpus.db: {table} row {row} points to no row of {parent}; {_REBUILD}"
    yield from _index_problems(connection)
    if wrong := miscounted(connection):
        yield f"corpus.db: {wrong} names are not counted as articles hold them; {_REINDEX}"
    for (article,) in connection.execute(
        "SELECT id FROM articles WHERE id NOT IN (SELECT id FROM article_text)"
    ):
        yield f"corpus.db: article {article} has no text; {_REBUILD}"
    for article, archive in connection.execute("SELECT id, archive FROM articles WHERE archive <> 'null'"):
        place = json.loads(archive)
        if not is_archived(place["file"], place["offset"]):
            at = f"{place['file']}:{place['offset']}"
            yield f"corpus.db: article {article} names {at}, which the archive lacks"


def databases_beside(connection: sqlite3.Connection) -> set[str]:
    """Return the names of the files that must lie beside a corpus, by what it holds."""
    signs = {
        "duplicates.db": "SELECT 1 FROM marks WHERE stage = 'duplicates'",
        "health.db": "SELECT 1 FROM health",
    }
    return {name for name, sign in signs.items() if connection.execute(sign).fetchone()}


def unstored(connection: sqlite3.Connection, pages: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield, a line a portal, which of the pages read (portal, address) have no article in the corpus."""
    lacking: dict[str, list[str]] = defaultdict(list)
    for portal, url in pages:
        row = connection.execute(
            "SELECT 1 FROM sightings s JOIN articles a ON a.id = s.article WHERE s.url = ? AND a.portal = ?",
            (canonical_url(url), portal),
        ).fetchone()
        if row is None:
            lacking[portal].append(url)
    for portal, urls in lacking.items():
        yield (
            f"corpus.db: {len(urls)} articles of {portal} that were read are not there, first {urls[0]}; "
            "'tinso reprocess' reads them again from the archive"
        )


def _index_problems(connection: sqlite3.Connection) -> Iterator[str]:
    try:
        for index in ("articles_fts", "articles_fts_headlines"):
            connection.execute(f"INSERT INTO {index}({index}) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        yield f"corpus.db: the full-text index is damaged ({error}); {_REINDEX}"
        return
    for (row,) in connection.execute(
        "SELECT id FROM articles_fts_docsize WHERE id NOT IN (SELECT id FROM articles)"
    ):
        yield f"corpus.db: the full-text index has row {row}, but there is no such article; {_REINDEX}"
    for (row,) in connection.execute(
        "SELECT id FROM articles WHERE id NOT IN (SELECT id FROM articles_fts_docsize)"
    ):
        yield f"corpus.db: article {row} is not in the full-text index; {_REINDEX}"
    for row in _misindexed(connection):
        yield f"corpus.db: the full-text index has other words for article {row}; {_REINDEX}"


def _misindexed(connection: sqlite3.Connection) -> Iterator[int]:
    """Yield the articles of a sample that a search for their whole headline does not find."""
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    step = max(1, min(50, articles // _SAMPLE))
    for row, headline in connection.execute(
        "SELECT id, headline FROM "
        "(SELECT id, headline, row_number() OVER (ORDER BY id) AS place FROM articles) WHERE place % ? = 0",
        (step,),
    ):
        words = unmark(exact(headline)).replace('"', " ")
        found = all(
            connection.execute(
                f"SELECT 1 FROM {index} WHERE {index} MATCH ? AND rowid = ?",
                (f'headline_folded : "{words}"', row),
            ).fetchone()
            for index in ("articles_fts", "articles_fts_headlines")
        )
        if not found and any(map(str.isalnum, words)):
            yield row

"""The stage that looks at more than one article: who prints what another has printed.

It runs inside the store's batch. corpus.db is committed first and names the batch; duplicates.db follows.
Where a kill comes in between, the two name different batches at the next start, and what the index lacks, or
has with another text, is taken in again.
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

from pipelines.article import Article
from pipelines.duplicates.clusters import Member, Place, TextClusters, places
from pipelines.duplicates.compare import Link
from pipelines.duplicates.index import TextIndex, open_state
from pipelines.duplicates.printing import Printing, printing_of
from pipelines.duplicates.printings import Printings
from pipelines.load import load

logger = logging.getLogger(__name__)

_SAME_TEXT = Link("same_text", 1.0, True)
_HEALED_AT_ONCE = 200  # articles a commit


class Linker:
    """Keeps the links and clusters of a corpus. One writer, as the store is."""

    def __init__(self, corpus: sqlite3.Connection, path: Path) -> None:
        """Open duplicates.db at `path`, or make it, and take in what it lacks of the corpus.

        Raises:
            NotACorpus: the file is not ours, or damaged.
            sqlite3.OperationalError: it cannot be written.
        """
        self._corpus = corpus
        self._state = open_state(path)
        self._index = TextIndex(self._state)
        self._clusters = TextClusters(self._state)
        self._printings = Printings(self._state)
        self._moved: set[int] = set()  # articles that print another text now, or none
        self._retold: set[int] = set()  # texts that may have another earliest article now
        self._copies: list[tuple[int, int]] = []  # (article, text) of those that print a text after its first
        try:
            self._heal()
        except BaseException:
            self._state.close()
            raise

    def close(self) -> None:
        """Close; the write-ahead log, which only grows, is folded into the file."""
        try:
            with self._state:
                self._index.write()
            self._state.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._state.close()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Commit what is taken inside, or forget it where the corpus could not be committed inside."""
        try:
            yield
        except BaseException:
            self._state.rollback()
            self._index.restore()
            self._begin()
            raise
        self._state.commit()

    def take(self, articles: Iterable[Article]) -> None:
        """Link articles that are new or have a new text, and write what that changes to the corpus.

        Neither database is committed.
        """
        if self._link(articles):
            self._mark(self._corpus, self._state)

    def rebuild(self) -> None:
        """Link all articles of the corpus anew. A kill leaves the rest to the next start."""
        with self._corpus:
            self._corpus.execute("DELETE FROM marks WHERE stage = 'duplicates'")
        self._heal()

    def become(self, state: Path) -> None:
        """Take over the duplicates.db at another path, in one transaction."""
        with closing(sqlite3.connect(state)) as source:
            source.backup(self._state)
        self._index.restore()

    def _link(self, articles: Iterable[Article]) -> int:
        printed = [(article, _printing(article)) for article in articles]
        for article, printing in printed:
            self._take(article, printing)
        if printed:
            self._publish()
        return len(printed)

    def _take(self, article: Article, printing: Printing | None) -> None:
        assert article.id and article.text_digest
        text, moment = printing.text if printing else None, _moment(article)
        first = self._printings.first(text) if text is not None else None
        if printing and not first:
            self._index.add(printing)
        before = self._printings.put(article.id, article.text_digest, moment, text)
        if before == (text, moment):
            return
        self._moved.add(article.id)
        if before:
            self._leave(before[0])
        if text is not None and first and not before and first < Member(moment, article.id):
            self._copies.append((article.id, text))
        elif text is not None:
            self._retold.add(text)

    def _forget(self, article: int) -> None:
        self._moved.add(article)
        self._leave(self._printings.forget(article))

    def _leave(self, text: int | None) -> None:
        if text is None:
            return
        if self._printings.first(text):
            self._retold.add(text)
        else:
            self._index.remove(text)
            self._retold.discard(text)

    def _publish(self) -> None:
        """Write to the corpus what the articles taken have changed."""
        self._publish_places(self._settle_clusters())
        self._publish_links()
        self._begin()

    def _begin(self) -> None:
        for changes in (self._moved, self._retold, self._index.joined, self._index.parted):
            changes.clear()
        self._copies.clear()

    def _settle_clusters(self) -> set[int]:
        """Bring the clusters up to the links; return those whose articles may have another place now."""
        parted = {self._clusters.of(text) for pair in self._index.parted for text in pair}
        loose = [text for cluster in parted for text in self._clusters.dissolve(cluster)]
        joins = self._index.joined | {(text, other) for text in loose for other in self._index.links(text)}
        for text, other in joins:
            link = self._index.link(text, other)
            if link and link.is_duplicate:
                self._clusters.join(text, other)
        touched = {*loose, *self._retold, *(text for _, text in self._copies)}
        touched.update(text for pair in joins for text in pair)
        return {self._clusters.of(text) for text in touched}

    def _publish_places(self, clusters: Iterable[int]) -> None:
        changes = [(article, Place(None, None)) for article in self._printings.unprinted(self._moved)]
        for cluster in clusters:
            told = self._printings.told(self._clusters.texts(cluster))
            before = {member.article: place for member, place in told.items()}
            changes += [each for each in places(told).items() if each[1] != before[each[0]]]
        self._printings.tell(changes)
        self._corpus.executemany(
            "UPDATE articles SET cluster = ?, duplicate_of = ? WHERE id = ?",
            [(*place, article) for article, place in changes],
        )

    def _publish_links(self) -> None:
        stale = self._moved.union(*map(self._printings.articles, self._retold))
        self._unlink((article, other) for article in stale for other in self._linked(article))
        self._unlink(self._firsts(self._index.parted))
        links = {
            (first, article): _SAME_TEXT
            for article, text in self._copies
            if (first := self._printings.articles(text)[0]) != article  # which may have moved meanwhile
        }
        for text in self._retold:
            first, *copies = self._printings.articles(text)
            links.update({(first, copy): _SAME_TEXT for copy in copies})
        pairs = {(text, other) for text in self._retold for other in self._index.links(text)}
        for text, other in pairs | self._index.joined:
            if link := self._index.link(text, other):
                links.update(dict.fromkeys(self._firsts([(text, other)]), link))
        self._corpus.executemany(
            "INSERT OR REPLACE INTO links (article, other, kind, similarity, is_duplicate) "
            "VALUES (?, ?, ?, ?, ?)",
            [(*pair, *link) for pair, link in links.items()]
            + [(*pair[::-1], *link) for pair, link in links.items()],
        )

    def _firsts(self, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield, of pairs of texts, the articles that are the first to print them."""
        for text, other in pairs:
            one, two = self._printings.first(text), self._printings.first(other)
            if one and two:
                yield one.article, two.article

    def _linked(self, article: int) -> list[int]:
        rows = self._corpus.execute("SELECT other FROM links WHERE article = ?", (article,))
        return [other for (other,) in rows]

    def _unlink(self, pairs: Iterable[tuple[int, int]]) -> None:
        both = [pair for one, other in pairs for pair in ((one, other), (other, one))]
        self._corpus.executemany("DELETE FROM links WHERE article = ? AND other = ?", both)

    def _heal(self) -> None:
        """Take in what the index lacks of the corpus, and forget what the corpus has not."""
        mark = _mark_of(self._corpus)
        if mark == _mark_of(self._state):
            return
        held = self._printings.digests()
        if mark is None or not held:  # neither tells anything of the other: begin anew
            self._clear()
            held = {}
        due = []
        for article, digest in self._corpus.execute("SELECT id, text_digest FROM articles"):
            if held.pop(article, None) != digest:
                due.append(article)
        if len(due) > _HEALED_AT_ONCE:
            logger.warning("duplicates.db lacks %d articles of corpus.db; they are taken in now", len(due))
        for start in range(0, len(due), _HEALED_AT_ONCE):
            articles = load(self._corpus, due[start : start + _HEALED_AT_ONCE])
            with self.batch(), self._corpus:
                self._link(articles)
                self._mark(self._corpus)
        with self.batch(), self._corpus:
            for article in held:
                self._forget(article)
            self._publish()
            self._mark(self._corpus, self._state)

    def _clear(self) -> None:
        with self.batch(), self._corpus:
            for table in ("texts", "hubs", "others", "fresh", "links", "clusters", "printings"):
                self._state.execute(f"DELETE FROM {table}")
            self._index.restore()
            self._corpus.execute("DELETE FROM links")
            self._corpus.execute(
                "UPDATE articles SET cluster = NULL, duplicate_of = NULL WHERE cluster IS NOT NULL"
            )
            self._mark(self._corpus)

    @staticmethod
    def _mark(*databases: sqlite3.Connection) -> None:
        """Name the batch in the databases."""
        mark = secrets.token_hex(8)
        for database in databases:
            database.execute(
                "INSERT INTO marks (stage, mark) VALUES ('duplicates', ?) "
                "ON CONFLICT DO UPDATE SET mark = excluded.mark",
                (mark,),
            )


def _mark_of(database: sqlite3.Connection) -> str | None:
    row = database.execute("SELECT mark FROM marks WHERE stage = 'duplicates'").fetchone()
    return row[0] if row else None


def _moment(article: Article) -> str:
    """Return when an article was published; earlier sorts first, and of one day the hour unknown last.

    An article without a date has the day that its number has.
    """
    if article.date_published:
        return article.date_published if "T" in article.date_published else f"{article.date_published}T~"
    return f"{date(1970, 1, 1) + timedelta(days=(article.id or 0) >> 24)}T~"


def _printing(article: Article) -> Printing | None:
    """Return what an article prints. One that cannot be read is kept without links."""
    try:
        return printing_of(article)
    except Exception:
        logger.exception("%s: %s could not be compared with other articles", article.portal, article.url)
        return None

"""The last stage: articles into corpus.db, many rows a statement, one commit a batch."""

from __future__ import annotations

import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

from pipelines import schema
from pipelines.article import Article, Known, Sighting
from pipelines.context import Context
from pipelines.duplicates.linking import Linker
from pipelines.identify import canonical_url, last_part
from pipelines.load import load
from pipelines.names import NameCounts
from pipelines.outcomes import Outcome
from pipelines.process import Processed, tell
from pipelines.revise import unified_diff
from pipelines.rows import write_articles

BATCH = 200  # articles a commit at most
MOST_ALIKE = 100  # articles of one text are looked through for one at an address that ends alike
INTERVAL = 2.0  # seconds between commits at most, while articles come in

_CHANGES = frozenset({Outcome.NEW, Outcome.REVISED})  # that write the article itself
_KNOWN = (
    "SELECT a.id, a.url, a.headline, coalesce(t.article_body, ''), a.text_digest, a.revision, a.first_seen, "
    "a.last_seen, coalesce(a.description, ''), coalesce((SELECT group_concat(url, char(10)) FROM "
    "(SELECT url FROM attachments WHERE article = a.id ORDER BY position)), '') "
    "FROM articles a JOIN article_text t ON t.id = a.id WHERE a.portal = ? AND a.asset = ?"
)
_SIGHT = (
    "INSERT INTO sightings (article, url, source, section, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (article, url) DO UPDATE SET "
    "first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)"
)
_SEE_AGAIN = (
    "UPDATE articles SET last_seen = max(last_seen, ?) "
    "WHERE id IN (SELECT article FROM sightings WHERE url = ?) AND portal = ?"
)
_SIGHT_AGAIN = (
    "UPDATE sightings SET last_seen = max(last_seen, ?) "
    "WHERE url = ? AND (SELECT portal FROM articles WHERE id = sightings.article) = ?"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A URL whose article has reached the disk, with what became of it."""

    portal: str
    address: str
    outcome: Outcome


class Store:
    """One writer of corpus.db. Nothing counts as stored before `flush` has returned it."""

    _open: ClassVar[dict[Path, Store]] = {}
    _users = 0

    @classmethod
    def open(cls, path: Path) -> Store:
        """Return the process's writer for a corpus, shared by its users; each of them calls `close`."""
        path = path.absolute()
        if path not in cls._open:
            cls._open[path] = cls(path)
        cls._open[path]._users += 1
        return cls._open[path]

    def __init__(self, path: Path) -> None:
        """Open or make the corpus. Raises what `open_corpus` raises."""
        self.path = path
        self.connection = schema.open_corpus(path, create=True)
        try:
            self._names = NameCounts(self.connection)
            self._linker = Linker(self.connection, path.with_name("duplicates.db"))
        except BaseException:
            self.connection.close()
            raise
        self._pending: list[tuple[str, str, Processed]] = []  # address, source
        self._pending_articles: dict[tuple[str, str], Article] = {}  # new and revised, the last
        self._pending_words: dict[int, schema.Words] = {}  # of new and revised articles, by id
        self._pending_places: dict[tuple[str, str], str] = {}  # portal and address → asset
        self._pending_texts: defaultdict[tuple[str, str | None], list[tuple[str, str]]] = defaultdict(list)
        self._sightings: list[Sighting] = []
        self._seen_again: list[tuple[str, str, str]] = []  # capture time, address, portal
        self._early_sightings: defaultdict[tuple[str, str], list[Sighting]] = defaultdict(list)
        self._last_commit = time.monotonic()

    @property
    def is_empty(self) -> bool:
        """True where the corpus holds no article."""
        return self._row("SELECT 1 FROM articles LIMIT 1") is None

    def known(self, portal: str, asset: str) -> Known | None:
        """Return what the corpus holds of the article, the pending batch included."""
        if pending := self._pending_articles.get((portal, asset)):
            return _known(pending)
        row = self._row(_KNOWN, portal, asset)
        return Known(*row) if row else None

    def alias(self, article: Article) -> str | None:
        """Return the asset of the portal's article that was seen at this address, or of one that has the text
        at an address with the same end; the pending batch included."""
        portal, url, digest = article.portal or "", article.url, article.text_digest
        if asset := self._pending_places.get((portal, url)):
            return asset
        row = self._row(
            "SELECT a.asset FROM sightings s JOIN articles a ON a.id = s.article "
            "WHERE s.url = ? AND a.portal = ? ORDER BY s.first_seen, a.id",
            url, portal,
        )  # fmt: skip
        if row:
            return str(row[0])
        alike = [*self._pending_texts.get((portal, digest), ()), *self._alike(portal, digest)][:MOST_ALIKE]
        end = last_part(url) if alike else ""
        return next((asset for other, asset in alike if end and last_part(other) == end), None)

    def _alike(self, portal: str, digest: str | None) -> list[tuple[str, str]]:
        return self.connection.execute(
            "SELECT url, asset FROM articles WHERE text_digest = ? AND portal = ? LIMIT ?",
            (digest, portal, MOST_ALIKE),
        ).fetchall()

    def context(self, fetched_at: str, address: str) -> Context:
        """Return what the stages are told of an article that is to be stored here."""
        return Context(fetched_at, address, cache(self.known), self.alias)  # three stages ask the same

    def put(self, address: str, processed: Processed, *, source: str = "crawl") -> list[Stored]:
        """Take an article into the batch; return what the commit stored, where one was due.

        `source` says how the address was found, see `Sighting`.
        """
        article = processed.article
        assert article.id and article.portal and article.asset
        if processed.outcome is Outcome.NEW:
            article.id = self._free_id(article.id)
        self._pending.append((address, source, processed))
        for url in (article.url, canonical_url(address)):
            self._pending_places.setdefault((article.portal, url), article.asset)
        if processed.outcome in _CHANGES:
            self._pending_texts[article.portal, article.text_digest].append((article.url, article.asset))
            # Now, while `exact` remembers what the stages have asked.
            self._pending_words[article.id] = schema.exact_words(
                article.headline or "", article.description, article.article_body
            )
            self._pending_articles[article.portal, article.asset] = article
        due = len(self._pending) >= BATCH or time.monotonic() - self._last_commit > INTERVAL
        return self.flush() if due else []

    def sight(self, sighting: Sighting) -> None:
        """Take a sighting. It is written once its article is known, and dropped if that never comes."""
        self._sightings.append(sighting)

    def see_again(self, portal: str, address: str, at: str) -> None:
        """Note that the page at an address was had at `at` and is what it was."""
        self._seen_again.append((at, canonical_url(address), portal))

    def flush(self) -> list[Stored]:
        """Write and commit the batch; return what is now on disk. A batch that fails stays for next time."""
        self._names.spill()
        with self._linker.batch(), self._names.batch(), self.connection:
            self._write([processed for *_, processed in self._pending])
            for address, source, processed in self._pending:
                self._sight_address(address, source, processed.article)
            early = self._write_sightings()
            self.connection.executemany(_SEE_AGAIN, self._seen_again)
            self.connection.executemany(_SIGHT_AGAIN, self._seen_again)
        stored = [Stored(p.article.portal or "", address, p.outcome) for address, _, p in self._pending]
        for key in self._pending_articles:
            self._early_sightings.pop(key, None)
        for sighting in early:
            self._early_sightings[sighting.portal, sighting.asset].append(sighting)
        self._pending.clear()
        self._pending_articles.clear()
        self._pending_words.clear()
        self._pending_places.clear()
        self._pending_texts.clear()
        self._sightings.clear()
        self._seen_again.clear()
        self._last_commit = time.monotonic()
        return stored

    def rewrite(self, articles: Iterable[Article], reworded: set[int]) -> None:
        """Write stored articles anew, in one transaction; no revision comes of it, no time is touched.

        `reworded` are the ids of those whose words in the search index change.
        """
        by_id = {article.id: article for article in articles if article.id is not None}
        self._names.lose()
        with self._linker.batch(), self.connection:
            schema.unindex(self.connection, reworded)
            write_articles(self.connection, by_id, set(by_id))
            schema.index(self.connection, reworded)
            self._linker.take(by_id[key] for key in reworded)

    def link(self, ids: Sequence[int]) -> None:
        """Link stored articles that came here by another way than `put`, and count their names."""
        self._names.lose()
        for start in range(0, len(ids), BATCH):
            with self._linker.batch(), self.connection:
                self._linker.take(load(self.connection, ids[start : start + BATCH]))

    def relink(self) -> tuple[int, int]:
        """Link all articles anew; return how many there are, and how many changed their cluster."""
        with self.connection:
            self.connection.execute(
                "CREATE TEMP TABLE placed AS SELECT id, cluster, duplicate_of FROM articles"
            )
        self._linker.rebuild()
        articles, changed = self.connection.execute(
            "SELECT count(*), total(p.cluster IS NOT a.cluster OR p.duplicate_of IS NOT a.duplicate_of) "
            "FROM temp.placed p JOIN articles a USING (id)"
        ).fetchone()
        with self.connection:
            self.connection.execute("DROP TABLE temp.placed")
        return articles, int(changed)

    def become(self, other: Path) -> None:
        """Take over all that another corpus, closed, holds; a reader sees the old rows or all new ones."""
        with closing(sqlite3.connect(other)) as source:
            source.backup(self.connection)
        self._names = NameCounts(self.connection)
        self._linker.become(other.with_name("duplicates.db"))

    def close(self) -> list[Stored]:
        """Flush. The last user folds the write-ahead log, which only grows, into the database and closes."""
        try:
            return self.flush()
        finally:
            self._users -= 1
            if self._users <= 0:
                self._open.pop(self.path, None)
                try:
                    self._linker.close()
                    self._names.keep()
                    self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    self.connection.close()

    def declare_portal(self, **columns: str | None) -> None:
        """Write what is known of a portal: the columns of `portals` by name."""
        names = ", ".join(columns)
        changes = ", ".join(f"{name} = excluded.{name}" for name in columns)
        with self.connection:
            self.connection.execute(
                f"INSERT INTO portals ({names}) VALUES ({', '.join('?' * len(columns))}) "
                f"ON CONFLICT (name) DO UPDATE SET {changes}",
                tuple(columns.values()),
            )

    def begin_run(self, started: str, source: str, version: str) -> int:
        """Return the number of a new run."""
        with self.connection:
            cursor = self.connection.execute(
                "INSERT INTO runs (started, source, version) VALUES (?, ?, ?)", (started, source, version)
            )
        return int(cursor.lastrowid or 0)

    def record_outcomes(self, run: int, portal: str, counts: Iterable[tuple[str, str, int]]) -> None:
        """Write a portal's totals of a run: (kind, outcome, number of URLs)."""
        with self.connection:
            self.connection.executemany(
                "INSERT INTO outcomes (run, portal, kind, outcome, urls) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET urls = excluded.urls",
                [(run, portal, *count) for count in counts],
            )

    def end_run(self, run: int, finished: str) -> None:
        """Mark a run as finished."""
        with self.connection:
            self.connection.execute("UPDATE runs SET finished = ? WHERE run = ?", (finished, run))

    def _free_id(self, wanted: int) -> int:
        """Two articles of one day share a key once in 16 million pairs: the later one takes the next."""
        while wanted in self._pending_words or self._row("SELECT 1 FROM articles WHERE id = ?", wanted):
            wanted += 1
        return wanted

    def _row(self, query: str, *values: Any) -> sqlite3.Row | None:
        return self.connection.execute(query, values).fetchone()

    def _write(self, batch: list[Processed]) -> None:
        # An article revised twice in one batch has two rows of history and one last text.
        changed = [p for p in batch if p.outcome in _CHANGES]
        articles = {p.article.id: p.article for p in changed if p.article.id is not None}
        tell(articles.values())
        revised = self._stored({p.before.id for p in changed if p.before})
        schema.unindex(self.connection, revised)
        self._names.replace(articles.values(), revised)
        write_articles(self.connection, articles, revised)
        schema.index(self.connection, articles, self._pending_words)
        self.connection.executemany(
            "INSERT OR IGNORE INTO revisions "
            "(article, revision, seen_at, headline, description, article_body, diff) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [_revision(p.article, p.before) for p in changed if p.before],
        )
        self.connection.executemany(
            "UPDATE articles SET last_seen = max(last_seen, ?) WHERE id = ?",
            [(p.article.last_seen, p.article.id) for p in batch if p.outcome not in _CHANGES],
        )
        self._linker.take(articles.values())

    def _stored(self, ids: Iterable[int]) -> set[int]:
        return {key for key in ids if self._row("SELECT 1 FROM articles WHERE id = ?", key)}

    def _sight_address(self, address: str, source: str, article: Article) -> None:
        seen = (article.last_seen, article.last_seen)
        for url in dict.fromkeys((article.url, canonical_url(address))):
            self.connection.execute(_SIGHT, (article.id, url, source, article.article_section, *seen))

    def _write_sightings(self) -> list[Sighting]:
        """Write the sightings of stored articles; return the others."""
        early = []
        due = [self._early_sightings.get(key, []) for key in self._pending_articles]
        for sighting in chain(*due, self._sightings):  # in the order in which they were made
            row = self._row(
                "SELECT id FROM articles WHERE portal = ? AND asset = ?", sighting.portal, sighting.asset
            )
            if row is None:
                early.append(sighting)
                continue
            seen = (sighting.seen_at, sighting.seen_at)
            values = (row[0], canonical_url(sighting.url), sighting.source, sighting.section, *seen)
            self.connection.execute(_SIGHT, values)
        return early


def _known(article: Article) -> Known:
    return Known(
        article.id or 0, article.url, article.headline or "", article.article_body or "",
        article.text_digest or "", article.revision or 1, article.first_seen or "",
        article.last_seen or "", article.description or "", _addresses(article),
    )  # fmt: skip


def _addresses(article: Article) -> str:
    return "\n".join(attachment["url"] for attachment in article.attachments)


def _revision(article: Article, before: Known) -> tuple[Any, ...]:
    now = (article.headline, article.description, article.article_body, _addresses(article))
    was = (before.headline, before.description, before.article_body, before.attachments)
    texts = [[line for text in state if text for line in text.split("\n")] for state in (was, now)]
    description = before.description or None
    row = (before.headline, description, before.article_body, unified_diff(*texts))
    return (article.id, article.revision, article.last_seen, *row)

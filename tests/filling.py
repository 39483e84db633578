"""A back-fill inside the test's own process, and what it gave."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.backfill.backfill import Backfill, Progress
from crawler.backfill.book import Book
from crawler.backfill.client import Client
from crawler.backfill.source import Source
from crawler.backfill.wayback import Wayback
from crawler.data_directory import DataDirectory
from crawler.portal import Portal
from crawler.sample_portals.ha_noi import HaNoi
from crawler.sample_portals.portals import sample_portals
from pipelines.outcomes import Outcome
from tests.web_archives import WebArchives, archived_site

HA_NOI, VINH_PHUC, _, _, HO_CHI_MINH = sample_portals(80)
EARLY, LATE = "20240827035054", "20250915035054"
PAGES = archived_site(HaNoi(), EARLY)  # of 18 articles
ARTICLES = [one for one in PAGES if HA_NOI.asset_of(one.url) and "pop_up" not in one.url]
ONE = ARTICLES[0]


class Filling:
    """A data directory that is filled from web archives, run by run."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.waits: list[float] = []  # seconds that the last run's client waited, all in all its pauses
        self.counts: Counter[tuple[str, str, Outcome]] = Counter()  # of the last run

    def client(self, *, slowness: float = 0.0) -> Client:
        self.waits.clear()
        return Client("tinso/test", slowness=slowness, sleep=self.waits.append)

    def run(
        self,
        *sources: Callable[[Client], Source] | Source,
        portal: type[Portal] = HA_NOI,
        client: Client | None = None,
        **how: Any,
    ) -> Progress:
        """Run once; of the sources, classes are made with the client."""
        client = client or self.client()
        opened = [source(client) if callable(source) else source for source in sources or (Wayback,)]
        self.counts = Counter()
        directory = DataDirectory.open(self.data, source="backfill")
        book = Book(self.data / "backfill.db")
        try:
            directory.store.declare_portal(**portal.declaration())
            return Backfill(portal, directory, book, opened, self.counts, **how).run()
        finally:
            book.close()
            directory.release()

    def stored(self) -> int:
        """Return the number of articles in the corpus."""
        return int(self.rows("SELECT count(*) FROM articles")[0][0])

    def outcomes(self, kind: str) -> dict[str, int]:
        """Return how many captures of a kind the last run counted, by outcome."""
        return {str(outcome): n for (_, found, outcome), n in self.counts.items() if found == kind}

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what the corpus answers."""
        return self._rows("corpus.db", query, values)

    def captures(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what backfill.db answers."""
        return self._rows("backfill.db", query, values)

    def _rows(self, file: str, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.data / file)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def records(self) -> list[dict[str, str]]:
        """Return the WARC headers of every response in our archive, in its order."""
        headers = []
        for path in sorted((self.data / "archive").glob("*.warc.gz")):
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream, check_digests="raise"):
                    record.content_stream().read()
                    if record.rec_type == "response":
                        headers.append(dict(record.rec_headers.headers))
        return headers


@contextmanager
def web_archives(monkeypatch: pytest.MonkeyPatch, *captures: Any, **more: Any) -> Iterator[WebArchives]:
    """Serve web archives and name them in the environment."""
    with WebArchives(*captures, **more) as archives:
        for name, value in archives.environment.items():
            monkeypatch.setenv(name, value)
        yield archives

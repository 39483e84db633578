"""One data directory: archive, state and corpus, opened by one process at a time."""

from __future__ import annotations

import fcntl
import logging
import math
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, TextIO

from crawler import __version__
from crawler.archive import ArchiveWriter, Capture, read_capture
from crawler.archive_index import Archived
from crawler.clock import now
from crawler.exceptions import DataDirectoryError
from crawler.frontier import Frontier
from crawler.ledger import Ledger
from crawler.recovery import take_in
from pipelines.store import Store, Stored

logger = logging.getLogger(__name__)


class DataDirectory:
    """What a crawl writes to. All crawlers of a process share one through `open` and `release`."""

    _open: ClassVar[dict[Path, DataDirectory]] = {}

    def __init__(self, path: Path, source: str) -> None:
        """Lock the directory, open its stores and take in what an earlier kill left unindexed.

        Raises:
            DataDirectoryError: it cannot be written, or another crawl is using it.
            CorpusError: its corpus.db is not ours, or from another version.
        """
        self.path = path
        self.broken: DataDirectoryError | None = None  # why nothing more can be written
        self._users = 0
        self._flushed = -math.inf  # when it was last made durable, in seconds of the monotonic clock
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._lock = (path / "lock").open("a+")
        except OSError as error:
            raise DataDirectoryError(
                f"{path}: cannot be written ({error.strerror}); name another with --data or TINSO_DATA"
            ) from error
        with ExitStack() as undo:
            undo.callback(self._lock.close)
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise DataDirectoryError(
                    f"{path}: another crawl is using this data directory{_owner(self._lock)}; "
                    "wait for it to end"
                ) from error
            self._lock.truncate(0)
            self._lock.write(str(os.getpid()))
            self._lock.flush()
            self.store = Store.open(path / "corpus.db")
            undo.callback(self.store.close)
            self.frontier = Frontier(path / "state.db")
            undo.callback(self.frontier.close)
            self.ledger = Ledger(self.frontier)
            self.writer = ArchiveWriter(self.archive_path)
            self._recover()
            self.run = self.store.begin_run(now(), source, __version__)
            undo.pop_all()

    @property
    def archive_path(self) -> Path:
        """The folder of the WARC files."""
        return self.path / "archive"

    @property
    def health_path(self) -> Path:
        """The file of each portal's history."""
        return self.path / "health.db"

    @classmethod
    def open(cls, path: Path, source: str = "live") -> DataDirectory:
        """Return the process's instance for a path, opening it for the first user."""
        path = path.absolute()
        if path not in cls._open:
            cls._open[path] = cls(path, source)
        cls._open[path]._users += 1
        return cls._open[path]

    def release(self) -> None:
        """Give it back; the last user closes it.

        Raises:
            DataDirectoryError: as `close` does.
        """
        self._users -= 1
        if not self._users:
            self.close()

    def close(self) -> None:
        """End the run and close, even if a portal whose crawl did not begin has not given it back.

        Raises:
            DataDirectoryError: it can no longer be written, so that the run did not end as it should.
        """
        del self._open[self.path]
        if self.broken:
            self._lock.close()
            raise self.broken
        self.flush()
        self.store.end_run(self.run, now())
        self.writer.close()
        self.frontier.close()
        self.store.close()
        self._lock.close()

    def keep(self, capture: Capture, portal: str = "", page: str | None = None) -> Archived:
        """Write a response to the archive; return where it is.

        `portal` and `page` say for which of whose pages it was asked, where it was for one.

        Raises:
            DataDirectoryError: the disk is full, or the archive can no longer be written.
        """
        try:
            file, offset, length, digest = self.writer.append(capture)
        except OSError as error:
            raise self.fail(error) from error
        record = self.frontier.archived(
            file, offset, length, capture.url, capture.status, capture.fetched_at,
            digest=digest, original=capture.original.record if capture.original else None,
            portal=portal, page=page,
        )  # fmt: skip
        if capture.original:
            file, offset = self.frontier.record(record)
        return Archived(record, file, offset)

    def read(self, record: int) -> tuple[Capture, Archived]:
        """Return an archived response; of a revisit the page, as of the day on which it was the same."""
        file, offset = self.frontier.record(record)
        capture = read_capture(self.archive_path / file, offset)
        return replace(capture, fetched_at=self.frontier.captured_at(record)), Archived(record, file, offset)

    def flush(self, *, unless_within: float = 0.0) -> None:
        """Make durable, in this order: archive, corpus, frontier. What a kill undoes is then done again.

        Nothing is done where it was done in the last `unless_within` seconds: portals that are crawled side
        by side share the directory, and each asks for it.

        Raises:
            DataDirectoryError: something cannot be written.
        """
        if time.monotonic() - self._flushed < unless_within:
            return
        try:
            self.writer.sync()
            stored = self.store.flush()
        except (OSError, sqlite3.OperationalError) as error:
            raise self.fail(error) from error
        self.settle(stored)

    def fail(self, error: Exception) -> DataDirectoryError:
        """Remember that nothing more can be written, so that the crawl ends; return the error to raise."""
        self.broken = DataDirectoryError(
            f"{self.path}: cannot be written any more ({error}); "
            "make room, then crawl again: what was archived is not lost"
        )
        return self.broken

    def settle(self, stored: list[Stored]) -> None:
        """Settle the pages whose articles are on disk, once the archive of all that was fetched is.

        Raises:
            DataDirectoryError: something cannot be written.
        """
        try:
            self.writer.sync()  # a page that state.db calls fetched must be there after a power cut
            for page in stored:
                self.ledger.settle(page.portal, page.address, page.outcome)
            self.frontier.commit()
        except (OSError, sqlite3.OperationalError) as error:
            raise self.fail(error) from error
        self._flushed = time.monotonic()

    def _recover(self) -> None:
        """Take in what a killed run archived and did not commit to state.db, and what a lost corpus held."""
        take_in(self.archive_path, self.frontier)
        if self.store.is_empty and (pages := self.frontier.read_again()):
            logger.warning("corpus.db holds no article; %d pages are read again from the archive", pages)
        self.frontier.commit()


@contextmanager
def undisturbed(path: Path) -> Iterator[None]:
    """Keep crawls from beginning in a data directory; one that is not there, or read-only, needs no lock.

    Raises:
        DataDirectoryError: a crawl is using it.
    """
    try:
        lock = (path / "lock").open()
    except OSError:
        yield
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            raise DataDirectoryError(
                f"{path}: a crawl is using this data directory; try again when it has ended"
            ) from error
        yield


def _owner(lock: TextIO) -> str:
    lock.seek(0)
    return f" (process {pid})" if (pid := lock.read().strip()) else ""


def default_path() -> Path:
    """Return the data directory: TINSO_DATA, or `data` in the working directory."""
    return Path(os.environ.get("TINSO_DATA") or "data")

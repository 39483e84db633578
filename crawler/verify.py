"""Do the archive and the databases agree? Reads everything, changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from crawler.archive import captures
from crawler.exceptions import DataDirectoryError
from crawler.frontier import Frontier
from pipelines.schema import open_corpus
from pipelines.verify import databases_beside, problems, unstored

# What is to be done where a database beside state.db and corpus.db is damaged, and where it is missing.
_BESIDE = {
    "health.db": (
        "move it away and bring it back from a copy; without one what is usual is learnt anew",
        "bring it back from a copy; without one what is usual is learnt anew",
    ),
    "duplicates.db": (
        "move it away: the next crawl makes it anew from corpus.db",
        "the next crawl makes it anew from corpus.db",
    ),
    "backfill.db": ("move it away: the next 'tinso backfill' asks the web archives again", ""),
}


def verify(path: Path) -> Iterator[str]:
    """Yield what is wrong in a data directory, nothing where it is whole.

    Raises:
        DataDirectoryError, CorpusError: there is nothing to verify, or it is not ours.
    """
    if not (path / "state.db").is_file():
        raise DataDirectoryError(f"{path}: no crawl has been stored here; name another with --data")
    with (
        closing(Frontier(path / "state.db")) as frontier,
        closing(open_corpus(path / "corpus.db")) as corpus,
    ):
        damage = list(frontier.integrity())
        for finding in damage:
            yield f"state.db: {finding}; move it away: the next crawls make it anew"
        if damage:  # nothing can be checked against it
            return
        indexed = {(file, offset): url for file, offset, _, url in frontier.records()}
        yield from _archive_problems(path / "archive", indexed)
        yield from problems(corpus, lambda file, offset: (file, offset) in indexed)
        yield from unstored(corpus, frontier.read_articles())
        yield from _problems_beside(path, databases_beside(corpus))


def _archive_problems(archive: Path, indexed: dict[tuple[str, int], str]) -> Iterator[str]:
    missing = dict(indexed)
    names = {file for file, _ in indexed}
    for name in sorted(names | {file.name for file in archive.glob("*.warc.gz")}):
        if not (archive / name).is_file():
            yield f"archive/{name}: is missing; bring it back from a copy"
            missing = {place: url for place, url in missing.items() if place[0] != name}
            continue
        damage: list[str] = []
        for capture in captures(archive / name, damaged=damage.append, revisits=True):
            if missing.pop((name, capture.offset), None) is None:
                place = f"archive/{name}: the response at byte {capture.offset}"
                yield f"{place} is not indexed; the next crawl takes it in"
        yield from damage
    for (name, offset), url in missing.items():
        lost = f"archive/{name}: no response at byte {offset}, where state.db has {url}"
        yield f"{lost}; bring the file back from a copy"


def _problems_beside(data: Path, expected: set[str]) -> Iterator[str]:
    for name, (if_damaged, if_missing) in _BESIDE.items():
        path = data / name
        if not path.is_file():
            if name in expected:
                yield f"{name}: is missing; {if_missing}"
            continue
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                findings = [finding for (finding,) in connection.execute("PRAGMA integrity_check")]
        except sqlite3.DatabaseError as error:
            findings = [str(error)]
        yield from (f"{name}: {finding}; {if_damaged}" for finding in findings if finding != "ok")

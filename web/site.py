"""The site as one Datasette: which corpus, which configuration, where templates and styles lie."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Literal, get_args

from datasette import handle_exception
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import parse_metadata

from pipelines.exceptions import CorpusError
from pipelines.schema import open_corpus

ROOM = Path(__file__).parent
DATABASE = "corpus"

Policy = Literal["none", "articles", "all"]  # what search engines may take
POLICIES: tuple[Policy, ...] = get_args(Policy)

# Datasette runs its own handler even when ours has answered, and that prints every missing page with all
# local variables to the log.
if pm.is_registered(handle_exception):
    pm.unregister(handle_exception)


UNREADABLE = (CorpusError, sqlite3.OperationalError)  # what `check` raises


class EmptyCorpus(CorpusError):
    """Raised by `site` for a corpus without an article: crawl first."""


class Site(Datasette):
    """Datasette over one corpus.db that can tell whether the file is still the one it opened.

    `closed` is why there is nothing to read, None
    where there is.
    """

    corpus: Path
    robots: Policy
    closed: Exception | None
    opened: tuple[int, int] | None = None

    @property
    def replaced(self) -> bool:
        """True when the file was deleted or another put in its place.

        A connection goes on reading the old one, and shows its articles as if nothing had happened.
        """
        return _identity(self.corpus) != self.opened


def configuration() -> dict[str, Any]:
    """Return datasette.yaml: beside this file in an installed package, else at the project's top."""
    path = next(path for path in (ROOM / "datasette.yaml", ROOM.parent / "datasette.yaml") if path.is_file())
    return dict(parse_metadata(path.read_text(encoding="utf-8")))


def site(corpus: Path, *, robots: Policy = "none") -> Site:
    """Return the site over a corpus.db, which is read as it is being written (WAL) and never written to.

    Raises what `check` raises.
    """
    check(corpus)
    return _site(corpus, robots, None)


def check(corpus: Path) -> None:
    """Look whether a corpus.db can be read; one of an earlier release is brought up to date.

    Raises:
        NoCorpus, NotACorpus, OtherVersion, sqlite3.OperationalError: see `open_corpus`.
        EmptyCorpus: it holds no article.
    """
    connection = open_corpus(corpus, read_only=True)
    try:
        if connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is None:
            raise EmptyCorpus(
                f"{corpus}: no article in it yet; run 'tinso crawl' with this data directory first"
            )
    finally:
        connection.close()


def closed_site(corpus: Path, reason: Exception, *, robots: Policy = "none") -> Site:
    """Return a site that says on every page why there is nothing to read."""
    found = _site(corpus, robots, reason)
    found.add_memory_database(DATABASE)  # the addresses in the page's frame name it
    return found


def _site(corpus: Path, robots: Policy, closed: Exception | None) -> Site:
    configured = configuration()
    found = Site(
        [] if closed else [str(corpus)],
        config=configured,
        metadata=configured,  # without it Datasette 1.0 ignores titles and descriptions
        template_dir=str(ROOM / "templates"),
        plugins_dir=str(ROOM / "plugins"),
        static_mounts=[("assets", str(ROOM / "static"))],
    )
    found.corpus, found.robots, found.closed, found.opened = corpus, robots, closed, _identity(corpus)
    return found


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino

"""Two servers over the same articles: our site, and stock Datasette with a plain full-text index."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.site_queries import SiteQuery

_PATIENCE = 120.0  # seconds until a server must have answered once
_COLUMNS = "id, portal, province, year, is_party, article_section, headline, description, date_published"
_FACETS = ("province", "year", "portal", "is_party")
# What stock Datasette has a column for; the other conditions are left out, which only makes it easier for it.
_COLUMN_OF = {"tinh": "province", "nam": "year", "dang": "is_party"}


class Server(NamedTuple):
    """A server that runs: its port, and its process."""

    port: int
    process: int

    def worked(self) -> float:
        """Return the seconds that its threads, and those of its workers, have had of the processor."""
        tasks = [
            task for process in _family(self.process) for task in Path(f"/proc/{process}/task").iterdir()
        ]
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def _family(process: int) -> Iterator[int]:
    """Yield a process and all that it started."""
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


@contextmanager
def serving(command: Sequence[str]) -> Iterator[Server]:
    """Run a server, given how it is started but for `--port`; yield it once it answers."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", *command, "--port", str(port)], stdout=subprocess.DEVNULL
    )
    try:
        _wait(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def ours(directory: Path) -> list[str]:
    """Return how our site over a directory's corpus is started."""
    return ["web", "--data", str(directory)]


def stock(directory: Path) -> list[str]:
    """Return how stock Datasette over the same articles is started; its file is made where it is absent."""
    path = directory / "stock.db"
    if not path.exists():
        _make_stock(directory / "corpus.db", path)
    return ["datasette", "serve", str(path)]


def our_address(query: SiteQuery) -> str:
    """Return the address of a question on our site."""
    return "/tim?" + urlencode({"q": query.typed, **query.filters})


def stock_address(query: SiteQuery) -> str:
    """Return the address of a question on stock Datasette, with four facets."""
    pairs = [("_search", query.typed)] if query.typed else []
    pairs += [(_COLUMN_OF[name], value) for name, value in query.filters.items() if name in _COLUMN_OF]
    return "/stock/articles?" + urlencode([*pairs, *(("_facet", name) for name in _FACETS)])


def _make_stock(corpus: Path, path: Path) -> None:
    """Write the articles as one table, with the full-text index that `sqlite-utils enable-fts` would make."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("ATTACH ? AS corpus", (str(corpus),))
        with connection:
            connection.execute(
                "CREATE TABLE articles (id INTEGER PRIMARY KEY, portal, province, year INTEGER, "
                "is_party INTEGER, article_section, headline, description, date_published, article_body)"
            )
            connection.execute(
                f"INSERT INTO articles SELECT {_COLUMNS}, article_body FROM corpus.articles "
                "JOIN corpus.article_text USING (id) ORDER BY id"
            )
            for column in _FACETS:
                connection.execute(f"CREATE INDEX articles_{column} ON articles({column})")
            connection.execute(
                "CREATE VIRTUAL TABLE articles_fts USING fts5(headline, description, article_body, "
                "content=articles, content_rowid=id)"
            )
            connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")


def _free_port() -> int:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)) as connection:
            try:
                connection.request("GET", "/-/versions.json")
                connection.getresponse().read()
            except ConnectionError:
                time.sleep(0.2)
                continue
            return
    raise RuntimeError("the server did not start")

"""How fast the site answers over HTTP, beside stock Datasette over the same articles.

python -m benchmarks.site DIR                  figures of the corpus that benchmarks.make_corpus made in DIR
python -m benchmarks.site DIR --queries        every question, besides

Each of the 200 questions of `labels/site_queries.jsonl` is asked twice of each server, in turn, by one client
that keeps its connection; the tables are of the second time, the first has the files to read. Articles, the
home page, pages of names and of portals are asked once. Then 50 readers read at once for a minute, while
articles are written to the corpus (in which they stay). "Work" is the processor's time that the server took
for an answer, which a busy machine does not change much.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import quote

import click

from benchmarks.site_load import Load, load
from benchmarks.site_queries import site_queries
from benchmarks.site_servers import Server, our_address, ours, serving, stock, stock_address
from benchmarks.tables import markdown

_ARTICLES, _NAMES, _PORTALS, _HOMES = 100, 20, 20, 20
_PATIENCE = 120  # seconds


class Timed(NamedTuple):
    """An answer: to what, its status, the milliseconds until it was there, the server's work (ms)."""

    sort: str
    address: str
    status: int
    ms: float
    work: float


class Client:
    """One client that keeps its connection."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)

    def ask(self, sort: str, address: str) -> Timed:
        """Return the answer to GET, timed."""
        worked, started = self._server.worked(), time.perf_counter()
        self._connection.request("GET", address)
        response = self._connection.getresponse()
        response.read()
        ms = 1000 * (time.perf_counter() - started)
        return Timed(sort, address, response.status, ms, 1000 * (self._server.worked() - worked))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` (0 to 1) of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def pages(corpus: Path) -> list[tuple[str, str]]:
    """Return pages besides the search's: sort and address; names are the commonest and some at random."""
    chance = random.Random(3)
    with closing(sqlite3.connect(f"file:{corpus}?mode=ro", uri=True)) as connection:
        first, last = connection.execute("SELECT min(id), max(id) FROM articles").fetchone()
        found = [("home", "/")] * _HOMES
        for _ in range(_ARTICLES):
            wanted = chance.randint(first, last)
            (key,) = connection.execute("SELECT id FROM articles WHERE id >= ? LIMIT 1", (wanted,)).fetchone()
            found.append(("article", f"/corpus/articles/{key}"))
        for sort, path, table, column in (
            ("person", "/nguoi?ten=", "people", "name"),
            ("document", "/van-ban?so=", "documents", "number"),
            ("organisation", "/co-quan?ten=", "organisations", "name"),
        ):
            rows = connection.execute(
                f"SELECT {column}, count(*) FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1"
            ).fetchall()
            names = [name for name, _ in [*rows[: _NAMES // 2], *chance.sample(rows, _NAMES // 2)]]
            found += [(sort, path + quote(name)) for name in names]
        portals = [name for (name,) in connection.execute("SELECT name FROM portals ORDER BY name")]
        found += [("portal", f"/tim?cong={name}") for name in chance.sample(portals, _PORTALS)]
        found += [("portals", "/corpus/portals")] * 5
    return found


def _row(answers: Sequence[Timed]) -> list[str]:
    ms, work = [answer.ms for answer in answers], [answer.work for answer in answers]
    figures = (median(ms), percentile(ms, 0.95), max(ms), median(work), percentile(work, 0.95))
    return [*(f"{figure:.0f}" for figure in figures), str(sum(answer.status != 200 for answer in answers))]


def _table(title: str, sorts: Sequence[str], answers: Sequence[Timed]) -> str:
    rows = []
    for name in sorts:
        chosen = [answer for answer in answers if name in {answer.sort, "all"}]
        rows.append([name, str(len(chosen)), *_row(chosen)])
    return markdown([title, "times", "p50 ms", "p95", "max", "work p50 ms", "p95", "not 200"], rows)


def _sorts(answers: Iterable[Timed]) -> list[str]:
    return list(dict.fromkeys(answer.sort for answer in answers))


def _first(ours: Sequence[Timed], theirs: Sequence[Timed]) -> str:
    told = []
    for name, answers in (("ours", ours), ("stock", theirs)):
        if answers:
            ms = [answer.ms for answer in answers]
            told.append(f"{name} p50 {median(ms):.0f} ms, p95 {percentile(ms, 0.95):.0f}, max {max(ms):.0f}")
    return "; ".join(told)


def _told(title: str, read: Load) -> str:
    ms = read.ms
    return (
        f"{title}: {len(ms)} pages in {read.seconds:.0f} s, p50 {median(ms):.0f} ms, "
        f"p95 {percentile(ms, 0.95):.0f} ms, max {max(ms):.0f} ms, {read.failed} failed; "
        f"{read.written} articles written meanwhile."
    )


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--queries", is_flag=True, help="Print every question.")
@click.option(
    "--stock/--no-stock", "beside", default=True, show_default=True, help="Time stock Datasette beside."
)
@click.option("--seconds", default=60, show_default=True, help="How long the readers read; 0: not at all.")
def main(directory: Path, queries: bool, beside: bool, seconds: int) -> None:
    """Print the figures as Markdown."""
    asked, others = site_queries(), pages(directory / "corpus.db")
    with ExitStack() as servers:
        server = servers.enter_context(serving(ours(directory)))
        our = Client(server)
        other = Client(servers.enter_context(serving(stock(directory)))) if beside else None
        for title in ("The first time", None):
            found, theirs = [], []
            for query in asked:
                found.append(our.ask(query.sort, our_address(query)))
                if other:
                    theirs.append(other.ask(query.sort, stock_address(query)))
            if title:
                click.echo(f"{title}: {_first(found, theirs)}.\n")
        shown = [our.ask(*page) for page in others]
        sorts = [*_sorts(found), "all"]
        click.echo(_table("ours", sorts, found))
        if theirs:
            click.echo("\n" + _table("stock", sorts, theirs))
        click.echo("\n" + _table("our page", _sorts(shown), shown))
        if queries:
            rows = [[one.sort, one.address, f"{one.ms:.0f}", f"{one.work:.0f}"] for one in (*found, *theirs)]
            click.echo("\n" + markdown(["sort", "address", "ms", "work"], rows))
        if seconds:
            addresses = [*map(our_address, asked), *(address for _, address in others)]
            for title, pause in (
                ("50 readers, a page every 3 s each", 3.0),
                ("50 readers without pause", 0.0),
            ):
                read = load(directory, server.port, addresses, seconds=seconds, pause=pause)
                click.echo("\n" + _told(title, read))


if __name__ == "__main__":
    main()

"""How fast the site answers over HTTP, beside stock Datasette over the same articles.

python -m benchmarks.site DIR                  figures of the corpus that benchmarks.make_corpus made in DIR
python -m benchmarks.site DIR --queries        every question, besides

Each of the 200 questions of `labels/site_queries.jsonl` is asked once of each server, in turn, by one client
that keeps its connection; so are articles, the home page, pages of names and of portals. Then 50 readers read
at once for a minute, while articles are written to the corpus (in which they stay).
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
from benchmarks.site_queries import SiteQuery, site_queries
from benchmarks.site_servers import our_address, ours, serving, stock, stock_address
from benchmarks.tables import markdown

_ARTICLES, _NAMES, _PORTALS, _HOMES = 100, 20, 20, 20
_PATIENCE = 120  # seconds


class Timed(NamedTuple):
    """An answer: to what, its status, and the milliseconds until it was wholly there."""

    sort: str
    address: str
    status: int
    ms: float


class Client:
    """One client that keeps its connection."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)

    def ask(self, sort: str, address: str) -> Timed:
        """Return the answer to GET, timed."""
        started = time.perf_counter()
        self._connection.request("GET", address)
        response = self._connection.getresponse()
        response.read()
        return Timed(sort, address, response.status, 1000 * (time.perf_counter() - started))


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


def _searches(
    queries: Iterable[SiteQuery], our: Client, other: Client | None
) -> list[tuple[Timed, Timed | None]]:
    return [
        (
            our.ask(query.sort, our_address(query)),
            other.ask(query.sort, stock_address(query)) if other else None,
        )
        for query in queries
    ]


def _row(name: str, answers: Sequence[Timed]) -> list[str]:
    ms = [answer.ms for answer in answers]
    failed = sum(answer.status != 200 for answer in answers)
    return [
        name,
        str(len(ms)),
        *(f"{value:.0f}" for value in (median(ms), percentile(ms, 0.95), max(ms))),
        str(failed),
    ]


def _table(timed: Sequence[Timed]) -> str:
    sorts = list(dict.fromkeys(answer.sort for answer in timed))
    rows = [_row(sort, [answer for answer in timed if answer.sort == sort]) for sort in sorts]
    return markdown(["asked", "times", "p50 ms", "p95 ms", "max ms", "not 200"], rows)


def _beside(pairs: Sequence[tuple[Timed, Timed | None]]) -> str:
    sorts = list(dict.fromkeys(one.sort for one, _ in pairs))
    rows = []
    for name in (*sorts, "all"):
        chosen = [pair for pair in pairs if name in {pair[0].sort, "all"}]
        row = _row(name, [one for one, _ in chosen])
        others = [other for _, other in chosen if other]
        rows.append([*row, *(_row(name, others)[2:] if others else ["–"] * 4)])
    names = ["p50 ms", "p95 ms", "max ms", "not 200"]
    return markdown(["searched", "times", *names, *(f"stock {name}" for name in names)], rows)


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
    others = pages(directory / "corpus.db")
    with ExitStack() as servers:
        port = servers.enter_context(serving(ours(directory)))
        other = Client(servers.enter_context(serving(stock(directory)))) if beside else None
        our = Client(port)
        pairs = _searches(site_queries(), our, other)
        click.echo(_beside(pairs))
        click.echo("\n" + _table([our.ask(*page) for page in others]))
        if queries:
            rows = [
                [one.sort, one.address, f"{one.ms:.0f}", f"{two.ms:.0f}" if two else "–"]
                for one, two in pairs
            ]
            click.echo("\n" + markdown(["sort", "address", "ms", "stock ms"], rows))
        if seconds:
            addresses = [our_address(query) for query in site_queries()]
            addresses += [address for _, address in others]
            for title, pause in (
                ("50 readers, a page every 3 s each", 3.0),
                ("50 readers without pause", 0.0),
            ):
                read = load(directory, port, addresses, seconds=seconds, pause=pause)
                click.echo("\n" + _told(title, read))


if __name__ == "__main__":
    main()

"""Pages of what articles name: a person, a body, a document."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from datasette import NotFound, Request, Response

from pipelines.selection import NORMAL
from web.monthly import course
from web.reading import Result, results
from web.search_page import ARGUMENT_OF
from web.site import DATABASE, Site

LATEST = 20  # articles that a page lists; the search has all
_MOST = 12  # companions of each sort
ACCOMPANIED = (
    2000  # articles, the newest, whose other names are counted: a frequent name has tens of thousands
)


class Kind(NamedTuple):
    """A sort of things named: its page's path and argument, its table and the column of its name."""

    path: str
    argument: str
    table: str
    column: str


KINDS = {
    "person": Kind("/nguoi", "ten", "people", "name"),
    "organisation": Kind("/co-quan", "ten", "organisations", "name"),
    "document": Kind("/van-ban", "so", "documents", "number"),
}


class Statement(NamedTuple):
    """What articles say of it in the same words, when first and last, and how many of them.

    Of a person `first` is the office and `second` its body; of a document type, issuer and `day` its date;
    of a body `first` is its kind.
    """

    first: str | None
    second: str | None
    day: str | None
    since: str | None
    until: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Named:
    """A page: the name, what is said of it, who is named with it, its years, its newest articles."""

    kind: str
    name: str
    articles: int
    statements: list[Statement]
    companions: dict[str, list[tuple[str, int]]]
    years: list[tuple[int, int]]
    latest: list[Result]

    @property
    def busiest_year(self) -> int:
        """Articles of the year that has most."""
        return max((articles for _, articles in self.years), default=1)


_SAID = {
    "person": "n.office, n.body, NULL",
    "organisation": "n.kind, NULL, NULL",
    "document": "n.type, n.issuer, n.date",
}


def named(connection: sqlite3.Connection, kind: str, name: str) -> Named | None:
    """Return the page of a name, None where no article has it."""
    table, column = KINDS[kind].table, KINDS[kind].column
    held = f"SELECT DISTINCT article FROM {table} WHERE {column} = :name"
    (articles,) = connection.execute(f"SELECT count(*) FROM ({held})", {"name": name}).fetchone()
    if not articles:
        return None
    statements = connection.execute(
        f"SELECT {_SAID[kind]}, min(a.date_published), max(a.date_published), count(DISTINCT a.id) "
        f"FROM {table} n JOIN articles a ON a.id = n.article WHERE n.{column} = :name "
        "GROUP BY 1, 2, 3 ORDER BY 1 IS NULL, 6 DESC, 5 DESC LIMIT 40",
        {"name": name},
    )
    by_year = dict(
        connection.execute(
            f"SELECT year, count(*) FROM articles WHERE id IN ({held}) AND year IS NOT NULL GROUP BY 1 "
            "ORDER BY 1",
            {"name": name},
        ).fetchall()
    )
    lately = f"{held} ORDER BY article DESC LIMIT {ACCOMPANIED}"
    newest = connection.execute(f"{held} ORDER BY article DESC LIMIT {LATEST}", {"name": name})
    return Named(
        kind=kind,
        name=name,
        articles=articles,
        statements=[Statement(*row) for row in statements],
        companions={
            other: connection.execute(
                f"SELECT {about.column}, count(DISTINCT article) FROM {about.table} "
                f"WHERE article IN ({lately}) AND {about.column} <> :name GROUP BY 1 "
                f"ORDER BY 2 DESC, 1 LIMIT {_MOST}",
                {"name": name},
            ).fetchall()
            for other, about in KINDS.items()
        },
        years=[(int(year), by_year.get(int(year), 0)) for year in course([*map(str, by_year)])],
        latest=results(connection, [key for (key,) in newest], f'"{name}"'),
    )


def address(kind: str, name: str) -> str:
    """Return the address of the page of a name."""
    return f"{KINDS[kind].path}?{KINDS[kind].argument}={quote(name)}"


def _found(connection: sqlite3.Connection, kind: str, asked: str) -> Named | None:
    shown = named(connection, kind, asked)
    return named(connection, kind, NORMAL[kind](asked)) if not shown and kind in NORMAL else shown


async def answer(datasette: Site, request: Request) -> Response:
    """Answer with the page of a person, a body or a document."""
    kind = next(kind for kind, about in KINDS.items() if about.path == request.path)
    name = " ".join((request.args.get(KINDS[kind].argument) or "").split())
    shown = await datasette.get_database(DATABASE).execute_fn(lambda c: _found(c, kind, name))
    if not shown:
        raise NotFound(f"no article names {name!r}")
    names = {"shown": shown, "facet": ARGUMENT_OF[kind], "accompanied": ACCOMPANIED}
    return Response.html(await datasette.render_template("named.html", names, request=request))

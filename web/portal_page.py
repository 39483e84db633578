"""A page for every portal: whose it is, how it does, what the last runs got of it, and when it published."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import quote, unquote

from datasette import NotFound, Request, Response

from pipelines.provinces import Kind, kinds
from pipelines.text import fold
from web.health import MEANINGS, STATES, Row, rows
from web.kept import kept
from web.monthly import Year, by_year
from web.places import place
from web.reading import Portal, Result, portals, results
from web.site import DATABASE, Site

PATH = "/cong"
LATEST = 12  # articles that a page lists; the search has all
_RUNS = 6  # the last ones
_MOST_OUTCOMES = 42  # of a run: each is of a list or of an article
_ASKED = 500  # of the newest articles are asked which fields they have


class Run(NamedTuple):
    """A run: when it began (ISO 8601), what answered, and how many lists' and articles' URLs ended how."""

    started: str
    source: str
    lists: list[tuple[str, int]]
    articles: list[tuple[str, int]]


class Coverage(NamedTuple):
    """Of how many of a portal's newest articles we have what."""

    articles: int
    dates: int
    leads: int
    authors: int
    images: int


@dataclass(frozen=True, slots=True)
class Page:
    """A portal's page. `ended` is its body's kind where that kind is no more, `became` what took over."""

    portal: Portal
    health: Row | None
    ended: Kind | None
    became: Kind | None
    runs: list[Run]
    years: list[Year]
    undated: int
    coverage: Coverage
    latest: list[Result]
    neighbours: list[Portal]
    predecessors: list[Portal]  # whose place it has taken


def address(name: str) -> str:
    """Return the address of a portal's page."""
    return f"{PATH}/{quote(name, safe='')}"


@kept
def page(connection: sqlite3.Connection, name: str) -> Page | None:
    """Return the page of a portal, None where the corpus knows none of that name."""
    everyone = portals(connection)
    portal = next((each for each in everyone if each.name == name), None)
    if portal is None:
        return None
    months = dict(
        connection.execute(
            "SELECT substr(date_published, 1, 7), count(*) FROM articles WHERE portal = ? GROUP BY 1", (name,)
        ).fetchall()
    )
    undated = months.pop(None, 0)
    newest = [
        key
        for (key,) in connection.execute(
            "SELECT id FROM articles WHERE portal = ? ORDER BY id DESC LIMIT ?", (name, _ASKED)
        )
    ]
    ended = _ended(portal.body)
    return Page(
        portal=portal,
        health=next((row for row in rows(connection) if row.portal.name == name), None),
        ended=ended,
        became=kinds()[ended.became] if ended and ended.became else None,
        runs=_runs(connection, name),
        years=by_year(months),
        undated=undated,
        coverage=_coverage(connection, newest),
        latest=results(connection, newest[:LATEST], "", length=180),
        neighbours=[
            each
            for each in everyone
            if each.name != name
            and portal.successor_province is not None
            and each.successor_province == portal.successor_province
        ],
        predecessors=[each for each in everyone if each.successor_portal == name],
    )


async def answer(datasette: Site, request: Request) -> Response:
    """Answer with the page of a portal."""
    name = unquote(request.url_vars["name"])
    shown = await datasette.get_database(DATABASE).execute_fn(lambda connection: page(connection, name))
    if not shown:
        raise NotFound(f"no portal {name!r}")
    names = {"shown": shown, "place": place, "HEALTH_STATES": STATES, "MEANINGS": MEANINGS}
    return Response.html(await datasette.render_template("portal.html", names, request=request))


async def everyone(datasette: Site, request: Request) -> Response:
    """Lead from the address above all portals' pages to their list."""
    return Response.redirect(datasette.urls.table(DATABASE, "portals"))


def _ended(body: str | None) -> Kind | None:
    """Return the kind of a body whose name begins with it, if that kind of body is no more."""
    return next(
        (kind for kind in kinds().values() if kind.ended and fold(body or "").startswith(fold(kind.label))),
        None,
    )


def _runs(connection: sqlite3.Connection, portal: str) -> list[Run]:
    found = connection.execute(
        "SELECT r.run, r.started, r.source, o.kind, o.outcome, o.urls FROM runs r "
        "CROSS JOIN outcomes o ON o.run = r.run AND o.portal = ? "
        "ORDER BY r.run DESC, o.urls DESC LIMIT ?",
        (portal, _RUNS * _MOST_OUTCOMES),
    )
    runs = []
    for (_, started, source), group in islice(groupby(found, key=itemgetter(0, 1, 2)), _RUNS):
        of: dict[str, list[tuple[str, int]]] = {"list": [], "article": []}
        for *_, kind, outcome, urls in group:
            of.setdefault(kind, []).append((outcome, urls))
        runs.append(Run(started, source, of["list"], of["article"]))
    return runs


def _coverage(connection: sqlite3.Connection, ids: list[int]) -> Coverage:
    found = connection.execute(
        "SELECT count(*), count(date_published), count(description), count(author), "
        "count((SELECT 1 FROM images WHERE article = a.id LIMIT 1)) "
        "FROM json_each(?) wanted CROSS JOIN articles a ON a.id = wanted.value",
        (json.dumps(ids),),
    )
    return Coverage(*found.fetchone())

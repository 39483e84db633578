"""The provinces: all on a map and in a table, and a page for each, of today and of before the merger."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from datasette import NotFound, Request, Response

from pipelines.facets import Value, facets
from pipelines.provinces import provinces, renamed, slug, successors
from web.health import STATES, Row
from web.health import rows as health_rows
from web.kept import kept
from web.monthly import course
from web.reading import Portal, Result, portals, results
from web.search_page import PATH as SEARCH
from web.site import DATABASE, Site
from web.tiles import level, spots

PATH = "/tinh"
LATEST = 12  # articles that a page lists; the search has all
COUNTED = 2000  # of a province's newest articles are looked at for what they are about
_MOST = 10  # values of a sort
_SORTS = ("activity", "person", "organisation", "document")

Column = Literal["province", "successor_province"]


@dataclass(frozen=True, slots=True)
class Place:
    """A province: its name, and whether it is meant as it was before the merger of 1 July 2025."""

    name: str
    is_former: bool

    @property
    def column(self) -> Column:
        """The column of the articles that names it."""
        return "province" if self.is_former else "successor_province"

    @property
    def address(self) -> str:
        """The address of its page. A name of both times is one of today where nothing else is said."""
        return f"{PATH}/{slug(self.name)}" + (
            "?theo=cu" if self.is_former and self.name in provinces() else ""
        )

    @property
    def became(self) -> Place | None:
        """What a province of before belongs to now."""
        return Place(successors()[self.name], False) if self.is_former else None

    @property
    def was(self) -> tuple[Place, ...]:
        """What a province of today was made of; nothing where it only goes on as it was."""
        formed_from = () if self.is_former else provinces()[self.name].formed_from
        return tuple(Place(name, True) for name in formed_from if formed_from != (self.name,))

    @property
    def until(self) -> str | None:
        """The day (ISO) from which a province of before was no more."""
        return renamed(self.name) if self.is_former else None

    def search(self, suffix: str = "", /, **conditions: object) -> str:
        """Return the address of the search among its articles; `suffix` (".atom") asks for them as data."""
        argument = "tinh-khi-dang" if self.is_former else "tinh"
        return f"{SEARCH}{suffix}?{urlencode({argument: self.name, **conditions})}"

    def holds(self, portal: Portal) -> bool:
        """Return whether a portal published, or publishes, in it."""
        return self.name == (portal.province if self.is_former else portal.successor_province)


def place(name: str | None, *, former: bool = False) -> Place | None:
    """Return the province of a name; None where it is no province's.

    A name of both times is the province of today, unless the `former` one is asked for.
    """
    if name in provinces() and not (
        former and name in successors() and provinces()[name].formed_from != (name,)
    ):
        return Place(name, False)
    return Place(name, True) if name in successors() else None


def of_slug(typed: str, *, former: bool = False) -> Place | None:
    """Return the province whose page has `typed` in its address, None where none has."""
    return next(
        (place(name, former=former) for name in (*provinces(), *successors()) if slug(name) == typed), None
    )


class Line(NamedTuple):
    """A province as the list and the map show it; `newest` is a day, None without dated articles."""

    place: Place
    articles: int
    portals: int
    newest: str | None
    row: int
    column: int
    level: int


@kept
def lines(connection: sqlite3.Connection, *, former: bool) -> list[Line]:
    """Return all provinces of today or of before, in the order of the map."""
    column: Column = "province" if former else "successor_province"
    # The key follows the date: the newest dated article is one of the last, and an index leads there.
    counted = {
        name: (articles, newest)
        for name, articles, newest in connection.execute(
            "SELECT c.name, c.articles, (SELECT substr(date_published, 1, 10) FROM articles "
            f"WHERE {column} = c.name AND date_published IS NOT NULL ORDER BY id DESC LIMIT 1) "
            f"FROM (SELECT {column} AS name, count(*) AS articles FROM articles "
            f"WHERE {column} IS NOT NULL GROUP BY 1) c"
        )
    }
    portals_of = Counter(
        portal.province if former else portal.successor_province for portal in portals(connection)
    )
    laid = spots(former=former)
    most = max((counted.get(spot.name, (0, None))[0] for spot in laid), default=0)
    return [
        Line(
            Place(spot.name, former),
            articles := counted.get(spot.name, (0, None))[0],
            portals_of[spot.name],
            counted.get(spot.name, (0, None))[1],
            spot.row,
            spot.column,
            level(articles, most),
        )
        for spot in laid
    ]


@dataclass(frozen=True, slots=True)
class Page:
    """A province's page: its portals with their health, its years, what its newest articles are about.

    `about` are values of facets, counted in the `counted` newest articles.
    """

    place: Place
    articles: int
    portals: list[tuple[Portal, Row | None]]
    years: list[tuple[int, int]]
    about: dict[str, list[Value]]
    counted: int
    latest: list[Result]

    @property
    def busiest_year(self) -> int:
        """Articles of the year that has most."""
        return max((articles for _, articles in self.years), default=1)


@kept
def page(connection: sqlite3.Connection, shown: Place) -> Page:
    """Return the page of a province; one without articles has little on it."""
    held = f"FROM articles WHERE {shown.column} = ?"
    by_year = dict(
        connection.execute(
            f"SELECT year, count(*) {held} AND year IS NOT NULL GROUP BY 1 ORDER BY 1", (shown.name,)
        ).fetchall()
    )
    (articles,) = connection.execute(f"SELECT count(*) {held}", (shown.name,)).fetchone()
    newest = [
        key
        for (key,) in connection.execute(f"SELECT id {held} ORDER BY id DESC LIMIT ?", (shown.name, COUNTED))
    ]
    counted = facets(connection, newest)
    health = {row.portal.name: row for row in health_rows(connection)}
    return Page(
        place=shown,
        articles=articles,
        portals=[(each, health.get(each.name)) for each in portals(connection) if shown.holds(each)],
        years=[(int(year), by_year.get(int(year), 0)) for year in course([*map(str, by_year)])],
        about={sort: counted[sort][:_MOST] for sort in _SORTS},
        counted=len(newest),
        latest=results(connection, newest[:LATEST], "", length=180),
    )


async def listed(datasette: Site, request: Request) -> Response:
    """Answer with the map and the list of all provinces."""
    former = request.args.get("theo") == "cu"
    shown = await datasette.get_database(DATABASE).execute_fn(lambda c: lines(c, former=former))
    names = {"lines": shown, "former": former, "path": PATH}
    return Response.html(await datasette.render_template("provinces.html", names, request=request))


async def answer(datasette: Site, request: Request) -> Response:
    """Answer with the page of a province."""
    asked = of_slug(request.url_vars["name"], former=request.args.get("theo") == "cu")
    if asked is None:
        raise NotFound(f"no province {request.url_vars['name']!r}")
    shown = await datasette.get_database(DATABASE).execute_fn(lambda c: page(c, asked))
    names = {"shown": shown, "place": asked, "HEALTH_STATES": STATES}
    return Response.html(await datasette.render_template("province.html", names, request=request))

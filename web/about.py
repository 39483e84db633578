"""The page about the data: how the corpus is made, what is in it, what is missing, how well it is read."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from datasette import Request, Response

from pipelines.provinces import provinces
from web.health import MACHINE, rows
from web.kept import kept
from web.places import Place
from web.reading import portals
from web.site import DATABASE, Site

PATH = "/du-lieu"


class Measured(NamedTuple):
    """Figures of accuracy as `document` prints them, under a key of the template's words, and their command.

    `line` is how the line of the table begins on which it stands.
    """

    what: str
    figures: tuple[str, ...]
    document: str
    line: str
    command: str


ACCURACY = (
    Measured("headline", ("1.000",), "docs/extraction.md", "| tinso |", "python -m benchmarks.extraction"),
    Measured("text", (".997",), "docs/extraction.md", "| tinso |", "python -m benchmarks.extraction"),
    Measured("author", (".983",), "docs/extraction.md", "| tinso |", "python -m benchmarks.extraction"),
    Measured(
        "party", ("0.975", "0.991"), "docs/classification.md", "| held_out |", "python -m benchmarks.classify"
    ),
    Measured(
        "people",
        ("0.981", "0.994"),
        "docs/entities.md",
        "| held_out, 90 articles: people |",
        "python -m benchmarks.entities",
    ),
    Measured(
        "organisations",
        ("0.953", "0.961"),
        "docs/entities.md",
        "| held_out, 90 articles: organisations |",
        "python -m benchmarks.entities",
    ),
    Measured(
        "printings",
        ("0.998", "0.985"),
        "docs/duplicates.md",
        "| held_out, links |",
        "python -m benchmarks.duplicates",
    ),
)


@dataclass(frozen=True, slots=True)
class About:
    """The corpus in numbers. `flags` are quality flags with their articles; `without` a portal are provinces.

    Moments are ISO 8601; None in a corpus without dated articles, or that no run has made.
    """

    articles: int
    first: str | None
    last: str | None
    as_of: str | None
    undated: int
    party: int
    copies: int
    portals: int
    states: dict[str, int]
    red: int
    silent: int  # portals without an article
    without: list[Place]
    flags: list[tuple[str, int]]


@kept
def about(connection: sqlite3.Connection) -> About:
    """Return what the page shows; every number is counted in the corpus as it is."""
    everyone = portals(connection)
    first, last, undated, party, copies, as_of = connection.execute(
        "SELECT (SELECT min(date_published) FROM articles), (SELECT max(date_published) FROM articles), "
        "(SELECT count(*) FROM articles WHERE date_published IS NULL), "
        "(SELECT count(*) FROM articles WHERE is_party = 1), "
        "(SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL), "
        "(SELECT max(coalesce(finished, started)) FROM runs)"
    ).fetchone()
    present = {portal.successor_province for portal in everyone}
    return About(
        articles=sum(portal.articles for portal in everyone),
        first=first,
        last=last,
        as_of=as_of,
        undated=undated,
        party=party,
        copies=copies,
        portals=len(everyone),
        states=dict(Counter(portal.state or "" for portal in everyone).most_common()),
        red=sum(row.is_red for row in rows(connection) if row.portal.name != MACHINE),
        silent=sum(not portal.articles for portal in everyone),
        without=[Place(name, False) for name in provinces() if name not in present],
        flags=_flags(connection),
    )


def _flags(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for flags, articles in connection.execute(
        "SELECT quality_flags, count(*) FROM articles WHERE quality_flags <> '[]' GROUP BY 1"
    ):
        counted.update(dict.fromkeys(json.loads(flags), articles))
    return counted.most_common()


async def answer(datasette: Site, request: Request) -> Response:
    """Answer with the page."""
    shown = await datasette.get_database(DATABASE).execute_fn(about)
    metadata = await datasette.get_instance_metadata()
    names = {
        "shown": shown,
        "metadata": metadata,
        "ACCURACY": ACCURACY,
        "contact": os.environ.get("TINSO_CONTACT", "").strip(),
    }
    return Response.html(await datasette.render_template("about.html", names, request=request))

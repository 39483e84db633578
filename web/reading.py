"""What the pages show, read from the corpus in a few statements each."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from pipelines.article import Article
from pipelines.load import load
from pipelines.snippet import Piece, begins_with, highlight, snippet, whole_text
from pipelines.text import fold
from web.changes import Line, changes
from web.kept import kept
from web.pictures import captioned
from web.safety import inert, text_of

LATEST = 8  # articles on the home page
_BREAK = re.compile(r"<(?:p|div|br|li|tr|h[2-6]|figcaption)\b")
_TEXT = 40_000  # characters of an article that a snippet is looked for in


class Portal(NamedTuple):
    """A portal with how much of it the corpus holds; `newest` is its last date, ISO 8601, if it has any."""

    name: str
    province: str | None = None
    successor_province: str | None = None
    body: str | None = None
    home: str | None = None
    platform: str | None = None
    state: str | None = None
    successor_portal: str | None = None
    articles: int = 0
    newest: str | None = None

    @property
    def title(self) -> str:
        """What a reader knows it by: "Sở Nội vụ Thuận Hải", else its name."""
        if self.body and self.province and fold(self.province) in fold(self.body):
            return self.body
        return " ".join(filter(None, (self.body, self.province))) or self.name


class Result(NamedTuple):
    """An article as lists show it: headline and snippet in original text, matched words marked.

    `activities` are the kinds of activity, a key of `pipelines.activities` each.
    """

    id: int
    headline: list[Piece]
    snippet: list[Piece]
    date_published: str | None
    event_date: str | None
    portal: str
    article_section: str | None
    activities: list[str]


@dataclass(frozen=True, slots=True)
class Home:
    """The home page: totals, the newest dated articles, the portals; `as_of` is when the last run ended."""

    articles: int
    first_year: int | None
    last_year: int | None
    as_of: str | None
    latest: list[Result]
    portals: list[Portal]


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of an article after its first reading; no lines where it was too long to compare."""

    number: int
    seen_at: str
    lines: list[Line]


class Printing(NamedTuple):
    """Another article of the same content: how it is linked (a kind of `links`), and how similar it is.

    `portal` is what a reader knows it by.
    """

    id: int
    headline: str
    portal: str
    date_published: str | None
    kind: str
    similarity: float | None


@dataclass(frozen=True, slots=True)
class Page:
    """An article with all that its page shows.

    `lead` is None where the text begins with it. `html` is inert; `paragraphs` serve where there is none.
    """

    article: Article
    portal: Portal | None
    lead: str | None
    html: Markup | None
    paragraphs: list[str]
    sightings: list[dict[str, Any]]
    revisions: list[Revision]
    printings: list[Printing]


@kept
def portals(connection: sqlite3.Connection) -> list[Portal]:
    """Return all portals, those with most articles first."""
    # The key follows the date: the newest dated article is one of the last, and an index leads there.
    rows = connection.execute(
        "SELECT p.name, p.province, p.successor_province, p.body, p.home, p.platform, p.state, "
        "p.successor_portal, coalesce(c.articles, 0), "
        "(SELECT date_published FROM articles WHERE portal = p.name AND date_published IS NOT NULL "
        "ORDER BY id DESC LIMIT 1) FROM portals p "
        "LEFT JOIN (SELECT portal, count(*) AS articles FROM articles GROUP BY portal) c "
        "ON c.portal = p.name ORDER BY 9 DESC, p.name"
    )
    return [Portal(*row) for row in rows]


def by_province(found: Iterable[Portal]) -> list[tuple[str, list[Portal]]]:
    """Return the portals under the name of their province, in the order of the Latin alphabet."""
    named = sorted(found, key=lambda portal: (fold(portal.province or ""), portal.body or portal.name))
    return [
        (province or "Nơi khác", list(group)) for province, group in groupby(named, key=lambda p: p.province)
    ]


def home(connection: sqlite3.Connection) -> Home:
    """Return what the home page shows."""
    found = portals(connection)
    first_year, last_year = connection.execute(
        "SELECT (SELECT min(year) FROM articles), (SELECT max(year) FROM articles)"
    ).fetchone()
    (as_of,) = connection.execute("SELECT max(coalesce(finished, started)) FROM runs").fetchone()
    # Undated articles stand where they were first seen: on a portal's first day all of them would be news.
    latest = connection.execute(
        "SELECT id FROM articles WHERE date_published IS NOT NULL ORDER BY id DESC LIMIT ?", (LATEST,)
    )
    return Home(
        articles=sum(portal.articles for portal in found),
        first_year=first_year,
        last_year=last_year,
        as_of=as_of,
        latest=results(connection, [row[0] for row in latest], "", length=150),
        portals=found,
    )


def results(
    connection: sqlite3.Connection, ids: Sequence[int], query: str, *, length: int = 240
) -> list[Result]:
    """Return the articles in the order of `ids`, with snippets of about `length` characters.

    A snippet is from where the query's words stand, without a query from the beginning.
    """
    rows = connection.execute(
        "SELECT a.id, headline, description, substr(article_body, 1, ?), date_published, "
        "event_date, portal, article_section, (SELECT json_group_array(kind) FROM activities "
        "WHERE article = a.id) FROM json_each(?) wanted JOIN articles a ON a.id = wanted.value "
        "LEFT JOIN article_text t ON t.id = a.id ORDER BY wanted.key",
        (_TEXT, json.dumps(list(ids))),
    )
    return [
        Result(
            key,
            highlight(headline, query),
            snippet(whole_text(lead, body), query, length=length),
            date_published,
            event_date,
            portal,
            section,
            json.loads(kinds),
        )
        for key, headline, lead, body, date_published, event_date, portal, section, kinds in rows
    ]


def page(connection: sqlite3.Connection, article_id: int) -> Page | None:
    """Return the article with all that its page shows, None where the corpus has no such article."""
    found = load(connection, [article_id])
    if not found:
        return None
    article = found[0]
    paragraphs = (article.article_body or "").split("\n") if article.article_body else []
    html = _structured(article.body_html, len(paragraphs))
    html = captioned(html, article.images) if html else None
    lead, text = article.description, text_of(html) if html else article.article_body or ""
    sightings = connection.execute(
        "SELECT url, source, section, first_seen, last_seen FROM sightings WHERE article = ? "
        "ORDER BY first_seen, url",
        (article_id,),
    )
    names = [column for column, *_ in sightings.description]
    revisions = connection.execute(
        "SELECT revision, seen_at, diff FROM revisions WHERE article = ? ORDER BY revision DESC",
        (article_id,),
    )
    known = {portal.name: portal for portal in portals(connection)}
    return Page(
        article=article,
        portal=known.get(article.portal or ""),
        lead=None if lead and begins_with(text, lead) else lead,
        html=html,
        paragraphs=paragraphs,
        sightings=[dict(zip(names, row, strict=True)) for row in sightings],
        revisions=[Revision(number, seen_at, changes(diff or "")) for number, seen_at, diff in revisions],
        printings=_printings(connection, article, known),
    )


def _printings(connection: sqlite3.Connection, article: Article, known: dict[str, Portal]) -> list[Printing]:
    """Return the articles that print the same, then the related ones; of each sort the earliest first."""
    rows = connection.execute(
        "SELECT a.id, a.headline, a.portal, a.date_published, coalesce(l.kind, 'cluster'), l.similarity "
        "FROM articles a LEFT JOIN links l ON l.article = :id AND l.other = a.id "
        "WHERE a.id <> :id AND a.id IN (SELECT id FROM articles WHERE cluster = :cluster "
        "UNION SELECT other FROM links WHERE article = :id) "
        "ORDER BY a.cluster IS NOT :cluster, a.id LIMIT 30",
        {"id": article.id, "cluster": article.cluster},
    )
    return [
        Printing(key, headline, known[portal].title if portal in known else portal, *others)
        for key, headline, portal, *others in rows
    ]


def _structured(body_html: str | None, paragraphs: int) -> Markup | None:
    """Return the body's HTML, inert; None where it lost the breaks between paragraphs that the text has."""
    if not body_html:
        return None
    html = inert(body_html)
    return html if len(_BREAK.findall(html)) >= paragraphs - 1 else None

"""The hooks by which Datasette becomes the site. What they do stands in `web` and `pipelines`."""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Request, Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError
from jinja2 import Environment

from pipelines.load import load
from pipelines.query import fts_expression
from web import archived, kinds, languages, named, reading, robots, search_routes, suggestions, words
from web.safety import followable, local
from web.serving import guarded
from web.site import DATABASE, Site

logger = logging.getLogger("tinso.web")


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Make every search of Datasette's (box, facets, exports) speak Vietnamese."""
    conn.create_function("escape_fts", 1, fts_expression, deterministic=True)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Give the templates our words, and their sentences in the reader's language."""
    env.add_extension("jinja2.ext.i18n")
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(languages.gettext, languages.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters |= {
        "date": words.date,
        "number": words.number,
        "date_source": words.date_source,
        "event_source": words.event_source,
        "period": words.period,
        "condition": words.condition,
        "followable": followable,
        "local": local,
        "by_province": reading.by_province,
    }
    env.globals |= {
        "COLUMNS": words.COLUMNS,
        "VALUES": words.VALUES,
        "STATES": words.STATES,
        "SIGHTINGS": words.SIGHTINGS,
        "FLAGS": words.FLAGS,
        "LINKS": words.LINKS,
        "LANGUAGES": languages.LANGUAGES,
        "language": languages.chosen,
        "toggled": kinds.toggled,
        "named_address": named.address,
    }


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., Awaitable[Any]]]:
    """Give the templates what they show; each reads the corpus only when a template asks."""
    corpus = datasette.get_database(DATABASE)

    async def home() -> reading.Home:
        return await corpus.execute_fn(reading.home)

    async def portals() -> dict[str, reading.Portal]:
        return {portal.name: portal for portal in await corpus.execute_fn(reading.portals)}

    async def results(ids: list[int], query: str) -> list[reading.Result]:
        return await corpus.execute_fn(lambda connection: reading.results(connection, ids, query))

    async def page(article_id: int) -> reading.Page | None:
        return await corpus.execute_fn(lambda connection: reading.page(connection, article_id))

    async def about(table: str) -> str | None:
        metadata: dict[str, str] = await datasette.get_resource_metadata(DATABASE, table)
        return metadata.get("description")

    return {"home": home, "portals": portals, "results": results, "page": page, "about": about}


@hookimpl
def register_facet_classes() -> list[type]:
    """Add the facet of kinds of activity."""
    return [kinds.ActivityFacet]


@hookimpl
def filters_from_request(request: Request, table: str) -> Any:
    """Narrow the articles to kinds of activity."""
    return kinds.narrowed(request, table)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """Add the search, and the Article record as JSON with the names that exports and `tinso extract` use."""
    return [
        (rf"^/{DATABASE}/articles/(?P<id>\d{{1,18}})/record\.json$", record),
        (rf"^/ngon-ngu/(?P<language>{'|'.join(languages.LANGUAGES)})$", languages.switch),
        (r"^/robots\.txt$", robots.answer),
        (r"^/ban-luu/(?P<id>\d{1,18})$", archived.archived),
        *((f"^{kind.path}$", named.answer) for kind in named.KINDS.values()),
        (f"^{re.escape(suggestions.ADDRESS)}$", suggestions.answer),
        *search_routes.ROUTES,
    ]


async def record(datasette: Datasette, request: Request) -> Response:
    """Return an article's record."""
    wanted = int(request.url_vars["id"])
    found = await datasette.get_database(DATABASE).execute_fn(lambda connection: load(connection, [wanted]))
    if not found:
        return Response.json({"ok": False, "error": f"no article {wanted}"}, status=404)
    return Response(
        json.dumps(found[0].record(), ensure_ascii=False), content_type="application/json; charset=utf-8"
    )


@hookimpl
def asgi_wrapper(datasette: Site) -> Callable[[Any], Any]:
    """Put the safety headers on every answer, and words in place of a corpus that was replaced."""
    return guarded(datasette)


@hookimpl
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Callable[[], Awaitable[Response]]:
    """Answer an error in words; what it was stands in the log alone."""

    async def answer() -> Response:
        status = _status(exception)
        if status >= 500:
            logger.error("%s: %s", request.path, exception, exc_info=exception)
        if request.path.endswith((".json", ".csv")):
            reason = str(exception.args[0]) if status < 500 and exception.args else "internal error"
            return Response.json({"ok": False, "error": reason, "status": status}, status=status)
        html = await datasette.render_template("error.html", {"status": status}, request=request)
        return Response.html(html, status=status)

    return answer


def _status(exception: Exception) -> int:
    if isinstance(exception, (Base400, DatasetteError)):
        return int(exception.status)
    # An unknown column or broken JSON came with the address; a locked or damaged file did not.
    if isinstance(exception, sqlite3.OperationalError) and exception.sqlite_errorcode == sqlite3.SQLITE_ERROR:
        return 400
    # Datasette asserts that it knows the ending of an address.
    if isinstance(exception, AssertionError) and str(exception).startswith("Invalid format"):
        return 404
    return 400 if isinstance(exception, json.JSONDecodeError) else 500

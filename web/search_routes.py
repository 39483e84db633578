"""The addresses of the search: the page, and the same as feeds and data."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from datasette import Request, Response
from datasette.app import Datasette
from datasette.utils.asgi import AsgiStream

from pipelines.export import TextFormat, written
from pipelines.feeds import Feed, atom, json_feed
from pipelines.load import load
from pipelines.selection import PAGE
from web import words
from web.search_page import ARGUMENT_OF, FETCHED, PATH, Question, Shown, answer, newest_of
from web.site import DATABASE, Site
from web.suggestions import did_you_mean

EXPORTED = 10_000  # articles that the site gives as data at a time; `tinso export` gives all
FED = 50  # articles of a feed, the newest

Handler = Callable[[Site, Request], Awaitable[Any]]


async def page(datasette: Site, request: Request) -> Response:
    """The search page."""
    shown = await _answer(datasette, request)
    typed = shown.question.selection.query if shown.question.page == 1 else None
    meant = typed and await _corpus(datasette).execute_fn(
        lambda connection: did_you_mean(connection, typed, is_found=bool(shown.results))
    )
    names = {
        "shown": shown,
        "meant": meant,
        "label": words.label,
        "FIELDS": words.COLUMNS,
        "argument_of": ARGUMENT_OF,
    }
    return Response.html(await datasette.render_template("search.html", names, request=request))


async def as_json(datasette: Site, request: Request) -> Response:
    """The page as JSON: the API."""
    shown = await _answer(datasette, request)
    question = shown.question
    return _json(
        {
            "ok": True,
            "count": shown.counted,
            "count_is_lower_bound": shown.is_more,
            "every_term_found": shown.is_whole,
            "looked_through_all": not shown.is_cut,
            "page": question.page,
            "next": _absolute(request, question.address(".json", trang=question.page + 1))
            if question.page < shown.pages
            else None,
            "articles": await _records(datasette, [result.id for result in shown.results]),
            "facets_of": shown.faceted,
            "facets": {
                name: [{"value": each.value, "articles": each.articles} for each in values]
                for name, values in shown.facets.items()
            },
        }
    )


async def as_atom(datasette: Site, request: Request) -> Response:
    """The newest articles found, as Atom."""
    return await _feed(datasette, request, ".atom", atom, "application/atom+xml; charset=utf-8")


async def as_json_feed(datasette: Site, request: Request) -> Response:
    """The newest articles found, as JSON Feed."""
    return await _feed(datasette, request, ".feed.json", json_feed, "application/feed+json; charset=utf-8")


async def as_csv(datasette: Site, request: Request) -> AsgiStream:
    """The newest articles found, as CSV."""
    return _stream(datasette, request, "csv", "text/csv; charset=utf-8")


async def as_ndjson(datasette: Site, request: Request) -> AsgiStream:
    """The newest articles found, an Article record a line."""
    return _stream(datasette, request, "ndjson", "application/x-ndjson; charset=utf-8")


ROUTES: list[tuple[str, Handler]] = [
    (rf"^{PATH}$", page),
    (rf"^{PATH}\.json$", as_json),
    (rf"^{PATH}\.atom$", as_atom),
    (rf"^{PATH}\.feed\.json$", as_json_feed),
    (rf"^{PATH}\.csv$", as_csv),
    (rf"^{PATH}\.ndjson$", as_ndjson),
]


def _question(request: Request) -> Question:
    return Question.of({name: request.args.get(name) for name in request.args})


async def _answer(datasette: Site, request: Request) -> Shown:
    question = _question(request)
    return await _corpus(datasette).execute_fn(lambda connection: answer(connection, question))


async def _feed(
    datasette: Site,
    request: Request,
    suffix: str,
    written: Callable[[Feed, Any], bytes],
    content_type: str,
) -> Response:
    question = _question(request)
    about = Feed(
        f"Tin Sở: {question.selection.query or 'bài mới'}",
        _absolute(request, question.address(suffix)),
        _absolute(request, question.address()),
    )
    ids = await _corpus(datasette).execute_fn(
        lambda connection: newest_of(connection, question, FED, FETCHED).keys
    )
    articles = await _corpus(datasette).execute_fn(lambda connection: load(connection, ids))
    return Response(written(about, articles).decode(), content_type=content_type)


async def _records(datasette: Site, ids: list[int]) -> list[dict[str, Any]]:
    articles = await _corpus(datasette).execute_fn(lambda connection: load(connection, ids))
    return [article.record() for article in articles]


def _stream(datasette: Site, request: Request, format: TextFormat, content_type: str) -> AsgiStream:
    corpus, question = _corpus(datasette), _question(request)

    async def write(writer: Any) -> None:
        found = await corpus.execute_fn(lambda c: newest_of(c, question, EXPORTED, FETCHED))
        ids = found.keys
        for start in range(0, max(1, len(ids)), PAGE):
            pages = [ids[start : start + PAGE]]
            pieces = await corpus.execute_fn(partial(_pieces, pages=pages, format=format))
            # Every page has the header's line; it is said once.
            await writer.write("".join(pieces[1:] if start and format == "csv" else pieces))

    headers = {"Content-Disposition": f'attachment; filename="tin-so.{format}"'}
    return AsgiStream(write, headers=headers, content_type=content_type)


def _pieces(connection: sqlite3.Connection, *, pages: list[list[int]], format: TextFormat) -> list[str]:
    return list(written(connection, pages, format=format))


def _corpus(datasette: Datasette) -> Any:
    return datasette.get_database(DATABASE)


def _absolute(request: Request, address: str) -> str:
    return f"{request.scheme}://{request.host}{address}"


def _json(content: dict[str, Any]) -> Response:
    return Response(json.dumps(content, ensure_ascii=False), content_type="application/json; charset=utf-8")

"""What surrounds every answer: safety headers, the reader's language, words in place of what is closed."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from datasette import Request, Response

from web import languages
from web.safety import HEADERS, without_formulas
from web.site import DATABASE, Site

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

_VARY = (b"vary", b"Cookie")  # it names the language
_ASSETS = "/assets/"
_TABLES = f"/{DATABASE}/"
_BLANK = re.compile(rb"(?:^|&)[^=&]+=(?=&|$)")
_TOOLS = "/-/"  # in the address of Datasette's own pages for developers


def guarded(site: Site) -> Callable[[Application], Application]:
    """Return a wrapper for Datasette's application."""

    def wrap(application: Application) -> Application:
        async def answer(scope: Message, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await application(scope, receive, send)
                return

            is_table_as_csv = False

            async def send_safely(message: Message) -> None:
                nonlocal is_table_as_csv
                if message["type"] == "http.response.body" and is_table_as_csv:
                    message = {**message, "body": without_formulas(message.get("body", b""))}
                if message["type"] == "http.response.start":
                    given = message.get("headers", ())
                    own = {bytes(name).lower() for name, _ in given}  # an archived page has its own policy
                    added = [header for header in (*HEADERS, _VARY) if header[0] not in own]
                    message = {**message, "headers": [*given, *added]}
                    is_table_as_csv = _is_table_as_csv(scope["path"], given)
                await send(message)

            request = Request(scope, receive)
            languages.choose(request.cookies.get(languages.COOKIE))
            # An empty field of a form asks for nothing; Datasette would look for empty text.
            scope = {**scope, "query_string": _BLANK.sub(b"", scope["query_string"]).lstrip(b"&")}
            status = _refusal(site, scope["path"], request.host)
            if status is None:
                await application(scope, receive, send_safely)
            else:
                words = {"status": status, "closed": site.closed and type(site.closed).__name__}
                html = await site.render_template("error.html", words)
                await Response.html(html, status=status).asgi_send(send_safely)

        return answer

    return wrap


def _is_table_as_csv(path: str, headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """True for what Datasette writes as CSV: as plain text or CSV, a whole row a message."""
    kinds = [bytes(value) for name, value in headers if bytes(name).lower() == b"content-type"]
    return (
        path.startswith(_TABLES)
        and path.endswith(".csv")
        and kinds[0].startswith((b"text/plain", b"text/csv"))
    )


def _refusal(site: Site, path: str, host: str) -> int | None:
    """Return the status under which a page is refused before Datasette sees it, None where it is not."""
    if site.closed and not path.startswith(_ASSETS):
        return 503
    # They name files and settings, and run scripts that our policy refuses. Whoever allows SQL wants them.
    if _TOOLS in path and not site.setting("default_allow_sql"):
        return 404
    try:
        urlsplit(f"//{host}")
    except ValueError:  # "[": no address of a page can be made of it
        return 400
    return None

"""What surrounds every answer: safety headers, and a look whether the corpus is still the one we opened."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette import Request, Response

from web import languages
from web.safety import HEADERS
from web.site import Site

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Callable[[], Awaitable[Message]], Send], Awaitable[None]]

_VARY = (b"vary", b"Cookie")  # it names the language
_ASSETS = "/assets/"
_BLANK = re.compile(rb"(?:^|&)[^=&]+=(?=&|$)")
_TOOLS = "/-/"  # in the address of Datasette's own pages for developers


def guarded(site: Site) -> Callable[[Application], Application]:
    """Return a wrapper for Datasette's application."""

    def wrap(application: Application) -> Application:
        async def answer(scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
            if scope["type"] != "http":
                await application(scope, receive, send)
                return

            async def send_safely(message: Message) -> None:
                if message["type"] == "http.response.start":
                    given = message.get("headers", ())
                    own = {bytes(name).lower() for name, _ in given}  # an archived page has its own policy
                    added = [header for header in (*HEADERS, _VARY) if header[0] not in own]
                    message = {**message, "headers": [*given, *added]}
                await send(message)

            languages.choose(Request(scope, receive).cookies.get(languages.COOKIE))
            # An empty field of a form asks for nothing; Datasette would look for empty text.
            scope = {**scope, "query_string": _BLANK.sub(b"", scope["query_string"]).lstrip(b"&")}
            status = _refusal(site, scope["path"])
            if status is None:
                await application(scope, receive, send_safely)
            else:
                html = await site.render_template("error.html", {"status": status})
                await Response.html(html, status=status).asgi_send(send_safely)

        return answer

    return wrap


def _refusal(site: Site, path: str) -> int | None:
    """Return the status under which a page is refused before Datasette sees it, None where it is not."""
    if site.replaced and not path.startswith(_ASSETS):
        return 503
    # They name files and settings, and run scripts that our policy refuses. Whoever allows SQL wants them.
    if _TOOLS in path and not site.setting("default_allow_sql"):
        return 404
    return None

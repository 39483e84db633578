"""What surrounds every answer: safety headers, and a look whether the corpus is still the one we opened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from datasette import Response
from datasette.app import Datasette

from web.safety import HEADERS

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Callable[[], Awaitable[Message]], Send], Awaitable[None]]

_ASSETS = "/assets/"


def guarded(datasette: Datasette) -> Callable[[Application], Application]:
    """Return a wrapper for Datasette's application.

    A connection goes on reading a file that was deleted or replaced, and shows old articles as if nothing
    had happened; so the file is looked at before every page.
    """
    corpora = [Path(database.path) for database in datasette.databases.values() if database.path]
    opened = {path: _identity(path) for path in corpora}

    def wrap(application: Application) -> Application:
        async def answer(scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
            if scope["type"] != "http":
                await application(scope, receive, send)
                return

            async def send_safely(message: Message) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
                await send(message)

            replaced = [path for path in corpora if _identity(path) != opened[path]]
            if replaced and not scope["path"].startswith(_ASSETS):
                html = await datasette.render_template("error.html", {"status": 503})
                await Response.html(html, status=503).asgi_send(send_safely)
            else:
                await application(scope, receive, send_safely)

        return answer

    return wrap


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino

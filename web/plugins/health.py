"""The page /suc-khoe: how each portal does, and which need a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from datasette import Request, Response, hookimpl
from datasette.app import Datasette

from web.health import MEANINGS, STATES, health
from web.site import DATABASE


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """Add the page."""
    return [(r"^/suc-khoe$", page)]


async def page(datasette: Datasette, request: Request) -> Response:
    """Return the page."""
    now = datetime.now(UTC)
    shown = await datasette.get_database(DATABASE).execute_fn(lambda connection: health(connection, now))
    words = {"shown": shown, "HEALTH_STATES": STATES, "MEANINGS": MEANINGS}
    return Response.html(await datasette.render_template("health.html", words, request=request))

"""Pages about the whole: the provinces, the portals, the data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode
from jinja2 import Environment

from web import about, places, portal_page, words
from web.site import DATABASE


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """Add the pages."""
    return [
        (f"^{places.PATH}$", places.listed),
        (f"^{places.PATH}/(?P<name>[a-z-]{{1,40}})$", places.answer),
        (f"^{portal_page.PATH}$", portal_page.everyone),
        (f"^{portal_page.PATH}/(?P<name>[^/]{{1,300}})$", portal_page.answer),
        (f"^{about.PATH}$", about.answer),
    ]


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., Awaitable[Any]]]:
    """Give the home page the provinces of today; the corpus is read only when a template asks."""

    async def province_lines() -> list[places.Line]:
        return await datasette.get_database(DATABASE).execute_fn(lambda c: places.lines(c, former=False))

    return {"province_lines": province_lines}


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Give all templates the addresses of provinces and portals."""
    env.filters |= {"share": words.share, "tilde": tilde_encode}
    env.globals |= {
        "province_of": places.place,
        "portal_address": portal_page.address,
        "OUTCOMES": words.OUTCOMES,
    }

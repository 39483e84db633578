"""What the search box suggests: known names with their kind in words, and where each leads."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from datasette import Request, Response

from pipelines.known import meant
from pipelines.provinces import ended, successor
from pipelines.suggest import LONGEST, SHOWN, Suggestion, Typed, suggest
from web import named, places, portal_page, words
from web.languages import gettext, ngettext
from web.reading import portals
from web.search_page import ARGUMENT_OF, PATH
from web.site import DATABASE, Site

ADDRESS = "/goi-y.json"
_MOST_PORTALS = 2
_MOST_MEANT = 4
_STATEMENTS = 50  # newest articles in which an office or a document's issuer is looked for
_KEPT = 60  # seconds that a browser may keep an answer

# What the newest article that says it says of a name.
_SAID = {
    "person": "SELECT office FROM (SELECT office FROM people WHERE name = ? ORDER BY article DESC LIMIT ?) "
    "WHERE office IS NOT NULL LIMIT 1",
    "document": "SELECT type || coalesce(' – ' || issuer, '') FROM (SELECT type, issuer FROM documents "
    "WHERE number = ? ORDER BY article DESC LIMIT ?) WHERE type IS NOT NULL ORDER BY issuer IS NULL LIMIT 1",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion as readers see it: `label` is the kind, `detail` tells it from namesakes, or is empty."""

    kind: str
    label: str
    name: str
    detail: str
    articles: int
    count: str
    address: str


def suggested(connection: sqlite3.Connection, typed: str) -> list[Shown]:
    """Return what fits what was typed so far, the best first."""
    names = [_shown(connection, each) for each in suggest(connection, typed)]
    before = SHOWN - _MOST_PORTALS
    return [*names[:before], *_portals(connection, typed), *names[before:]][:SHOWN]


def did_you_mean(connection: sqlite3.Connection, typed: str, *, is_found: bool) -> list[Shown]:
    """Return the names that a whole query holds; where nothing is found for it, such as begin like it too."""
    names = meant(connection, typed) or ([] if is_found else suggest(connection, typed, most=_MOST_MEANT))
    return [_shown(connection, each) for each in names]


async def answer(datasette: Site, request: Request) -> Response:
    """Answer with suggestions as JSON."""
    typed = (request.args.get("q") or "")[:LONGEST]
    found = await datasette.get_database(DATABASE).execute_fn(lambda connection: suggested(connection, typed))
    number = len(found)
    told = {
        "ok": True,
        "status": ngettext("%(num)d gợi ý", "%(num)d gợi ý", number) % {"num": number},
        "suggestions": [asdict(each) | {"address": datasette.urls.path(each.address)} for each in found],
    }
    return Response(
        json.dumps(told, ensure_ascii=False),
        content_type="application/json; charset=utf-8",
        headers={"Cache-Control": f"max-age={_KEPT}"},
    )


def _labels() -> dict[str, str]:
    return {
        "person": gettext("Người"),
        "organisation": gettext("Cơ quan, tổ chức"),
        "document": gettext("Văn bản"),
        "province": gettext("Tỉnh, thành phố"),
        "activity": gettext("Loại hoạt động"),
        "portal": gettext("Cổng thông tin"),
    }


def _shown(connection: sqlite3.Connection, one: Suggestion) -> Shown:
    return Shown(
        one.kind,
        _labels()[one.kind],
        words.label("activity", one.name) if one.kind == "activity" else one.name,
        _detail(connection, one),
        one.articles,
        _count(one.articles),
        _address(one),
    )


def _count(articles: int) -> str:
    return ngettext("%(num)s bài", "%(num)s bài", articles) % {"num": words.number(articles)}


def _detail(connection: sqlite3.Connection, one: Suggestion) -> str:
    if one.before:
        return gettext("trong các bài có “%(typed)s”") % {"typed": one.before}
    if one.kind == "province":
        is_former = ended(one.name) is not None
        return gettext("nay là %(name)s") % {"name": successor(one.name)} if is_former else ""
    if one.kind not in _SAID:
        return ""
    row = connection.execute(_SAID[one.kind], (one.name, _STATEMENTS)).fetchone()
    return str(row[0]) if row else ""


def _address(one: Suggestion) -> str:
    if one.before:  # what was typed before stays the query, and the name narrows it
        return f"{PATH}?{urlencode({'q': one.before, ARGUMENT_OF[one.kind]: one.name})}"
    if one.kind in named.KINDS:
        return named.address(one.kind, one.name)
    if one.kind == "province" and (place := places.place(one.name)):
        return place.address
    return f"{PATH}?{urlencode({ARGUMENT_OF[one.kind]: one.name})}"


def _portals(connection: sqlite3.Connection, typed: str) -> list[Shown]:
    wanted = Typed.of(typed)
    if not wanted.is_enough:
        return []
    fitting = [
        (fit, portal)
        for portal in portals(connection)
        if portal.articles and (fit := wanted.fit(portal.title, "portal")) is not None
    ]
    fitting.sort(key=lambda each: (-each[0], -each[1].articles))
    return [
        Shown(
            kind="portal",
            label=_labels()["portal"],
            name=portal.title,
            detail="",
            articles=portal.articles,
            count=_count(portal.articles),
            address=portal_page.address(portal.name),
        )
        for _, portal in fitting[:_MOST_PORTALS]
    ]

"""Lists that grow by POST: the two endpoints of Vietnamese portals that answer HTML fragments, not JSON.

uiarticle: `POST …/ArticleInMenuPagination.aspx/LoadArticle`; the first page's script holds every variable
and the number of the last page. vccorp: `POST /api/NewsZone/NewsZone`; the page's script holds opaque codes
of host and section, and no page count. Both known from public code (portals.md §3.3, §3.4).
"""

from __future__ import annotations

import json
import re

from lxml import etree, html

from crawler.discovery.contract import PageRequest, Row
from crawler.discovery.rows import list_rows
from crawler.page import Page

LOAD_ARTICLE = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
NEWS_ZONE = "/api/NewsZone/NewsZone"

_LOAD_ARTICLE_FIELDS = (
    "article_category_id", "categoryIds", "site_id", "page", "page_size", "keyword", "date_begin",
    "date_end", "show_no", "show_post_date", "num_of_text", "show_view_count", "filter_order_in_list",
    "is_default", "new", "number_of_day", "no", "articlelang", "lang", "is_authenticated",
)  # fmt: skip
_NEWS_ZONE_FIELDS = ("PageIndex", "PageSize", "Catname", "LanguageId", "Site")
_MAX_PAGE = re.compile(r"\bmaxPage\s{0,9}=\s{0,9}(?:parseInt\()?\s{0,9}['\"]?(\d{1,5})")
_ROWS = "li.row, div.news-item"


def fragment_requests(page: Page) -> list[PageRequest]:
    """Return the POSTs that ask for the pages after a list's first page; [] where the page has no such list.

    uiarticle names its last page, so all are known; vccorp gives one, and `fragment_after` the next ones.
    """
    scripts = "\n".join(script.text or "" for script in page.root.iter("script"))
    if "article_category_id" in scripts:
        values = _values(scripts, _LOAD_ARTICLE_FIELDS)
        last = _MAX_PAGE.search(scripts)
        address = page.absolute(_endpoint(scripts, "LoadArticle") or LOAD_ARTICLE)
        pages = range(2, int(last[1]) + 1) if last and "article_category_id" in values else ()
        return [PageRequest(address, _form(values, _LOAD_ARTICLE_FIELDS, "page", number)) for number in pages]
    if "NewsZone" in scripts:
        values = _inputs(page) | _values(scripts, _NEWS_ZONE_FIELDS)
        address = page.absolute(_endpoint(scripts, "NewsZone/NewsZone") or NEWS_ZONE)
        if "Catname" in values and "Site" in values:
            return [PageRequest(address, _form(values, _NEWS_ZONE_FIELDS, "PageIndex", 1))]
    return []


def fragment_after(request: PageRequest, rows: list[Row]) -> PageRequest | None:
    """Return the POST after `request`, whose answer held `rows`; None after an empty answer.

    vccorp never says which page is the last: an empty fragment, known rows (see `walk`) or a cap end it.
    """
    if not rows or request.form is None or not request.url.endswith("NewsZone"):
        return None
    form = tuple(
        (name, str(int(value) + 1) if name == "PageIndex" else value) for name, value in request.form
    )
    return PageRequest(request.url, form)


def fragment_rows(body: bytes, url: str) -> list[Row]:
    """Return the rows of an endpoint's answer; `url` is the endpoint's address.

    An ASP.NET page method may wrap the fragment as `{"d": "<li>…"}`; that is unwrapped.
    """
    text = body.decode("utf-8", "replace").strip()
    if text.startswith("{"):
        try:
            wrapped = json.loads(text)
        except ValueError:
            return []
        text = str(wrapped.get("d") or "") if isinstance(wrapped, dict) else ""
    if not text.strip():
        return []
    try:
        root = html.document_fromstring(f"<html><body><ul>{text}</ul></body></html>")
    except etree.LxmlError:
        return []
    page = Page(url, "", root)
    return list_rows(page, row=_ROWS) or list_rows(page)


def _values(scripts: str, names: tuple[str, ...]) -> dict[str, str]:
    """Return the literals that a script gives to these names: `name = 'x'`, `name: "x"`, `name = 7`."""
    pattern = re.compile(
        rf"\b({'|'.join(names)})['\"]?\s{{0,9}}[:=]\s{{0,9}}(?:parseInt\()?"
        r"(?:'([^'\n]{0,2000})'|\"([^\"\n]{0,2000})\"|(\d{1,12}|true|false)\b)"
    )
    values: dict[str, str] = {}
    for name, single, double, bare in pattern.findall(scripts):
        values.setdefault(name, single or double or bare)
    return values


def _inputs(page: Page) -> dict[str, str]:
    """Return the codes where the page keeps them in hidden fields (`hdCatname`, `Site`)."""
    wanted = {name.lower(): name for name in _NEWS_ZONE_FIELDS}
    found = {}
    for field in page.root.iter("input"):
        name = (field.get("id") or field.get("name") or "").lower().removeprefix("hd").removeprefix("hdn")
        if name in wanted and field.get("value"):
            found[wanted[name]] = field.get("value")
    return found


def _endpoint(scripts: str, ending: str) -> str | None:
    found = re.search(rf"['\"]([^'\"\s]{{0,200}}{re.escape(ending)})['\"]", scripts)
    return found[1] if found else None


def _form(
    values: dict[str, str], order: tuple[str, ...], turn: str, number: int
) -> tuple[tuple[str, str], ...]:
    filled = values | {turn: str(number)}
    return tuple((name, filled[name]) for name in order if name in filled)

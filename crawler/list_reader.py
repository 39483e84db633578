"""What the addresses of a portal's lists answer: pages, fragments of pages, feeds, sitemaps."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import NamedTuple

from scrapy import Request
from scrapy.http import Response

from crawler.declaration import Declaration
from crawler.discovery.contract import PageRequest, Row
from crawler.discovery.feeds import feed_rows, sitemap_links, sitemap_rows
from crawler.discovery.fragments import LOAD_ARTICLE, NEWS_ZONE, fragment_after, fragment_rows
from crawler.discovery.platform import detect_platform
from crawler.discovery.rows import list_rows
from crawler.page import Page
from crawler.period import Period
from crawler.responses import page_of, refuse
from crawler.target import Target, asked_with

logger = logging.getLogger(__name__)

_FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF|urlset|sitemapindex)[\s>]")
_GZIP = b"\x1f\x8b"
_LONGEST_ADDRESS = 4000  # characters; Vietnamese letters take nine each, and servers take 8,000
_WHOLE_PAGE = re.compile(rb"<(?:html|body)\b", re.IGNORECASE)  # a refusal with status 200, no fragment
_LOAD_ARTICLE, _NEWS_ZONE = (f"/{path.rpartition('/')[2]}" for path in (LOAD_ARTICLE, NEWS_ZONE))


class ListPage(NamedTuple):
    """One page of a list.

    `is_index`: it names all pages of the list in any order, as a sitemap of sitemaps does.
    """

    rows: list[Row]
    following: Sequence[PageRequest]
    is_index: bool = False


class ListReader:
    """Reads the lists of one portal during one run, and remembers how they and their endpoints behave."""

    def __init__(self, portal: type[Declaration], since: str | None = None) -> None:
        self._portal = portal
        self._since = Period(since, None)
        self._strange: dict[str, str] = {}  # by section address
        self._encodings: dict[str, str] = {}  # endpoint of POSTs → what it understood: "form" or "json"

    def read(
        self, response: Response, target: Target, section_url: str, rest: Sequence[PageRequest]
    ) -> ListPage:
        """Return what a list's address answered; `rest` are the pages that earlier ones named after it.

        Raises:
            Challenged, SoftNotFound, NotHtml: the answer is no list.
        """
        found = self._read(response, target, section_url, rest)
        return found._replace(rows=[row for row in found.rows if len(row.url) <= _LONGEST_ADDRESS])

    def _read(
        self, response: Response, target: Target, section_url: str, rest: Sequence[PageRequest]
    ) -> ListPage:
        if response.body.startswith(_GZIP) or _FEED.search(response.body[:2000]):
            named = [PageRequest(url) for url in sitemap_links(response.body, response.url)]
            following = named or rest
            return ListPage(self._feed_rows(response), following, is_index=bool(following))
        if target.form is not None and target.request.url.endswith((_LOAD_ARTICLE, _NEWS_ZONE)):
            rows = [] if _WHOLE_PAGE.search(response.body) else fragment_rows(response.body, response.url)
            if rows and not response.meta.get("replayed"):
                self._encodings[target.request.url] = "json" if response.meta["as_json"] else "form"
            after = fragment_after(target.request, rows)
            return ListPage(rows, [after] if after else rest)
        page = page_of(response)
        rows = self._portal.list_rows(page)
        if not rows:
            refuse(page)
            rows = self._rows_by_evidence(page, target, section_url)
        if rest and rest[0].form is None:  # an earlier page's pager has named them; a form is each page's own
            return ListPage(rows, rest)
        return ListPage(rows, self._portal.following_pages(page))

    def strangeness(self, section_url: str) -> str | None:
        """Return how a section differs from its declaration, None where it does not."""
        return self._strange.get(section_url)

    def other_platform(self, page: Page) -> str | None:
        """Return the platform whose marks a page bears, None where they are the declared one's or none.

        Families share some marks (ASP.NET's, Liferay's, a folder's shape): a strong one of the declared
        family is enough.
        """
        declared = self._portal.platform
        if declared == "generic" or not (found := detect_platform(page)):
            return None
        is_declared = declared == found[0][0] or dict(found).get(declared, 0.0) > 0.5
        return None if is_declared else found[0][0]

    def encoded(self, request: Request) -> Request:
        """Return the request of a form in the encoding that its endpoint is known to understand.

        An endpoint of which nothing is known yet is not asked three times in the same way.
        """
        endpoint = request.meta["target"].request.url
        if self._encodings.get(endpoint) == "json":
            return _as_json(request)
        if endpoint.endswith(_LOAD_ARTICLE) and endpoint not in self._encodings:
            request.meta["dont_retry"] = True
        return request

    def second_try(self, request: Request | None) -> Request | None:
        """Return a LoadArticle request as JSON where its endpoint did not understand the form; else None."""
        if request is None or request.method != "POST" or request.meta["as_json"]:
            return None
        endpoint = request.meta["target"].request.url
        refused = endpoint.endswith(_LOAD_ARTICLE) and endpoint not in self._encodings
        return _as_json(request) if refused else None

    def is_mute(self, request: Request | None) -> bool:
        """True where an endpoint has understood neither the form nor JSON."""
        if request is None or not request.meta["as_json"]:
            return False
        return request.meta["target"].request.url not in self._encodings

    def _feed_rows(self, response: Response) -> list[Row]:
        """Return the articles of a feed or sitemap.

        A sitemap's day is that of the last change: good enough to leave a page out, none of publication.
        """
        portal = self._portal
        rows = feed_rows(response.body, response.url)
        if not rows:
            named = sitemap_rows(response.body, response.url)
            rows = [Row(row.url, row.headline) for row in named if self._since.covers(row.stamp)]
        return [row for row in rows if not portal.article_path or portal.asset_of(row.url)]

    def _rows_by_evidence(self, page: Page, target: Target, section_url: str) -> list[Row]:
        """Return the rows of a list that does not look as declared, which is said once per section.

        A page of the declared platform without rows is believed to be past the list's end, if it is not
        the first one.
        """
        portal, other = self._portal, self.other_platform(page)
        if not other and target.url != section_url and section_url not in self._strange:
            return []
        if not portal.row and not portal.article_path:
            return []
        if portal.row and (rows := list_rows(page, is_article=lambda url: portal.asset_of(url) is not None)):
            return rows
        rows = list_rows(page)
        if rows and section_url not in self._strange:
            looks = f"looks like {other} now" if other else "does not look as declared"
            self._strange[section_url] = f"{looks}, declared {portal.platform}; it is read by evidence"
            logger.warning("%s: %s: %s", portal.name, target.url, self._strange[section_url])
        return rows


def _as_json(request: Request) -> Request:
    headers = request.headers.copy()
    headers["Content-Type"] = "application/json; charset=utf-8"
    target: Target = request.meta["target"]
    meta = asked_with(target, request.meta["leg"], as_json=True)
    return request.replace(body=target.form_as_json, headers=headers, meta=meta)

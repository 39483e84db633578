"""IBM WebSphere portals."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.discovery.contract import Row
from crawler.page import Page
from crawler.portal import Portal

_STATE = re.compile(r"/!ut/p/[^?#]*")  # what the reader last did; another one on every load of a page
_CONTENT = re.compile(r"(?i)[?&](?:urile|WCM_GLOBAL_CONTEXT)=")


class WebSpherePortal(Portal):
    """A portal on IBM WebSphere Portal: `/wps/portal/Home/<page>/<slug>/!ut/p/z0/<state>/`.

    Set `sections` to the friendly addresses of lists, without state ("wps/portal/Home/tin-tuc"). What
    follows `!ut/p/` encodes the reader's session and differs on every load: it is cut off every article's
    address, and the slug is the identity; where only a content path is given (`urile=wcm:path:…`,
    `WCM_GLOBAL_CONTEXT=…`), that is. Pagers consist of state addresses alone: a walk follows "Trang sau" and
    never asks for a list page by an address of an earlier run.

    Caveats: slugs lose the đ and are cut at a hundred letters; "Xem với cở chữ" (sic), "Chào mừng bạn đến
    với …" and "<< Quay Lại" stand around the text; no markup is known, so all fields are found by evidence.

    Seen: angiang.gov.vn, sotttt.phuyen.gov.vn (texts; addresses with and without state). Content paths are
    known from the product's documentation.
    """

    platform = "websphere"
    article_path = (
        r"(?i)/wps/(?:my)?portal/(?:[^/?#!]+/){0,8}(?:chi-?tiet[^/?#]*|detail(?:/[^/?#!]+)?)/([^/?#!]+)"
        r"|/wps/[^#]*[?&](?:urile|WCM_GLOBAL_CONTEXT)=([^&#]+)"
    )

    @classmethod
    def list_rows(cls, page: Page) -> list[Row]:
        """Return the article links of a list page, each without its state."""
        rows = {row.url: row for row in map(_without_state, super().list_rows(page))}
        return list(rows.values())


def _without_state(row: Row) -> Row:
    """Cut the state off; an address whose content is named in its query needs it to lead anywhere."""
    return row if _CONTENT.search(row.url) else replace(row, url=_STATE.sub("", row.url))

"""Portals by VCCorp, whose lists grow by NewsZone."""

from __future__ import annotations

from crawler.extraction.layout import Layout
from crawler.portal import Portal


class VccorpPortal(Portal):
    """A portal on the system of VCCorp, as the city of Hà Nội's since 2025.

    Set `sections` to friendly addresses (`tin-tuc-su-kien-noi-bat`). The first list page is HTML and bears
    opaque codes of host and section; the further ones are forms to `/api/NewsZone/NewsZone` with these codes,
    read off each page and never made up. No page says which one is the last: a list ends with an empty
    fragment, and a daily crawl at the first page of known articles. Lists run to more than a hundred pages:
    set a limit for the first crawl.

    An article stands at `/<slug>-<18 or 19 digits>.htm`. The digits are the identity, and their last fifteen
    the moment of creation (yyMMddHHmmssSSS). Rows print the age ("2 giờ trước") and keep the stamp in the
    `title` of `span.news-time`.

    Known from public code (2026): hanoi.gov.vn, soxaydung.hanoi.gov.vn; foreign data centres are dropped.
    Selectors of headline, lead and author are likely: they are those of the vendor's newspapers.
    """

    platform = "vccorp"
    row = "div.news-item[data-id]"
    article_path = r"^https?://[^/]+/(?:[^?#]*/)?[^/?#]*-(\d{18,19})\.html?(?:[?#]|$)"
    layouts = (
        Layout(
            name="vccorp/detail",
            probe=".detail-content.afcbc-body",
            headline=".detail-title",
            stamp=".detail-time, .news-info .time",
            lead=".detail-sapo",
            body=".detail-content.afcbc-body",
            author=".detail-author",
        ),
    )

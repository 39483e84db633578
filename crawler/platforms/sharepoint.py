"""SharePoint portals."""

from __future__ import annotations

from crawler.extraction.layout import Layout
from crawler.portal import Portal


class SharePointPortal(Portal):
    """A portal on Microsoft SharePoint whose news are items of lists.

    Set `sections` to the list views. Article addresses are `/Lists/<list>/View_Detail.aspx?ItemID=<n>`;
    list name and number are the identity. `<title>` is "Document" on many of them and the headline may be
    missing from the page: the list row's anchor text stands in. Stamps are bare days, on some pages none.

    Seen: sotttt.vinhphuc.gov.vn. The selectors of layout `ministry` are known from public code only.
    """

    platform = "sharepoint"
    article_path = r"(?i)/Lists/([^/?#]+)/\w*Detail\.aspx\?(?:[^#]*&)?ItemID=(\d+)"
    layouts = (
        Layout(
            name="sharepoint/ministry",
            probe="#news-detail, #divArticleDescription, #contentnews",
            headline="#news-title, #titleDetail, #txtTitle, #ctl00_bodyContent_lbHeadline",
            stamp="#txtDateString, #ctl00_bodyContent_lbDate",
            lead="#news-des",
            body="#news-detail, #divArticleDescription, #contentnews",
        ),
    )

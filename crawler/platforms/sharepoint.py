"""SharePoint portals."""

from __future__ import annotations

from crawler.extraction.layout import Layout
from crawler.portal import Portal


class SharePointPortal(Portal):
    """A portal on Microsoft SharePoint whose news are items of lists, or pages of a library.

    Set `sections` to the list views or pages. The identity is what the address names: list and number
    (`/Lists/<list>/View_Detail.aspx?ItemID=<n>`), the number (`?NewsId=`, `?nid=`, `print.aspx?p=`,
    `/Pages/TinTuc/<n>/<slug>.html`), or the page's file (`/Pages/<slug>-<16 hex>.aspx`,
    `/Pages/<slug of five words and more>.aspx`, whose days stand in a folder's name on thanhhoa.gov.vn; with
    `?ItemID=<n>` behind it such a page shows the items of a list, and both are the identity).
    Lists name mostly the page that follows ("Trang sau >>"); numbers are dense and can be counted
    (`countable`).

    Caveats: `<title>` is "Document" on many hosts and the headline may be missing from the page: the list
    row's anchor text stands in. Stamps are bare days, on some pages none. "Skip Ribbon Commands", "Sign In",
    "Alternate Text" open the text; leads are printed twice (mic.gov.vn); addresses with and without `:443`
    are one; "New" is glued to headlines in lists (Long An).

    Seen: sotttt.vinhphuc.gov.vn and 20 further hosts (texts). The selectors of layout `ministry` are known
    from public code only.
    """

    platform = "sharepoint"
    article_path = (
        r"(?i)/Lists/([^/?#]+)/\w{0,40}Detail\.aspx\?(?:[^#?]*&)?ItemID=(\d+)"
        r"|/(?:Pages|Trang)/\w{0,40}(?:Detail|ChiTiet|Print)\w{0,40}\.aspx"
        r"\?(?:[^#?]*&)?(?:NewsId|ItemID|nid|bvid|p)=(\d+)"
        r"|/Pages/\w{1,40}/(\d+)/[^/?#]+\.html"
        r"|/(?:Pages|Trang)/(?:[^/?#]{1,200}/){0,4}"
        r"([^/?#]{0,200}-[0-9a-f]{16}|[^/?#-]{1,60}(?:-{1,4}[^/?#-]{1,60}){4,60})\.aspx"
        r"(?:\?(?:[^#?]*&)?(?:NewsId|ItemID|nid|bvid|id)=(\d+))?"
    )
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

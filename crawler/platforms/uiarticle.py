"""Portals whose modules are called UIArticle…: lists that grow by LoadArticle."""

from __future__ import annotations

from crawler.extraction.layout import Layout
from crawler.portal import Portal


class UiArticlePortal(Portal):
    """A portal on the ASP.NET system whose modules bear names like `UIArticleInMenu`.

    Set `sections` to the friendly addresses of the menus (`cong-tac-dang`). The first list page is HTML; its
    script holds the section's numbers and the number of pages, and the further pages are POSTs to
    `LoadArticle`, which answers a fragment. Some servers understand a form, some JSON only: the form is tried
    first, and what was understood is kept for the run.

    An article stands at `/<section>/<slug, cut>-<six digits>` without extension; the digits are the identity.
    Many pages print no stamp, and then the day stands in the list (`div.Ngaydang`). Pictures are called
    "Anh-tin-bai", the first one stands above the text as well; documents hang on
    `onclick="downloadFile(…)"`.

    Known from public code: ninhbinh.gov.vn, sokhcn.ninhbinh, phulien.haiphong. Address shape seen at
    sotttt.haiphong, stttt.laocai, thanhtra.nghean (likely of this system).
    """

    platform = "uiarticle"
    row = "div.UIArticleInMenu_Default ul.ArticleList > li.row"
    article_path = r"^https?://[^/]+/(?:[^?#]*/)?[^/?#]+-(\d{5,7})/?(?:[?#]|$)"
    layouts = (
        Layout(
            name="uiarticle/detail",
            probe="div.ArticleDetailControl .ArticleContent",
            headline="div.ArticleDetailControl .ArticleHeader",
            stamp="div.ArticleDetailControl .PostDate",
            lead="div.ArticleDetailControl .ArticleSummary",
            body="div.ArticleDetailControl .ArticleContent",
            author="div.ArticleDetailControl .author",
            drop="div.UISocialShare, div.tool",
            attachments="div.ArticleDetailControl a.link-download",
        ),
    )

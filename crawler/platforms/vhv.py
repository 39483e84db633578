"""VHV portals (Viettel)."""

from __future__ import annotations

from crawler.extraction.layout import Layout
from crawler.portal import Portal


class VhvPortal(Portal):
    """A portal on VHV, Viettel's system, told by its "news-detail-layout" modules.

    Set `sections` to friendly addresses (`tin-tuc/cong-tac-dang`). An article stands at
    `/<section>/…/<slug cut at about 60 letters>.html` and carries no number in it: its address is its
    identity, and no `article_path` tells articles from other pages, so that `row` must match. Print copies
    (`/?page=Article.Print.detail&id=<24 hex>`) are no rows.

    `<title>` is cut with "…", and `<meta name=Author>` is the site; the author is the last short line of the
    text. Pictures load late (`data-original`), documents are shown by
    `/3rdparty/pdfjs…/viewer.html?file=/upload/…`.

    Seen on portals of this family in the education service; no department's host is known yet.
    """

    platform = "vhv"
    row = "section.section-list article, article.Article-News, article.list-news-one"
    layouts = (
        Layout(
            name="vhv/detail",
            probe="article[class*=news-detail-layout] h1.title-detail",
            headline="article[class*=news-detail-layout] h1.title-detail",
            stamp="article[class*=news-detail-layout] .post-date",
            lead="article[class*=news-detail-layout] .brief",
            body="article[class*=news-detail-layout] .content-detail",
            drop=".social-connect, .rating, .network-share, .relatedArticles",
        ),
    )

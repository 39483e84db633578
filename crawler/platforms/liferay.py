"""Liferay portals."""

from __future__ import annotations

from crawler.extraction.layout import Layout
from crawler.portal import Portal


class LiferayPortal(Portal):
    """A portal on Liferay whose lists are asset publishers.

    Set `sections` to friendly addresses ("hoat-ong-ang-oan-the": Liferay drops the đ). Lists turn by
    `_<portlet>_cur=N` and print every page number. An article answers under every section, with and without
    a language prefix, and as a print copy (`pop_up/`): its number in the address is the identity, and
    `rel=canonical` differs from section to section. The last line of the body may be a CMS account.

    Seen: sotttt.hanoi.gov.vn (2022). Layout `hoa_binh` from public template code.
    """

    platform = "liferay"
    row = ".asset-abstract"
    article_path = r"/-/(?:view_content|view-article/\d+|asset_publisher/\w+/content)/(?:pop_up/)?(\d+)"
    layouts = (
        Layout(
            name="liferay/asset",
            probe=".asset-full-content-title",
            headline=".asset-full-content-title",
            stamp=".assetPublishDate",
            lead="p.sapo",
            body=".asset-full-content .journal-content-article",
            author="p.texttacgia",
            drop=".view-content-author",
        ),
        Layout(
            name="liferay/hoa_binh",
            probe="#content_detail_news #titleDetail",
            headline="#titleDetail",
            stamp="span.date_time",
            lead="#leadDetail",
            body="#contentDetail",
            author=".author",
            drop="ul.ul_list_detail, .source",
        ),
    )

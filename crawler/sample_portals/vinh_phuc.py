"""A portal on SharePoint lists, as sotttt.vinhphuc.gov.vn is one.

Its traps: `<title>` is "Document" and the page holds no headline at all, so that the list row's anchor text
is the only source; "Sign In", "Document" and "Alternate Text" leak into the text; stamps are bare days,
always in the list, on every other page only.
"""

from __future__ import annotations

from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.site import PLAIN_PAGES, Section, Site

_LISTS = "/ct/cms/tintuc/Lists"


class VinhPhuc(Site):
    """The sample of a portal on SharePoint lists."""

    host = "vinh-phuc.localhost"
    name = "Cổng thông tin mẫu Vĩnh Phúc"
    sections = (
        Section("dang", "Công tác Đảng, đoàn thể", f"{_LISTS}/DangDoanThe/View_List.aspx"),
        Section("tin", "Tin hoạt động", f"{_LISTS}/TinHoatDong/View_List.aspx"),
    )
    parameters = frozenset({"ItemID", "Page"})
    plain_pages = (*PLAIN_PAGES, ("/_layouts/15/Authenticate.aspx", "Sign In", "Tên đăng nhập và mật khẩu"))
    decorations = ("/ct/cms/PublishingImages/banner.png",)

    def article_paths(self, article: SampleArticle) -> list[str]:
        return [f"{self._list(article)}/View_Detail.aspx?ItemID={article.id}"]

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}?Page={number}"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/ct/cms/tintuc/PublishingImages/{article.id}/{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"{self._list(article)}/Attachments/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        return {"stamped": article.id % 2 == 0}

    def _list(self, article: SampleArticle) -> str:
        """Return the list that holds the article; another section may show it as well."""
        own = next(section for section in self.sections if section.key == article.sections[0])
        return own.path.rpartition("/")[0]

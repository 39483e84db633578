"""A SharePoint portal in the ministries' layout, as mic.gov.vn was one: `newsdetail.aspx?NewsId=<n>`.

Its traps: SharePoint's own words ("Skip Ribbon Commands", "Sign In") before the text; the lead stands twice;
"ĐÁNH GIÁ BÀI VIẾT( 0)" and a list of older news behind it; lists name only the page that follows ("Trang
sau >>"); the explicit port :443 or none is the same page; `<title>` is the section's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite
from crawler.sample_portals.site import Section

_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


class Ministry(FamilySite):
    """The sample of a SharePoint portal with pages rather than list items."""

    host = "ministry.localhost"
    texts = "ha-noi.localhost"
    name = "Sở Thông tin và Truyền thông Đồng Nai mẫu"
    sections = (
        Section("dang", "Hoạt động Đảng - Đoàn thể", "/Pages/news.aspx?CatId=43"),
        Section("tin", "Tin tức - Sự kiện", "/Pages/news.aspx?CatId=51"),
    )
    parameters = frozenset({"NewsId", "CatId", "Page"})

    def retold(self, article: SampleArticle) -> SampleArticle:
        """Give the article a number as this portal counts them."""
        return replace(article, id=article.id % 1_000_000)

    def article_paths(self, article: SampleArticle) -> list[str]:
        category = 43 if article.sections[0] == "dang" else 51
        number = f"/Pages/newsdetail.aspx?NewsId={article.id}"
        return [f"{number}&CatId={category}", number]

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}&Page={number}"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/PublishingImages/{article.id}/{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/Documents/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        assert article.moment
        others = [other for other in self.articles if other.id < article.id and not other.missing]
        clock = " %H:%M" if article.has_time else ""
        stamp = article.moment.strftime(f"{_WEEKDAYS[article.moment.weekday()]}, %d/%m/%Y{clock}")
        return {"stamp": stamp, "older": others[:4]}

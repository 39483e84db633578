"""A WordPress portal, as ttthlak.gov.vn is one: permalinks, `/?p=<n>`, `/page/N/` and feeds.

Its traps: the account stands as author in feed and page; the stamp's hour is in `time[datetime]` alone; the
writer's name is the last line; share buttons and related posts stand inside the text's own element; pictures
are loaded lazily, each with a copy in `noscript`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite, byline
from crawler.sample_portals.site import XML, Answer, Section


class WordPress(FamilySite):
    """The sample of a WordPress portal."""

    host = "wordpress.localhost"
    texts = "ho-chi-minh.localhost"
    name = "Trung tâm Truyền thông mẫu huyện Lắk"
    sections = (
        Section("dang", "Xây dựng Đảng", "/category/xay-dung-dang/"),
        Section("tin", "Tin tức sự kiện", "/category/tin-tuc-su-kien/"),
    )
    parameters = frozenset({"p"})

    def retold(self, article: SampleArticle) -> SampleArticle:
        """Number the posts of this site."""
        return replace(article, id=article.id % 100_000)

    def article_paths(self, article: SampleArticle) -> list[str]:
        assert article.moment
        return [f"/{article.moment:%Y/%m}/{article.slug}/", f"/?p={article.id}"]

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}page/{number}/"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        assert article.moment
        return f"/wp-content/uploads/{article.moment:%Y/%m}/anh-{article.id}-{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/wp-content/uploads/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        others = [other for other in self.articles if other.id < article.id and not other.missing]
        return {"byline": byline(article), "related": others[:3]}

    def _pages(self) -> Iterator[tuple[str, Answer]]:
        yield from super()._pages()
        for section in self.sections:
            rows = [row.as_printed() for row in self.listed(section)][:10]
            yield f"{section.path}feed/", Answer(self._render("feed", section=section, rows=rows), XML)

"""A portal on a system of its own, of which nothing is declared, with the habits of skhcn.hatinh and others.

Its traps: the stamp stands before the headline ("10:16 | 11-06-2025"); the headline is no heading; lists turn
by `-c<section>-<page>.html`; the address's number says nothing about the article's; a poll and most read
articles beside every page.
"""

from __future__ import annotations

from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite, byline
from crawler.sample_portals.site import Section


class Generic(FamilySite):
    """The sample of a portal that is read by evidence alone."""

    host = "generic.localhost"
    texts = "ho-chi-minh.localhost"
    name = "Trang thông tin điện tử mẫu Trung tâm Báo chí"
    sections = (
        Section("dang", "Xây dựng Đảng", "/xay-dung-dang-c12.html"),
        Section("tin", "Tin tức - Sự kiện", "/tin-tuc-su-kien-c3.html"),
    )
    parameters = frozenset[str]()

    def article_paths(self, article: SampleArticle) -> list[str]:
        folder = "xay-dung-dang" if article.sections[0] == "dang" else "tin-tuc-su-kien"
        return [f"/{folder}/{article.slug[:70].strip('-')}-{article.id % 100_000}.html"]

    def list_path(self, section: Section, number: int) -> str:
        return section.path.replace(".html", f"-{number}.html")

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/data/images/{article.id}-{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/data/files/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        return {"byline": byline(article)}

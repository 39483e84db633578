"""A portal of the kind of hcmcpv.org.vn: `/tin-tuc/<slug>-<10 digits>`.

Its traps: the page clock stands in the header, before the real stamp ("15:39 26/06/2020"); every caption is
printed twice; the byline names writer and photographer ("Tin: …, Ảnh: …"); "Tin cùng chuyên mục" follows.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.site import Section, Site


class HoChiMinh(Site):
    """The sample of a portal whose addresses end in a long number."""

    host = "ho-chi-minh.localhost"
    name = "Trang tin mẫu Thành phố Hồ Chí Minh"
    sections = (
        Section("dang", "Xây dựng Đảng", "/chuyen-muc/xay-dung-dang"),
        Section("tin", "Tin tức - Sự kiện", "/chuyen-muc/tin-tuc-su-kien"),
    )
    parameters = frozenset[str]()

    def article_paths(self, article: SampleArticle) -> list[str]:
        return [f"/tin-tuc/{article.slug}-{article.id}"]

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}/trang-{number}.html"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        assert article.moment
        digest = blake2b(f"{article.id}/{number}".encode(), digest_size=4).hexdigest()
        return f"/res/news/{article.moment:%Y/%m/%d-%m-%Y}-{article.slug[:40]}-{digest}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/res/documents/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        section = next(section for section in self.sections if section.key == article.sections[0])
        others = [other for other in self.listed(section) if other.id != article.id and not other.missing]
        return {"byline": _byline(article), "related": others[:5]}


def _byline(article: SampleArticle) -> str | None:
    if article.author and article.author == article.photographer:
        return f"Tin, ảnh: {article.author}"
    if article.author and article.photographer:
        return f"Tin: {article.author}, Ảnh: {article.photographer}"
    return article.author

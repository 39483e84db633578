"""A portal with rows of numbers in its addresses, as sotttt.soctrang.gov.vn is one.

Its traps: the section's name in the path holds damaged letters, which any re-encoding would break; the page
prints no stamp, the list does; the counter's label follows the byline in the same element, so that they
come glued ("Trần VănThống kê truy cập").
"""

from __future__ import annotations

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite
from crawler.sample_portals.site import Section

_SITE = "/sotttt/1229"


class NumericPath(FamilySite):
    """The sample of a portal with numeric paths."""

    host = "numeric-path.localhost"
    texts = "vinh-phuc.localhost"
    name = "Sở Thông tin và Truyền thông tỉnh Sóc Trăng mẫu"
    sections = (
        Section("dang", "Đảng - Đoàn thể", f"{_SITE}/27531/40051/%EF%BF%BD%EF%BF%BDang-doan-the"),
        Section("tin", "Tin tức - Sự kiện", f"{_SITE}/27531/40052/Tin-tuc"),
    )
    parameters = frozenset({"p"})

    def article_paths(self, article: SampleArticle) -> list[str]:
        own = next(section for section in self.sections if section.key == article.sections[0])
        folder, _, label = own.path.rpartition("/")
        return [f"{folder}/{article.id + 273_000}/{label}/{article.slug.capitalize()}.aspx"]

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}?p={number}"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"{_SITE}/images/{article.id}/{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"{_SITE}/files/{article.id}/{attached.file}"

"""A portal with a bar for letter size and contrast, as binhdinh.gov.vn: `/tin-tuc/<section>/<slug cut>.html`.

Its traps: no page holds a stamp; slugs are made from decomposed letters and cut; the bar and the buttons
"Chia sẻ bài viết lên …" surround the text; the breadcrumb repeats the headline.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite
from crawler.sample_portals.site import Section

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


class ContrastBar(FamilySite):
    """The sample of a portal with the contrast bar."""

    host = "contrast-bar.localhost"
    texts = "vinh-phuc.localhost"
    name = "Cổng thông tin điện tử huyện Vũ Thư mẫu"
    sections = (
        Section("dang", "Chính trị", "/tin-tuc/chinh-tri"),
        Section("tin", "Tin tức - Sự kiện", "/tin-tuc/tin-tuc-su-kien"),
    )
    parameters = frozenset({"trang"})

    def retold(self, article: SampleArticle) -> SampleArticle:
        """Leave out the stamp, which this kind of site does not print."""
        return replace(article, published=None)

    def article_paths(self, article: SampleArticle) -> list[str]:
        own = next(section for section in self.sections if section.key == article.sections[0])
        return [f"{own.path}/{_slug_of_marks(article.headline)}.html"]

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}?trang={number}"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/uploads/tin-tuc/{article.id}/{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/uploads/van-ban/{article.id}/{attached.file}"


def _slug_of_marks(headline: str) -> str:
    """Return a slug in which every mark has become a hyphen, cut at sixty letters."""
    decomposed = unicodedata.normalize("NFD", headline.lower().replace("đ", "d"))
    return _NOT_IN_SLUG.sub("-", decomposed)[:60].strip("-")

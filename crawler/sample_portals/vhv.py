"""A VHV portal (Viettel), as departments of education run them: `/<section>/<slug>.html`, no number.

Its traps: slugs are cut at sixty letters and `<title>` with "…"; `<meta name=Author>` is the site; "A- A A+",
"Đọc bài" and share buttons stand beside the stamp; pictures load late; documents are shown by a viewer; every
row and page links to a print copy under another address.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite, byline
from crawler.sample_portals.site import PLAIN_PAGES, Answer, Section

_VIEWER = "/3rdparty/pdfjs-3.4/web/viewer.html"


class Vhv(FamilySite):
    """The sample of a VHV portal."""

    host = "vhv.localhost"
    texts = "ho-chi-minh.localhost"
    name = "Cổng thông tin mẫu VHV"
    sections = (
        Section("dang", "Công tác Đảng", "/tin-tuc/cong-tac-dang"),
        Section("tin", "Tin tức - Sự kiện", "/tin-tuc/tin-tuc-su-kien"),
    )
    parameters = frozenset({"page", "id", "pageNo"})
    plain_pages = (*PLAIN_PAGES, (_VIEWER, "Trình xem tài liệu", "Đang tải tài liệu."))
    decorations = ("/3rdparty/lazyload/blank.png",)
    viewer = _VIEWER

    def article_paths(self, article: SampleArticle) -> list[str]:
        own = next(section for section in self.sections if section.key == article.sections[0])
        return [f"{own.path}/{article.slug[:60].strip('-')}.html"]

    def print_path(self, article: SampleArticle) -> str:
        """Return the address of the print copy: 24 hexadecimal digits, as the system's database counts."""
        digits = blake2b(str(article.id).encode(), digest_size=12).hexdigest()
        return f"/?page=Article.Print.detail&id={digits}"

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}?pageNo={number}"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        assert article.moment
        return f"/upload/2001/{article.moment:%Y%m%d}/{article.id}_{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        assert article.moment
        return f"/upload/2001/{article.moment:%Y%m%d}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        others = [other for other in self.articles if other.id != article.id and not other.missing]
        return {
            "byline": byline(article),
            "related": others[:5],
            "cut_title": article.headline if len(article.headline) < 60 else f"{article.headline[:57]}…",
        }

    def _article_pages(self, article: SampleArticle) -> Iterator[tuple[str, Answer]]:
        for path, answer in super()._article_pages(article):
            yield path, answer
            yield self.print_path(article), answer

"""An ASP.NET MVC portal, as dukdn.phuyen.gov.vn is one: `/Home/Detail/<id>`.

Its traps: the stamp is a line of its own; paragraphs are indented with no-break spaces; sub-headings are
plain lines; a space follows the byline; the counters stand on the line after their label; the footer's
telephone looks like a date.
"""

from __future__ import annotations

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.site import Section, Site


class PhuYen(Site):
    """The sample of an ASP.NET MVC portal."""

    host = "phu-yen.localhost"
    name = "ĐẢNG ỦY KHỐI CƠ QUAN, DOANH NGHIỆP TỈNH PHÚ YÊN"
    sections = (
        Section("dang", "Xây dựng Đảng", "/Home/Category/3"),
        Section("tin", "Tin tức - Sự kiện", "/Home/Category/1"),
    )
    parameters = frozenset({"page"})

    def article_paths(self, article: SampleArticle) -> list[str]:
        return [f"/Home/Detail/{article.id}"]

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}?page={number}"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/Uploads/images/{article.id}_{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/Uploads/files/{article.id}/{attached.file}"

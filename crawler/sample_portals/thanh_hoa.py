"""A portal of a department's own making on ASP.NET, as Thanh Hóa's is one: `NewsDetail.aspx?Id=<n>`.

Its traps: no publication date is printed anywhere, yet the footer holds a licence date and the texts hold
document dates; `<title>` is the site's name; the lead stands twice, the first time with one full stop too
many; captions are lines of their own; the byline is a unit; visitor counters stand before the headline.
"""

from __future__ import annotations

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.site import Section, Site


class ThanhHoa(Site):
    """The sample of a portal that prints no dates."""

    host = "thanh-hoa.localhost"
    name = "Sở Thông tin và truyền thông Thanh Hóa"
    sections = (
        Section("dang", "Hoạt động Đảng, đoàn thể", "/News.aspx?cat=7"),
        Section("tin", "Tin tức - Sự kiện", "/News.aspx?cat=2"),
    )
    parameters = frozenset({"Id", "cat", "page"})

    def article_paths(self, article: SampleArticle) -> list[str]:
        return [f"/NewsDetail.aspx?Id={article.id}"]

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}&page={number}"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/Upload/Images/tin{article.id}-{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/Upload/Files/{article.id}/{attached.file}"

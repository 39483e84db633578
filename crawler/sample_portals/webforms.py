"""A WebForms portal, as ict-dongthap.gov.vn is one: `Detail.aspx?recid=<n>`, lists turn by `__doPostBack`.

Its traps: the pager shows three numbers whose buttons mean other pages on every page, so that each page can
only be asked for with the form of the one before; stamps in US order, "(4/2/2019 10:17:47 AM)"; a calendar
that turns by postback too; "-   +   A-   A+   In" and "Về trang trước Về đầu trang" around the text; the
number of readers on the line of the stamp.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import byline
from crawler.sample_portals.postback import PostbackSite
from crawler.sample_portals.site import Section


class WebForms(PostbackSite):
    """The sample of a WebForms portal."""

    host = "webforms.localhost"
    texts = "ho-chi-minh.localhost"
    name = "Trung tâm Công nghệ thông tin và Truyền thông mẫu"
    sections = (
        Section("dang", "Đảng - Đoàn thể", "/News.aspx?group=7"),
        Section("tin", "Tin tức sự kiện", "/News.aspx?group=1"),
    )
    parameters = frozenset({"group", "recid"})
    pager = "ctl00$MainContent$dpNews$ctl01"

    def retold(self, article: SampleArticle) -> SampleArticle:
        """Give the article a number as this portal counts them."""
        return replace(article, id=article.id % 100_000)

    def article_paths(self, article: SampleArticle) -> list[str]:
        group = 7 if "dang" in article.sections else 1
        return [f"/Detail.aspx?recid={article.id}&group={group}"]

    def asked_for(self, number: int, last: int, fields: Mapping[str, str]) -> int | None:
        buttons = {f"{self.pager}${button}": page for button, page in self.buttons(number, last)}
        return buttons.get(fields.get("__EVENTTARGET", ""))

    def buttons(self, number: int, last: int) -> list[tuple[str, int]]:
        """Return the pager's buttons with their pages: ASP.NET numbers them by place, not by page."""
        shown = range(max(1, number - 1), min(last, number + 1) + 1)
        return [(f"ctl{place:02}", page) for place, page in enumerate(shown)]

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/Uploads/Images/{article.id}_{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/Uploads/Files/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        return {"byline": byline(article)}

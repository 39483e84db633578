"""A DotNetNuke portal, as danguykhoi.phutho.gov.vn and tintuc.vinhlong.gov.vn are: `tabid/92/title/<n>`.

Its traps: a page clock in twelve hours ("19/10/2019 10:34:00 SA") before the real stamp ("Ngày 19/08/2019
09:20:40"); one list in Telerik's grid, which turns by a submit button without script (`rgPageNext`), the
other in DotNetNuke's own pager (`/currentpage/2/`); numbers of articles so dense that they can be counted,
with gaps; older articles below, with dates of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle, load
from crawler.sample_portals.postback import PostbackSite
from crawler.sample_portals.site import Section

_LIST = "/Chuyen-muc-tin/tabid/91/ctitle/{}"


class DotNetNuke(PostbackSite):
    """The sample of a DotNetNuke portal."""

    host = "dotnetnuke.localhost"
    texts = "phu-yen.localhost"
    name = "Trang thông tin điện tử mẫu Đảng ủy Khối các cơ quan tỉnh"
    sections = (
        Section("dang", "Công tác xây dựng Đảng", f"{_LIST.format(194)}/Default.aspx"),
        Section("tin", "Tin tức - Sự kiện", f"{_LIST.format(199)}/Default.aspx"),
    )
    parameters = frozenset[str]()
    pager = "dnn$ctr417$grdNews$ctl00$ctl03$ctl01"

    def retold(self, article: SampleArticle) -> SampleArticle:
        """Number the articles nearly without gaps: every third number has been taken back."""
        rank = sum(other.id < article.id for other in load(self.texts))
        return replace(article, id=6070 + rank + rank // 2)

    def article_paths(self, article: SampleArticle) -> list[str]:
        own = 194 if "dang" in article.sections else 199
        number = f"/Chuyen-muc-tin/Chi-tiet-tin/tabid/92/title/{article.id}"
        return [f"{number}/ctitle/{own}/Default.aspx", f"{number}/Default.aspx"]

    def asked_for(self, number: int, last: int, fields: Mapping[str, str]) -> int | None:
        if f"{self.pager}$ctl10" in fields:
            return number + 1
        return number - 1 if f"{self.pager}$ctl05" in fields else None

    def list_path(self, section: Section, number: int) -> str:
        if section.key == "dang":
            return super().list_path(section, number)
        return section.path.replace("/Default.aspx", f"/currentpage/{number}/Default.aspx")

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/Portals/0/Images/{article.id}_{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/Portals/0/VanBan/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        section = next(section for section in self.sections if section.key == article.sections[0])
        others = [other for other in self.listed(section) if other.id < article.id and not other.missing]
        return {"section": section, "older": others[:5]}

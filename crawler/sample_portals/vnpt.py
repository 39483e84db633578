"""A portal by VNPT, as departments of education run them: `/chi-tiet-tin?/<slug>/<id>` on Liferay.

Its traps: every article answers at two addresses and an English copy, lists link to one or the other of the
two, bread crumbs to its twin; print buttons are portlet actions with a token; the headline is a `div` and
stands in the bread crumbs as well; the lead is a block of its own or the text's first paragraph; `<title>` is
the name of the page, not of the article.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite, byline
from crawler.sample_portals.site import Address, Section

_LIST = "danhsachtin_WAR_Article_Bai_Vietportlet_INSTANCE_k2Qz"
_DETAIL = "/chi-tiet-tin"


class Vnpt(FamilySite):
    """The sample of a VNPT portal."""

    host = "vnpt.localhost"
    texts = "vinh-phuc.localhost"
    name = "Cổng thông tin mẫu VNPT"
    sections = (
        Section("dang", "Công tác Đảng", "/cong-tac-dang"),
        Section("tin", "Tin tức sự kiện", "/tin-tuc-su-kien"),
    )
    parameters = frozenset({f"_{_LIST}_cur"})

    def retold(self, article: SampleArticle) -> SampleArticle:
        return replace(article, published=(article.published or "")[:10] or None)

    def article_paths(self, article: SampleArticle) -> list[str]:
        name = f"{article.slug}/{article.id}"
        twins = [f"{_DETAIL}?/{name}", f"{_DETAIL}/?/{name}"]
        return [twins[article.id % 2], twins[1 - article.id % 2], f"/en{_DETAIL}?/{name}"]

    def list_path(self, section: Section, number: int) -> str:
        return (
            f"{section.path}?p_p_id={_LIST}&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view"
            f"&p_p_col_id=column-2&p_p_col_count=1&_{_LIST}_delta={self.page_size}&_{_LIST}_cur={number}"
        )

    def action(self, article: SampleArticle, name: str) -> str:
        """Return the address of a portlet action, which is no page."""
        portlet = f"{name}_WAR_Article_Bai_Vietportlet"
        return f"{_DETAIL}?p_auth=Xk3vB9aQ&p_p_id={portlet}&p_p_lifecycle=1&id={article.id}"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/documents/20182/{article.id}/anh{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/documents/20182/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        others = [other for other in self.articles if other.id != article.id and not other.missing]
        return {
            "byline": byline(article),
            "lead_apart": article.id % 3 > 0,
            "related": others[:5],
            "english": path.startswith("/en/"),
        }

    def _address(self, target: str) -> Address:
        path, _, query = target.partition("?")
        if query.startswith("/") and path.rstrip("/").endswith(_DETAIL):
            return path.rstrip("/"), (("id", query.rpartition("/")[2]),)  # the slug chooses nothing
        return super()._address(target)

"""A WebSphere portal, as angiang.gov.vn was one: `/wps/portal/Home/chi-tiet-tin-tuc/<slug>/!ut/p/z0/…/`.

Its traps: every link carries a state that is another one on every load of the page, and the pager consists
of states alone, of which a page's are answered as long as they are well-formed; slugs lose the đ; the stamp
has a day only; "Xem với cở chữ", "Chào mừng bạn đến với …" and "<< Quay Lại" stand around the text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite
from crawler.sample_portals.site import VISITS, Answer, Section

_HOME = "/wps/portal/Home"
_STATE = re.compile(r"/!ut/p/z[01]/04_Sj9CPykssy0xPLMnMz0vMAfI(\w)\d+gcDA!!(?:/|$)")
_FIRST = ord("A") - 1


class WebSphere(FamilySite):
    """The sample of a WebSphere portal."""

    host = "websphere.localhost"
    texts = "ha-noi.localhost"
    name = "Cổng thông tin điện tử mẫu tỉnh An Giang"
    sections = (
        Section("dang", "Xây dựng Đảng", f"{_HOME}/xay-dung-dang"),
        Section("tin", "Tin tức sự kiện", f"{_HOME}/tin-tuc-su-kien"),
    )
    parameters = frozenset[str]()

    def retold(self, article: SampleArticle) -> SampleArticle:
        """Leave the day of the stamp."""
        return replace(article, published=article.published and article.published[:10])

    def article_paths(self, article: SampleArticle) -> list[str]:
        slug = article.headline.replace("đ", "").replace("Đ", "")
        return [f"{_HOME}/chi-tiet-tin-tuc/{replace(article, headline=slug).slug[:60].strip('-')}"]

    def list_path(self, section: Section, number: int) -> str:
        return section.path if number == 1 else f"{section.path}#{number}"

    def with_state(self, path: str, number: int = 1) -> str:
        """Return an address as a page links to it: the state says the list page, and when it was written."""
        kind, page = int(number > 1), chr(_FIRST + number)
        return f"{path}/!ut/p/z{kind}/04_Sj9CPykssy0xPLMnMz0vMAfI{page}{VISITS}gcDA!!/"

    def answer(self, target: str) -> Answer:
        if not (state := _STATE.search(target)):
            return super().answer(target)
        path, number = target[: state.start()], ord(state[1]) - _FIRST
        return super().answer(path if number == 1 else f"{path}#{number}")

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/wps/wcm/connect/{article.id}/{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/wps/wcm/connect/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        others = [other for other in self.articles if other.id < article.id and not other.missing]
        return {"older": others[:4]}

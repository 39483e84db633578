"""Portals of the UIArticle system, as sokhcn.ninhbinh.gov.vn is one: lists that grow by LoadArticle.

Their traps: only the first list page has an address; the further ones are POSTs with a Referer, understood as
a form by one server and as JSON by the other; a third of the pages print no stamp; pictures are called
"Anh-tin-bai", the first stands above the text as well; documents hang on `onclick`; `<title>` is cut;
banners, visitor counters and share buttons surround the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import Any, ClassVar

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite, byline
from crawler.sample_portals.site import Answer, Posted, Section

LOAD_ARTICLE = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
_CATEGORIES = {"217": "dang", "231": "tin"}
_NEEDED = frozenset({"article_category_id", "categoryIds", "site_id", "page", "page_size"})


class UiArticle(FamilySite):
    """The sample of a server that understands forms."""

    host = "uiarticle.localhost"
    texts = "ha-noi.localhost"
    templates = "uiarticle"
    name = "Cổng thông tin mẫu UIArticle"
    sections = (
        Section("dang", "Công tác Đảng", "/cong-tac-dang"),
        Section("tin", "Tin hoạt động", "/tin-hoat-dong"),
    )
    parameters = frozenset[str]()
    decorations = ("/Content/images/banner.png", "/Content/images/loading.png")
    load_article = LOAD_ARTICLE

    def retold(self, article: SampleArticle) -> SampleArticle:
        """Of every third article only the list prints the day, and of all the day before the hour."""
        number = 100_000 + article.id % 800_000
        published = article.published
        if published and not self.prints_stamp(number):
            published = published[:10]
        return replace(article, id=number, published=published)

    def prints_stamp(self, number: int) -> bool:
        """True where the page of an article prints its stamp."""
        return number % 3 > 0

    def article_paths(self, article: SampleArticle) -> list[str]:
        own = next(section for section in self.sections if section.key == article.sections[0])
        return [f"{own.path}/{article.slug[:70].strip('-')}-{article.id}"]

    def list_path(self, section: Section, number: int) -> str:
        return section.path

    def picture_path(self, article: SampleArticle, number: int) -> str:
        assert article.moment
        return f"/upload/1000/{article.moment:%Y%m%d}/{article.id}-{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        assert article.moment
        return f"/upload/1000/{article.moment:%Y%m%d}/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        others = [other for other in self.articles if other.id != article.id and not other.missing]
        return {
            "byline": byline(article),
            "stamped": self.prints_stamp(article.id),
            "picture": self.picture_path(article, 0) if article.captions else None,
            "related": others[:5],
            "cut_title": article.headline if len(article.headline) < 60 else f"{article.headline[:57]}…",
        }

    def category(self, section: Section) -> str:
        """Return the number that the scripts of a section's list send along."""
        return next(number for number, key in _CATEGORIES.items() if key == section.key)

    def posted(self, posted: Posted) -> Answer:
        if posted.target != LOAD_ARTICLE:
            return super().posted(posted)
        if not posted.referer or not self.understands(posted):
            return self.refused()
        fields = posted.fields
        if not fields.keys() >= _NEEDED:
            return self.refused()
        key = _CATEGORIES[fields["article_category_id"]]
        section = next(section for section in self.sections if section.key == key)
        start = (int(fields["page"]) - 1) * int(fields["page_size"])
        rows = [row.as_printed() for row in self.listed(section)[start : start + int(fields["page_size"])]]
        return self.fragment(self._render("rows", section=section, title=section.name, rows=rows))

    def understands(self, posted: Posted) -> bool:
        """True for a body in the form that this server reads."""
        return not posted.is_json

    def refused(self) -> Answer:
        """Return what the server says to a body that it does not read."""
        return Answer(b"", status=HTTPStatus.BAD_REQUEST)

    def fragment(self, rows: bytes) -> Answer:
        """Return rows as this server sends them."""
        return Answer(rows)

    def _list_pages(self, section: Section) -> Iterator[tuple[str, Answer]]:
        yield next(iter(super()._list_pages(section)))


class UiArticleJson(UiArticle):
    """The sample of a server that understands JSON only, as ASP.NET's page methods do."""

    host = "uiarticle-json.localhost"
    texts = "phu-yen.localhost"
    refusal: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR  # or 200 with a page without rows

    def retold(self, article: SampleArticle) -> SampleArticle:
        told = super().retold(article)
        if told.has_time:
            assert told.published
            told = replace(told, published=told.published[:16])
        return told

    def understands(self, posted: Posted) -> bool:
        return posted.is_json

    def refused(self) -> Answer:
        return replace(self._plain("Thông báo", text="Yêu cầu không hợp lệ."), status=self.refusal)

    def fragment(self, rows: bytes) -> Answer:
        answer = json.dumps({"d": rows.decode("utf-8")}).encode("ascii")
        return Answer(answer, "application/json; charset=utf-8")

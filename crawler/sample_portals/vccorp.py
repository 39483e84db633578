"""A portal by VCCorp, as hanoi.gov.vn is one since 2025: `/<slug>-<19 digits>.htm`, lists by NewsZone.

Its traps: only the first list page has an address; the further ones are forms with opaque codes, counted from
0, without a last number; rows print an age and keep the stamp in a `title`; pictures load late and repeat
their caption; a page clock stands in the header; the structured data of a page names the site as author.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite, byline
from crawler.sample_portals.site import Answer, Posted, Section

NEWS_ZONE = "/api/NewsZone/NewsZone"


class Vccorp(FamilySite):
    """The sample of a VCCorp portal."""

    host = "vccorp.localhost"
    texts = "ha-noi.localhost"
    name = "Cổng thông tin mẫu VCCorp"
    sections = (
        Section("dang", "Xây dựng Đảng", "/xay-dung-dang"),
        Section("tin", "Tin tức sự kiện nổi bật", "/tin-tuc-su-kien-noi-bat"),
    )
    parameters = frozenset[str]()

    def retold(self, article: SampleArticle) -> SampleArticle:
        """Number the article by its moment, to the second and some thousandths."""
        if article.published and not article.has_time:
            article = replace(article, published=f"{article.published}T07:30")
        assert article.moment
        return replace(article, id=int(f"2661{article.moment:%y%m%d%H%M%S}{article.id % 1000:03}"))

    def article_paths(self, article: SampleArticle) -> list[str]:
        return [f"/{article.slug[:80].strip('-')}-{article.id}.htm"]

    def list_path(self, section: Section, number: int) -> str:
        return section.path

    def picture_path(self, article: SampleArticle, number: int) -> str:
        assert article.moment
        return f"/thumb_w/660/{article.moment:%Y/%m/%d}/anh-{number + 1}-{article.id}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        assert article.moment
        return f"/files/{article.moment:%Y/%m/%d}/{article.id}-{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        others = [other for other in self.articles if other.id != article.id and not other.missing]
        assert article.moment
        data = {
            "@context": "http://schema.org",
            "@type": "NewsArticle",
            "headline": article.headline,
            "description": article.lead or "",
            "datePublished": f"{article.moment:%Y-%m-%dT%H:%M:%S}+07:00",
            "author": {"@type": "Organization", "name": self.name},
        }
        return {
            "byline": byline(article),
            "related": others[:4],
            "structured": json.dumps(data, ensure_ascii=False),
        }

    def code(self, text: str) -> str:
        """Return a code as the scripts of a list hold it: opaque to a reader, of one host and section."""
        return b64encode(f"{self.host}|{text}".encode()).decode("ascii")

    def posted(self, posted: Posted) -> Answer:
        if posted.target != NEWS_ZONE:
            return super().posted(posted)
        fields = posted.fields
        chosen = [one for one in self.sections if self.code(one.path) == fields.get("Catname")]
        if not chosen or fields.get("Site") != self.code(self.name):
            return Answer(b"", status=HTTPStatus.BAD_REQUEST)
        start, size = int(fields["PageIndex"]) * self.page_size, int(fields["PageSize"])
        rows = [row.as_printed() for row in self.listed(chosen[0])[start : start + size]]
        return Answer(self._render("rows", rows=rows, section=chosen[0], title=self.name) if rows else b"")

    def _list_pages(self, section: Section) -> Iterator[tuple[str, Answer]]:
        yield next(iter(super()._list_pages(section)))

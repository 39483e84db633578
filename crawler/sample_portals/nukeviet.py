"""A NukeViet portal, as sotttt.tayninh.gov.vn is one: `/vi/news/<section>/<slug>-<id>.html`, feeds.

Its traps: bare counters of views and comments stand behind the stamp; the alternative text of a picture is
the hash of its file; the byline is a labelled line below the text or its last line; print and save copies;
related titles by "newer" and "older", most read ones beside. Every section has a feed and a sitemap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite, byline
from crawler.sample_portals.site import PLAIN_PAGES, XML, Answer, Section


class NukeViet(FamilySite):
    """The sample of a NukeViet portal."""

    host = "nukeviet.localhost"
    texts = "ho-chi-minh.localhost"
    name = "Trang thông tin điện tử mẫu NukeViet"
    sections = (
        Section("dang", "Công tác Đảng", "/vi/news/cong-tac-dang/"),
        Section("tin", "Tin tức - Sự kiện", "/vi/news/tin-tuc-su-kien/"),
    )
    parameters = frozenset[str]()
    plain_pages = (*PLAIN_PAGES, ("/vi/users/login/", "Đăng nhập", "Tên đăng nhập và mật khẩu"))

    def retold(self, article: SampleArticle) -> SampleArticle:
        return replace(article, id=article.id % 100_000)

    def article_paths(self, article: SampleArticle) -> list[str]:
        own = next(section for section in self.sections if section.key == article.sections[0])
        folder = own.path.removeprefix("/vi/news/")
        name = f"{article.slug}-{article.id}"
        return [f"/vi/news/{folder}{name}.html", f"/vi/news/print/{folder}{name}.html"]

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}page-{number}/"

    def feed_path(self, section: Section) -> str:
        """Return the address of a section's feed."""
        return section.path.replace("/news/", "/news/rss/")

    def sitemap_path(self, section: Section) -> str:
        """Return the address of a section's sitemap, which `/sitemap.xml` names."""
        return f"{section.path}sitemap.xml"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        assert article.moment
        return f"/uploads/news/{article.moment:%Y_%m}/{self.picture_name(article, number)}.png"

    def picture_name(self, article: SampleArticle, number: int) -> str:
        """Return the name that the system gives to an uploaded picture, which it prints as well."""
        return blake2b(f"{article.id}/{number}".encode(), digest_size=16).hexdigest()

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/uploads/news/files/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        others = [other for other in self.articles if other.id != article.id and not other.missing]
        line = byline(article)
        return {
            "line": line if article.photographer else None,
            "account": None if article.photographer else line,
            "newer": [other for other in others if other.id > article.id][-3:],
            "older": [other for other in others if other.id < article.id][:3],
            "print_copy": "/print/" in path,
        }

    def _pages(self) -> Iterator[tuple[str, Answer]]:
        yield from super()._pages()
        yield "/sitemap.xml", Answer(self._render("sitemap"), XML)
        for section in self.sections:
            rows = [row.as_printed() for row in self.listed(section)]
            feed = self._render("feed", section=section, title=section.name, rows=rows)
            yield self.feed_path(section), Answer(feed, XML)
            sitemap = self._render("sitemap", section=section, rows=rows)
            yield self.sitemap_path(section), Answer(sitemap, XML)

"""A Drupal 7 portal, as sokhcn.angiang.gov.vn and www.langson.gov.vn are: `/node/<n>` and aliases.

Its traps: an article answers at its alias, which drops stop words, and at `/node/<n>`; one section links to
aliases, the other to nodes; pages count from 0; side boxes are views like the list; a banner about another
event stands above the headline; the stamp stands in a sentence behind an account's name.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.family import FamilySite
from crawler.sample_portals.site import Section

_STOP_WORDS = frozenset({"cua", "va", "ve", "cho", "trong", "tai", "den", "voi", "to", "o", "duoc"})


class Drupal(FamilySite):
    """The sample of a Drupal portal."""

    host = "drupal.localhost"
    texts = "phu-yen.localhost"
    name = "Sở Nông nghiệp và Phát triển nông thôn mẫu"
    sections = (
        Section("dang", "Công tác Đảng", "/tin-tuc/cong-tac-dang"),
        Section("tin", "Tin tức - Sự kiện", "/tin-tuc/tin-tuc-su-kien"),
    )
    parameters = frozenset({"page"})

    def retold(self, article: SampleArticle) -> SampleArticle:
        """Leave the minute of the stamp, and number the nodes of this site."""
        published = article.published and article.published[:16]
        return replace(article, id=article.id + 54_000, published=published)

    def article_paths(self, article: SampleArticle) -> list[str]:
        words = [word for word in article.slug.split("-") if word not in _STOP_WORDS]
        paths = [f"/{'-'.join(words)}", f"/node/{article.id}"]
        return paths if "dang" in article.sections else paths[::-1]

    def row_path(self, article: SampleArticle, section: Section) -> str:
        alias, node = sorted(self.article_paths(article), key=lambda path: path.startswith("/node/"))
        return alias if section.key == "dang" else node

    def list_path(self, section: Section, number: int) -> str:
        return f"{section.path}?page={number - 1}"

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/sites/default/files/styles/large/public/tin/{article.id}_{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/sites/default/files/van-ban/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        return {"node": f"/node/{article.id}", "newest": self.newest()}

    def newest(self) -> list[SampleArticle]:
        """Return what the side box shows on every page."""
        return [article for article in self.articles if not article.missing][:4]

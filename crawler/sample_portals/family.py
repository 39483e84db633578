"""What the samples of platforms have in common: the texts of the five portals, in a platform's markup."""

from __future__ import annotations

from typing import ClassVar

from crawler.sample_portals.articles import SampleArticle, load
from crawler.sample_portals.site import Site


class FamilySite(Site):
    """The sample of a platform. A subclass names the portal whose texts it prints, by its host."""

    texts: ClassVar[str]
    page_size = 5

    def __init__(self, revision: int = 1) -> None:
        self.articles = tuple(self.retold(article) for article in load(self.texts, revision))

    def retold(self, article: SampleArticle) -> SampleArticle:
        """Return the article as this platform can print it: another number, a day for a minute."""
        return article


def byline(article: SampleArticle) -> str | None:
    """Return the line under the text that names writer and photographer, as most portals write it."""
    if article.author and article.author == article.photographer:
        return f"Tin, ảnh: {article.author}"
    if article.author and article.photographer:
        return f"Tin: {article.author}, Ảnh: {article.photographer}"
    return article.author

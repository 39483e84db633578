"""Stage 1: text as we keep it. Words, quotes and tone placement stay as published."""

from __future__ import annotations

from pipelines.article import Article
from pipelines.context import Context
from pipelines.text import clean, clean_body, language_of, line, storable

_ONE_LINE = ("headline", "author", "photographer", "article_section", "date_published_raw")


def normalise(article: Article, context: Context) -> Article:
    """Return the article with every text NFC and space-clean, its language and its length in words.

    A word here is what stands between spaces: in Vietnamese, a syllable. Addresses are kept as they are, but
    for what no database can store.
    """
    for name in _ONE_LINE:
        setattr(article, name, _line(getattr(article, name)))
    article.description = clean(article.description or "") or None
    article.article_body = clean_body(article.article_body or "") or None
    article.keywords = list(dict.fromkeys(word for raw in article.keywords if (word := line(raw))))
    for image in article.images:
        image["caption"] = _line(image["caption"])
        image["credit"] = _line(image["credit"])
        image["url"] = storable(image["url"])
    for attachment in article.attachments:
        attachment["url"] = storable(attachment["url"])
        attachment["name"] = _line(attachment["name"])
    text = article.article_body or ""
    article.in_language = language_of(f"{article.headline or ''} {text}")
    article.word_count = text.count(" ") + text.count("\n") + bool(text)
    return article


def _line(text: str | None) -> str | None:
    return line(text) or None if text else None

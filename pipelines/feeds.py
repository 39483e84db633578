"""A selection as a feed that other programs follow: Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from pipelines.article import Article

_ATOM = "http://www.w3.org/2005/Atom"


class Feed(NamedTuple):
    """What a feed says of itself: its title, its own address and the page that shows the same.

    A feed that lies nowhere yet has no addresses ("") and an `identity` in their place, which stays the same
    whenever it is made.
    """

    title: str
    address: str = ""
    page: str = ""
    identity: str = ""


def atom(feed: Feed, articles: Sequence[Article]) -> bytes:
    """Return an Atom feed, the articles in their order."""
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "vi"})
    _text(root, "id", feed.address or feed.identity)
    _text(root, "title", feed.title)
    _text(
        root, "updated", max((_changed(article) for article in articles), default="1970-01-01T00:00:00+07:00")
    )
    if feed.address:
        SubElement(root, "link", rel="self", href=feed.address)
    if feed.page:
        SubElement(root, "link", rel="alternate", type="text/html", href=feed.page)
    for article in articles:
        entry = SubElement(root, "entry")
        _text(entry, "id", _identity(article))
        _text(entry, "title", article.headline or "")
        _text(entry, "updated", _changed(article))
        if article.date_published:
            _text(entry, "published", _moment(article.date_published))
        SubElement(entry, "link", rel="alternate", href=article.url)
        author = SubElement(entry, "author")
        _text(author, "name", article.author or article.body or article.portal or "")
        _text(entry, "summary", _summary(article))
        for keyword in (*(article.keywords or ()), *(article.activities or ())):
            SubElement(entry, "category", term=keyword)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def json_feed(feed: Feed, articles: Sequence[Article]) -> bytes:
    """Return a JSON Feed, the articles in their order."""
    items = [
        {
            "id": _identity(article),
            "url": article.url,
            "title": article.headline,
            "content_text": article.article_body or article.description or article.headline or "",
            "summary": _summary(article),
            "date_modified": _changed(article),
            "authors": [{"name": article.author or article.body or article.portal}],
            "tags": [*(article.keywords or ()), *(article.activities or ())],
            "language": article.in_language or "vi",
            **({"date_published": _moment(article.date_published)} if article.date_published else {}),
        }
        for article in articles
    ]
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        **({"home_page_url": feed.page} if feed.page else {}),
        **({"feed_url": feed.address} if feed.address else {}),
        "language": "vi",
        "items": items,
    }
    return json.dumps(content, ensure_ascii=False).encode("utf-8")


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _printable(text)


def _printable(text: str) -> str:
    """Return the text without the characters that XML 1.0 has no way to write."""
    return "".join(
        letter for letter in text if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff")
    )


def _identity(article: Article) -> str:
    """Return what stays the same whatever happens to the site or the portal (RFC 4151)."""
    return f"tag:{urlsplit(article.url).hostname or 'tinso'},2025:{article.portal}/{article.id}"


def _changed(article: Article) -> str:
    return (
        article.last_seen if (article.revision or 1) > 1 and article.last_seen else article.first_seen or ""
    )


def _moment(date: str) -> str:
    return date if "T" in date else f"{date}T00:00:00+07:00"


def _summary(article: Article) -> str:
    return article.description or (article.article_body or "")[:300]

"""Feeds and sitemaps: the rows of a list without a list page."""

from __future__ import annotations

import re
import zlib

from lxml import etree, html

from crawler.discovery.addresses import site_of
from crawler.discovery.contract import Row
from crawler.page import Page
from pipelines.text import line

_FEED_ADDRESS = re.compile(
    r"/rss(?:/|$)|\.rss$|/feed/?$|/rss\.(?:php|aspx|xml)|rss\w*\.aspx|/atom\.xml|[?&](?:op|nv)=rss|type=rss",
    re.IGNORECASE,
)
_DATES = ("pubDate", "published", "date", "updated", "publication_date", "lastmod")
_MOST_BYTES = 50_000_000  # the limit of the sitemap protocol, uncompressed


def feed_links(page: Page) -> list[str]:
    """Return the addresses of the feeds that a page of the same site announces: declared ones first."""
    declared = page.selector.xpath(
        "//link[contains(@rel, 'alternate')][contains(@type, 'rss') or contains(@type, 'atom')]/@href"
    ).getall()
    linked = [href for href in page.links if _FEED_ADDRESS.search(href)]
    addresses = (page.absolute(href).partition("#")[0] for href in [*declared, *linked])
    site = site_of(page.url)
    return [url for url in dict.fromkeys(addresses) if url[:4].lower() == "http" and site_of(url) == site]


def feed_rows(body: bytes, url: str) -> list[Row]:
    """Return the items of an RSS or Atom feed in its order; [] where the body is no feed.

    `url` is the feed's address, against which relative links are read. Broken XML gives what is readable;
    entities are never expanded and nothing is loaded.
    """
    base = Page(url, "", html.Element("html"))
    rows: dict[str, Row] = {}
    for item in _elements(body, "item", "entry"):
        address = _link_of(item)
        if address:
            address = base.absolute(address)
            rows.setdefault(address, Row(address, _plain(_text(item, "title")), _first(item, _DATES)))
    return list(rows.values())


def sitemap_rows(body: bytes, url: str) -> list[Row]:
    """Return the addresses of a sitemap (plain or gzip); headline and stamp where it is a news sitemap.

    The stamp of a plain sitemap is `lastmod`, the day of the last change. A sitemap index gives [].
    """
    base = Page(url, "", html.Element("html"))
    found = ((_text(item, "loc"), item) for item in _elements(_unpacked(body), "url"))
    return [
        Row(base.absolute(address), _plain(_text(item, "title")), _first(item, _DATES))
        for address, item in found
        if address
    ]


def sitemap_links(body: bytes, url: str) -> list[str]:
    """Return the sitemaps that a sitemap index names; [] where it is none."""
    base = Page(url, "", html.Element("html"))
    named = (_text(item, "loc") for item in _elements(_unpacked(body), "sitemap"))
    return [base.absolute(address) for address in named if address]


def _elements(body: bytes, *names: str) -> list[etree._Element]:
    """Return the XML's elements of these local names, whatever their namespace."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    return [] if root is None else list(root.iter(*(f"{{*}}{name}" for name in names)))


def _text(item: etree._Element, name: str) -> str:
    element = next(item.iter(f"{{*}}{name}"), None)
    return "".join(map(str, element.itertext())).strip() if element is not None else ""


def _first(item: etree._Element, names: tuple[str, ...]) -> str | None:
    return next((line(text) for name in names if (text := _text(item, name))), None)


def _link_of(item: etree._Element) -> str:
    for element in item.iter("{*}link"):
        if element.get("href") and element.get("rel", "alternate") == "alternate":
            return str(element.get("href"))
        if element.text and element.text.strip():
            return str(element.text).strip()
    guid = next(item.iter("{*}guid"), None)
    address = (guid.text or "").strip() if guid is not None and guid.get("isPermaLink") != "false" else ""
    return address if address.startswith("http") else ""


def _plain(title: str) -> str | None:
    """Return a title without the markup and the second escaping that feeds put into it."""
    if "<" in title or "&" in title:
        title = "".join(map(str, html.fromstring(f"<div>{title}</div>").itertext()))
    return line(title) or None


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _MOST_BYTES)
    except zlib.error:
        return b""

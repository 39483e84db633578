"""Bytes from the network → a `Page`: decoded as its author meant it, parsed once, whatever it holds."""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from crawler.exceptions import NotHtml
from crawler.extraction.element import HtmlElement
from crawler.extraction.encoding import decode
from crawler.page import Page

SIZE_CAP = 4_000_000  # bytes of markup; the largest article page met has 1.1 MB
TAG_CAP = 100_000  # tags; the richest article page met has 20,000
_DEPTH_CAP = 2_040  # libxml2 drops everything behind its own limit of 2,048
_EMBEDDED_FILE = re.compile(rb"data:[a-z]+/[a-z.+-]+;base64,[A-Za-z0-9+/=%\s]{2000,}+")
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|table|a|h\d|span|br|li|script)\b", re.I
)
_FLAT_TAG = re.compile(
    r"<(?!/?(?:html|head|body|title|meta|link|base|script|style|p|br|h[1-6]|img|a|li|td|tr)\b)[^<>]*>", re.I
)
_NOT_HTML_TYPE = re.compile(
    r"\s*(?:image|audio|video|font)/|application/(?:pdf|zip|msword|octet-stream|json|vnd\.)", re.I
)


# Nobody asks for an element by its id through the parser's own table, which costs a twentieth of the reading.
_PARSER = etree.HTMLParser(
    encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
)


def read_page(body: bytes, url: str, *, content_type: str | None, fetched_at: str) -> Page:
    """Return the page as a tree.

    `content_type` is the HTTP header; its charset is a witness, not an order. `fetched_at` is ISO 8601.
    Page flags: "encoding_repaired" (the label was wrong), "encoding_damaged" (some bytes were unreadable),
    "page_truncated" (only the first 4 MB, or 100,000 tags, were read), "nesting_flattened" (tags nested
    beyond any meaning are gone).

    Raises:
        NotHtml: an image, a document, JSON, or an empty body.
    """
    if (
        content_type
        and _NOT_HTML_TYPE.match(content_type)
        and not _MARKUP.search(body[:4096].decode("ascii", "ignore"))
    ):
        raise NotHtml(f"{content_type} is no HTML")
    flags: list[str] = []
    if len(body) > SIZE_CAP // 4:
        body = _EMBEDDED_FILE.sub(b"data:,", body)
    if len(body) > SIZE_CAP:
        body = body[:SIZE_CAP]
        flags.append("page_truncated")
    text, utf8 = decode(body, content_type, flags)
    if not text or text.isspace():
        raise NotHtml("the body is empty")
    if not _MARKUP.search(text[:200_000]):
        raise NotHtml("the body holds no markup")
    if len(text) > TAG_CAP and text.count("<") > TAG_CAP:
        utf8 = _flattened(text, flags)
    root = _parse(utf8)
    if root is not None and _depth_of_end(root) >= _DEPTH_CAP:
        root = _parse(_flattened(text, flags))
    if root is None:
        raise NotHtml("the body holds no element")
    return Page(url=url, fetched_at=fetched_at, root=root, flags=list(dict.fromkeys(flags)))


def _flattened(text: str, flags: list[str]) -> bytes:
    """Return markup with the tags alone that a text needs, and no more of it than can be walked."""
    flags.append("nesting_flattened")
    text = _FLAT_TAG.sub(" ", text)
    if (tags := text.count("<")) > TAG_CAP:
        flags.append("page_truncated")
        text = text[: len(text) * TAG_CAP // tags]
    return text.encode("utf-8", "replace")


def _parse(utf8: bytes) -> HtmlElement | None:
    try:
        return cast(HtmlElement | None, etree.fromstring(utf8, _PARSER))
    except etree.ParseError:  # nothing but a comment or a doctype
        return None


def _depth_of_end(root: HtmlElement) -> int:
    """Return the depth of the last element: where libxml2 gave up, it is the limit."""
    depth, element = 0, root
    while len(element):
        element, depth = element[-1], depth + 1
    return depth

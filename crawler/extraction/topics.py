"""Section and keywords: the bread crumbs' last step, the label above the headline, the tags below the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.extraction.blocks import CRUMBS, Block, named_zones, names_of
from crawler.extraction.metadata import Metadata
from pipelines.text import fold, line

_SECTION_CLASS = re.compile(
    r"(?<![a-z])(?:cate?(?:gory)?(?:-?name|-?title|-links?)?|chuyen-?muc|section-?(?:name|title)|danh-?muc|kicker)(?![a-z])",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"trang (?:chủ|nhất|đầu)|home(?:page)?|tin tức|chi tiết(?: tin| bài viết)?|news|bạn đang ở(?: đây)?:?",
    re.I,
)
_CRUMB_SIGN = re.compile(r"\s*[»›>/|\\→•]+\s*")
_TAG_ADDRESS = re.compile(r"/(?:tags?|tu-khoa|chu-de|topic)s?(?:/|\.|\?|=)", re.IGNORECASE)
_CATEGORY_LINKS = XPath("//a[contains(@rel, 'category')]")
_TAG_LABEL = re.compile(r"(?:tags?|từ khóa|từ khoá)\s?:\s?(?P<words>.+)", re.IGNORECASE)
_LONGEST_SECTION = 80  # characters
_MOST_TAGS = 20


def find_section(root: HtmlElement, headline: str | None, above: Sequence[Block]) -> str | None:
    """Return the name of the section that the page itself prints, or None.

    `above` are the last lines before the headline, where they are known.
    """
    refused = {fold(headline or "")}
    for element in root.iter("div", "ul", "ol", "nav", "span", "p"):
        attributes = element.attrib
        if attributes and named_zones(attributes.get("class", ""), attributes.get("id", "")) & CRUMBS:
            if section := _last_step(element, refused):
                return section
    for link in cast(list[HtmlElement], _CATEGORY_LINKS(root)):
        if _is_section(text := line(link.text_content()), refused):
            return text
    for block in reversed(above):
        if _SECTION_CLASS.search(names_of(block)) and _is_section(block.text, refused):
            return line(block.text)
        steps = _CRUMB_SIGN.split(block.text)
        if len(steps) > 1 and _HOME.fullmatch(steps[0]) and _is_section(steps[-1], refused):
            return line(steps[-1])
    return None


def find_keywords(root: HtmlElement, data: Metadata, lines: Sequence[Block]) -> list[str]:
    """Return the words under which the page files itself: meta keywords, tag links, a line "Từ khóa: …".

    `lines` are those in which such a line may stand.
    """
    if declared := data.first("keywords", "news_keywords"):
        return [word for raw in declared.split(",") if (word := line(raw))][:_MOST_TAGS]
    words = [line(link.text_content()) for link in root.iter("a") if _is_tag(link)]
    if not words:
        found = next((match for block in lines if (match := _TAG_LABEL.fullmatch(block.text))), None)
        words = [line(word) for word in found["words"].split(",")] if found else []
    return list(dict.fromkeys(word for word in words if 0 < len(word) <= _LONGEST_SECTION))[:_MOST_TAGS]


def _is_tag(link: HtmlElement) -> bool:
    if relation := link.get("rel"):
        return "tag" in relation and "category" not in relation
    return _TAG_ADDRESS.search(link.get("href", "")) is not None


def _last_step(element: HtmlElement, refused: set[str]) -> str | None:
    """Return the last step of the bread crumbs that is neither home nor the headline."""
    steps = [line(part) for text in element.itertext() for part in _CRUMB_SIGN.split(text)]
    if len(steps) > 60:
        return None
    return next((step for step in reversed(steps) if _is_section(step, refused)), None)


def _is_section(text: str, refused: set[str]) -> bool:
    if not 3 <= len(text) <= _LONGEST_SECTION or _HOME.fullmatch(text):
        return False
    return fold(text) not in refused

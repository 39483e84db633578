"""Section and keywords: the bread crumbs' last step, the label above the headline, the tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import cast

from lxml.etree import XPath

from crawler.extraction.blocks import Block, names_of
from crawler.extraction.element import HtmlElement, text_of
from crawler.extraction.metadata import Metadata
from crawler.extraction.zones import CRUMBS, named_zones
from pipelines.text import fold, line

_SECTION_CLASS = re.compile(
    r"(?<![a-z])(?:cate?(?:gory)?(?:-?name|-?title|-links?)?|chuyen-?muc|section-?(?:name|title)|danh-?muc|kicker)(?![a-z])",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"trang (?:chủ|nhất|đầu)|home(?:page)?|tin tức|chi tiết(?: tin| bài viết)?|news|bạn đang ở(?: đây)?:?",
    re.I,
)
_CRUMB_SIGN = re.compile(r"[»›>/|\\→•]+")
_TAG_ADDRESS = re.compile(r"/(?:tags?|tu-khoa|chu-de|topic)s?(?:/|\.|\?|=)", re.IGNORECASE)
_CATEGORY_LINKS = XPath("descendant::a[contains(@rel, 'category')]")
_TAG_LABEL = re.compile(r"(?:tags?|từ khóa|từ khoá)\s?:\s?(?P<words>.+)", re.IGNORECASE)
_STAMP_BEHIND = re.compile(r"\s*[(|]?\s*(?:\d{1,2}:\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}).*$")
_MOST_CRUMBS = 5  # elements looked at
_MOST_STEPS = 60
_LONGEST_SECTION = 80  # characters
_MOST_TAGS = 20


def find_section(root: HtmlElement, headline: str | None, above: Sequence[Block]) -> str | None:
    """Return the name of the section that the page itself prints, or None.

    `above` are the last lines before the headline, where they are known.
    """
    return next((value for value, _, _ in section_witnesses(root, headline, above) if value), None)


def section_witnesses(
    root: HtmlElement, headline: str | None, above: Sequence[Block]
) -> Iterator[tuple[str | None, str, str]]:
    """Yield what may name the section, strongest first: (name or None, as printed, where)."""
    own = fold(headline or "")
    crumbs = (element for element in root.iter("div", "ul", "ol", "nav", "span", "p") if _are_crumbs(element))
    for element in islice(crumbs, _MOST_CRUMBS):
        if texts := _few(element.itertext()):
            yield _last_step(texts, own), " ".join(texts), "bread crumbs"
    for link in cast(list[HtmlElement], _CATEGORY_LINKS(root))[:_MOST_CRUMBS]:
        text = text_of(link)
        yield _as_section(text, own), text, "rel=category"
    for block in reversed(above):
        steps = [step.strip() for step in _CRUMB_SIGN.split(block.text)]
        is_path = len(steps) > 1 and _HOME.fullmatch(steps[0])
        if is_path or _SECTION_CLASS.search(names_of(block)):
            yield _as_section(steps[-1], own), block.text, "above the headline"


def find_keywords(root: HtmlElement, data: Metadata, lines: Sequence[Block]) -> list[str]:
    """Return the words under which the page files itself: meta keywords, tag links, a line "Từ khóa: …".

    `lines` are those in which such a line may stand.
    """
    return next((words for words, _, _ in keyword_witnesses(root, data, lines) if words), [])


def keyword_witnesses(
    root: HtmlElement, data: Metadata, lines: Sequence[Block]
) -> Iterator[tuple[list[str], str, str]]:
    """Yield what names keywords, strongest first: (keywords, as printed, where)."""
    if declared := data.first("keywords", "news_keywords"):
        yield [word for raw in declared.split(",") if (word := line(raw))][:_MOST_TAGS], declared, "meta"
    if tags := [line(text_of(link)) for link in root.iter("a") if _is_tag(link)]:
        yield _distinct(tags), ", ".join(tags[:_MOST_TAGS]), "tag links"
    if found := next((match for block in lines if (match := _TAG_LABEL.fullmatch(block.text))), None):
        yield _distinct(map(line, found["words"].split(","))), found.group(), "text"


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if 0 < len(word) <= _LONGEST_SECTION))[:_MOST_TAGS]


def _is_tag(link: HtmlElement) -> bool:
    if relation := link.get("rel"):
        return "tag" in relation and "category" not in relation
    return _TAG_ADDRESS.search(link.get("href", "")) is not None


def _are_crumbs(element: HtmlElement) -> bool:
    class_names, identifier = element.get("class", ""), element.get("id", "")
    return bool((class_names or identifier) and named_zones(class_names, identifier) & CRUMBS)


def _few(texts: Iterable[str]) -> list[str]:
    """Return the texts, none where they are more than bread crumbs hold."""
    found = list(islice(texts, _MOST_STEPS + 1))
    return found if len(found) <= _MOST_STEPS else []


def _last_step(texts: Sequence[str], headline: str) -> str | None:
    """Return the last step of the bread crumbs that is neither home nor the headline."""
    steps = [step.strip() for text in texts for step in _CRUMB_SIGN.split(text)]
    return next((section for step in reversed(steps) if (section := _as_section(step, headline))), None)


def _as_section(text: str, headline: str) -> str | None:
    """Return a section's name without a stamp glued to it; None for home, the headline, and sentences.

    `headline` is folded; crumbs may cut it.
    """
    text = _STAMP_BEHIND.sub("", line(text))
    if not 3 <= len(text) <= _LONGEST_SECTION or _HOME.fullmatch(text) or not any(map(str.isalpha, text)):
        return None
    stem = fold(text).rstrip(".… ")
    return None if stem == headline or (len(stem) >= 25 and headline.startswith(stem)) else text
